"""检索总表 (manifest): what the browser has to know before it can search: the wording, the filters, the answers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.catalogue import wording
from generator.outputs.search.search_record import SearchRecord
from generator.outputs.search.text_blocks import filter_order

MANIFEST: Final = "search/manifest.json"


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
    english: str = ""
    """Its English name, where the site has English pages."""


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
    english = [(way, name) for name, ways in words["english"].items() for way in ways]
    english += [(place.english.lower(), place.name) for place in every if place.english]
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
        "answers": words["answers"],
        "places": [
            [
                place.slug,
                place.name,
                [place.name, place.full_name, *place.districts],
                int(place.keeps_register),
            ]
            for place in every
        ],
        # The longest first: "Henan Province" before "Henan".
        "english": sorted(english, key=lambda item: (-len(item[0]), item)),
        "situations": words["situations"],
        "of_place": words["places"],
        "alike": words["alike"],
        "words": words["script"],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


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
