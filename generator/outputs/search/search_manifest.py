"""检索总表 (manifest): what the browser has to know before it can search: the wording, the filters, the answers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.catalogue import speaking, wording
from generator.outputs.search.answer_texts import FOLDER
from generator.outputs.search.search_record import SearchRecord
from generator.outputs.search.text_blocks import filter_order
from generator.pages.page import ENGLISH

MANIFEST: Final = "search/manifest.json"
ENGLISH_MANIFEST: Final = "search/english.json"


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
    english: tuple[str, ...] = ()
    """Its English names, short and whole, where the site has English pages."""


def is_open(filters: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a record with these filters is a notice that is open now."""
    return _open() in filters.get(wording("search")["filters"]["status"], ())


def search_manifest(
    files: int,
    filters: Iterable[Mapping[str, tuple[str, ...]]],
    open_blocks: Iterable[str],
    places: Iterable[SearchPlace],
) -> bytes:
    """The manifest of an index in so many ``files``; ``filters`` are those of each record, ``open_blocks`` the codes
    of blocks with an open notice."""
    words, common = wording("search"), wording("common")["filters"]
    every = tuple(places)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for own in filters:
        for name, values in own.items():
            counts[name].update(values)
    value: dict[str, Any] = {
        "files": files,
        "open": [words["filters"]["status"], _open(), "".join(sorted(set(open_blocks), reverse=True))],
        "filters": [
            [
                name,
                sorted(counts[name].items(), key=lambda item: _order(item, by_year=name == common["year"])),
            ]
            for name in filter_order()
            if name in counts
        ],
        "order": filter_order(),
        "section": common["section"],
        "groups": words["groups"],
        "alike": words["alike"],
        "passing": words["passing"],
        "english": _english_ways(every),
        "folder": FOLDER,
        **_asked((place, (place.name, place.full_name, *place.districts)) for place in every),
    }
    return _json(value)


def english_manifest(places: Iterable[SearchPlace]) -> bytes:
    """What is asked in English, and the English pages that answer it."""
    kinds = wording("titles")["kinds"]
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
            **_asked((place, place.english) for place in places if place.english),
        }
    return _json(value)


def _english_ways(places: Iterable[SearchPlace]) -> list[tuple[str, str]]:
    """English words and the Chinese ones by which records are found, the longest first: "Henan Province" before
    "Henan". None on a site without English pages."""
    named = [(place.english[0].lower(), place.name) for place in places if place.english]
    if not named:
        return []
    kinds = wording("titles")["kinds"]
    ways = [(way, name) for name, own in wording("search")["english"].items() for way in own]
    with speaking("en"):
        for labels in (wording("titles")["kinds"], wording("english")["home"]["deeds"]):
            ways += ((labels[kind].lower(), name) for kind, name in kinds.items())
    return sorted((*ways, *named), key=lambda item: (-len(item[0]), item))


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _asked(places: Iterable[tuple[SearchPlace, tuple[str, ...]]]) -> dict[str, Any]:
    """What answers a question in the language spoken; ``places`` with their names in it, the usual one first."""
    words = wording("search")
    return {
        "answers": words["answers"],
        "of_topic": words["of_topic"],
        "same": words["same"],
        "places": [
            [place.slug, names[0], list(dict.fromkeys(names)), int(place.keeps_register)]
            for place, names in places
        ],
        "situations": words["situations"],
        "of_place": words["places"],
        "words": words["script"],
    }


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


def _order(item: tuple[str, int], *, by_year: bool) -> tuple[int, str]:
    """Years newest first, all else by how often it stands, then by its name."""
    value, count = item
    return (-int(value), "") if by_year else (-count, value)
