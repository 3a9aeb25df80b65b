"""检索总表 (manifest): what the browser has to know before it can search: the wording, the filters, the answers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from generator.catalogue import speaking, wording
from generator.outputs.search.answer_texts import FOLDER
from generator.outputs.search.search_record import SearchRecord
from generator.outputs.search.text_blocks import FIRST_UNDATED, Block, filter_order
from generator.outputs.search.traditional import has_simple_form
from generator.pages.page import ENGLISH

MANIFEST: Final = "search/manifest.json"
ENGLISH_MANIFEST: Final = "search/english.json"
ENGLISH_ACTS: Final = "search/acts.json"
_NEWEST: Final = 12
"""Blocks that are named in the manifest: for what no word of the index leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlace:
    """一地, of those with a page of rules: whoever asks for 青岛 or 青岛市 is led to its pages first.

    ``keeps_register``: it has lists of notices and honours too, and stands where a question names no place.
    """

    slug: str
    name: str
    full_name: str
    districts: tuple[str, ...] = ()
    keeps_register: bool = True
    parent: str | None = None
    """The slug of its province, where the site has that too."""
    english: tuple[str, ...] = ()
    """Its English names, short and whole, where the site has English pages."""


def is_open(filters: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a record with these filters is a notice that is open now."""
    return _open() in filters.get(wording("search")["filters"]["status"], ())


def search_manifest(
    files: int,
    filters: Iterable[Mapping[str, tuple[str, ...]]],
    blocks: Iterable[Block],
    open_keys: Set[str],
    places: Iterable[SearchPlace],
    letters: Set[str] = frozenset(),
) -> bytes:
    """The manifest of an index in so many ``files``; ``filters`` are those of each record, ``open_keys`` the keys of
    open notices in ``blocks``, ``letters`` those of names that are rare
    (:func:`~generator.outputs.search.traditional.rare_letters`)."""
    words, common = wording("search"), wording("common")["filters"]
    every, own_filters, own_blocks = tuple(places), tuple(filters), tuple(blocks)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for own in own_filters:
        for name, values in own.items():
            counts[name].update(values)
    open_blocks = sorted(block.code for block in own_blocks if not open_keys.isdisjoint(block.keys))
    dated = sorted(block.code for block in own_blocks if block.number < FIRST_UNDATED)
    kinds = [value for value, _ in sorted(counts[common["kind"]].items(), key=_by_count)]
    value: dict[str, Any] = {
        "files": files,
        "open": [words["filters"]["status"], _open(), "".join(reversed(open_blocks))],
        "newest": "".join(reversed(dated[-_NEWEST:])),
        "filters": [
            [
                name,
                *zip(
                    *sorted(counts[name].items(), key=_newest_year if name == common["year"] else _by_count),
                    strict=True,
                ),
            ]
            for name in filter_order()
            if counts.get(name)
        ],
        "order": filter_order(),
        # Whoever asks for a letter of the first list need not fetch the table; of the second somebody may be named as
        # it is written. Each apart: side by side they could read as somebody's name.
        "letters": [
            [letter for letter in sorted(letters) if has_simple_form(letter) is simple]
            for simple in (False, True)
        ],
        "section": common["section"],
        "city": common["city"],
        "year": common["year"],
        "kind": common["kind"],
        "deeds": _deeds(own_filters, kinds),
        "groups": words["groups"],
        "folders": words["folders"] | {"": words["written"]},
        "acts": [_act(act, kinds) for act in words["acts"].values()],
        "english": any(place.english for place in every),
        "folder": FOLDER,
        **_asked((place, (place.name, place.full_name, *place.districts)) for place in every),
    }
    return _json(value)


def without_answers(manifest: bytes) -> bytes:
    """What an English page has of the manifest: to find records, and none of the questions in Chinese."""
    own = json.loads(manifest)
    kept = [place[:2] for place in own["places"]]
    return _json({name: value for name, value in own.items() if name not in _asked(())} | {"kept": kept})


def english_manifest(places: Iterable[SearchPlace]) -> bytes:
    """What is asked in English, and the English pages that answer it."""
    kinds, acts = wording("titles")["kinds"], wording("search")["acts"]
    statuses = (*wording("common")["status"].items(), *wording("honours")["status"].items())
    with speaking("en"):
        said, deeds = wording("search"), wording("english")["home"]["deeds"]
        value = {
            "latin": True,
            "deeds": {kinds[key]: deed for key, deed in deeds.items() if key in kinds},
            "states": {words: wording("common")["status"][key] for key, words in statuses},
            "folder": f"{ENGLISH}{FOLDER}",
            "groups": said["groups"],
            "sections": said["sections"],
            "order": said["filter_order"],
            "acts": [_act(said["acts"][name], ()) for name in acts],
            **_asked((place, place.english) for place in places if place.english),
        }
    return _json(value)


def english_acts(manifest: bytes) -> bytes:
    """Of the English manifest what tells kinds of acts and places: all that a Chinese page needs to find records for
    what is asked in English."""
    own = json.loads(manifest)
    return _json({name: own[name] for name in ("latin", "acts", "places", "passing", "elsewhere", "levels")})


def _deeds(
    filters: Iterable[Mapping[str, tuple[str, ...]]], listed: Sequence[str]
) -> list[tuple[str, list[tuple[int, int]]]]:
    """Of every city how many records there are of each kind of act, by its place in the filter, the most first."""
    common = wording("common")["filters"]
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for own in filters:
        for city in own.get(common["city"], ()):
            found[city].update(own.get(common["kind"], ()))
    return [
        (city, [(listed.index(kind), count) for kind, count in sorted(kinds.items(), key=_by_count)])
        for city, kinds in sorted(found.items())
        if kinds
    ]


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _asked(places: Iterable[tuple[SearchPlace, tuple[str, ...]]]) -> dict[str, Any]:
    """What answers a question in the language spoken; ``places`` with their names in it, the usual one first."""
    words, own = wording("search"), tuple(places)
    return {
        "answers": [_answer({**answer, "asked": _ways(answer["asked"])}) for answer in words["answers"]],
        "of_topic": words["of_topic"],
        "same": [_ways(alike) for alike in words["same"]],
        "places": [
            [
                place.slug,
                names[0],
                list(dict.fromkeys(names)),
                int(place.keeps_register),
            ]
            for place, names in own
        ],
        "situations": [[own["choice"], _ways(own["asked"])] for own in words["situations"]],
        "of_place": words["places"],
        "nation": [words["nation"]],
        "passing": words["passing"],
        "elsewhere": ";".join(map(_ways, _provinces(words["elsewhere"], own))),
        "levels": _ways(words["levels"]),
        "words": words["script"],
    }


_ANSWER: Final = ("title", "tells", "asked", "cases", "of_place", "says", "records")
"""What is told of an answer after its title and its page, in this order; 0 for what it has not, nothing at the end."""


def _answer(answer: Mapping[str, Any]) -> list[Any]:
    """A page, or a group of topics of the law, and how it is asked for, without the names of the fields."""
    named = [answer.get(name, 0) for name in _ANSWER]
    own = answer.get("of_place")
    if own:
        named[_ANSWER.index("of_place")] = _of_place(own)
    while not named[-1]:
        named.pop()
    return [*_compared(named[0], answer.get("path") or answer["group"]), *named[1:]]


def _compared(title: str, page: str) -> tuple[str, str]:
    """Title and page of an answer: of one that compares places what the usual ones of these do not say already, behind a star."""
    usual = wording("search")["of_topic"]
    before, after = usual["path"].split("{")[0], usual["title"].removeprefix("{title}")
    if page.startswith(before) and title.endswith(after):
        return title.removesuffix(after), f"*{page.removeprefix(before)}"
    return title, page


def _of_place(form: Mapping[str, Any]) -> list[Any]:
    """The page of a place: of one that is formed like those of a topic, what fills that form, of 我能得到什么 what stands
    behind its title."""
    title, path = form["title"], form["path"]
    for_me = next(page for page in wording("search")["places"] if page["path"].endswith("/for-me/"))
    if path == for_me["path"] and title.startswith(for_me["title"]):
        return [title.removeprefix(for_me["title"])]
    usual = wording("search")["of_topic"]["of_place"]
    before, after = (
        usual[name].split("{" + part + "}")[0] for name, part in (("title", "title"), ("path", "tells"))
    )
    if title.startswith(before) and path.startswith(after):
        return [title.removeprefix(before), path.removeprefix(after)]
    return [title, path, *([1] if form.get("register") else [])]


def _act(act: Mapping[str, Any], kinds: Sequence[str]) -> list[Any]:
    """How it is asked for, and the places of its kinds in the filter of them; those without a record are in none."""
    return [_ways(act["asked"]), *(kinds.index(kind) for kind in act.get("kinds", ()) if kind in kinds)]


def _ways(listed: Iterable[str]) -> str:
    """Ways to ask, in fewer bytes than a list."""
    return "|".join(listed)


def _provinces(
    listed: Mapping[str, Sequence[str]], own: Collection[tuple[SearchPlace, tuple[str, ...]]]
) -> Iterator[list[str]]:
    """Of each province its name and its cities, those that the site has among them, also where they are not ``listed``: whoever
    writes 湖北武汉 asks for Wuhan, and in Yichang the rules of its province hold."""
    for slug, names in listed.items():
        below = (names_of[0] for place, names_of in own if place.parent == slug)
        yield list(dict.fromkeys((*names, *below)))


def undated_order(record: SearchRecord) -> tuple[int, str]:
    """Place of a page without a date: what people wrote for all, pages of the law, articles in force, others."""
    if record.kicker == wording("search")["written"]:
        return 0, record.path
    if "#" not in record.path:
        return 1, record.path
    return 3 if record.state else 2, record.path


def _open() -> str:
    label: str = wording("countdown")["badge"]["open"]
    return label


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    """What stands more often first, then by its name."""
    value, count = item
    return -count, value


def _newest_year(item: tuple[str, int]) -> int:
    return -int(item[0])
