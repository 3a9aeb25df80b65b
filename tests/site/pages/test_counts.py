"""The sample as a whole: what is said to be so many is so many, wherever it is said."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from generator.catalogue import wording
from generator.pages.templating import status_label
from generator.public.public_case import NoticeStatus

_CHIP = re.compile(r">([^<>]+?) <small>(\d+)\s件</small>")


def _chips(html: str, around: str) -> dict[str, int]:
    """Label and number of the chips between a tag with ``around`` and the end of their list."""
    found = re.search(rf"{around}.*?</ul>", html, re.DOTALL)
    assert found is not None, around
    return {label: int(n) for label, n in _CHIP.findall(found[0])}


def test_cities_states_kinds_data_and_api_agree(sample_site: Path) -> None:
    def read(path: str) -> str:
        return (sample_site / path).read_text(encoding="utf-8")

    notices = json.loads(read("api/v1/notices.json"))
    words = wording("notices")["lists"]
    page = read("notices/index.html")
    cities = _chips(page, f'aria-label="{words["cities"]}"')
    states = _chips(page, f'aria-label="{words["states"]}"')
    assert sum(cities.values()) == sum(states.values()) == len(notices)
    of_status = Counter(status_label(NoticeStatus(notice["status"])) for notice in notices)
    told = {label: n for label, n in states.items() if label not in words["group"].values()}
    assert told and told == {label: of_status[label] for label in told}
    of_city = Counter(notice["jurisdiction_name"] for notice in notices)
    assert cities == {city: of_city[city] for city in cities}
    of_kind = Counter(
        kind
        for notice in notices
        if notice["act"]
        for kind in {notice["act"]["kind"], *(also["act"]["kind"] for also in notice["further_acts"])}
    )
    assert sum(of_kind.values()) > sum(bool(notice["act"]) for notice in notices), "some are of two kinds"
    names = wording("titles")["kinds"]
    assert _chips(page, 'id="kinds"') == {name: of_kind[kind] for kind, name in names.items()}
    listed = set(re.findall(r'href="[^"]*notices/([a-z-]+-\d{4}-\d+)/"', page))
    left = re.search(r'id="left-out">本页列出\s(\d+)\s件；一页列不完，其余\s(\d+)\s件', page)
    assert (len(listed), len(notices) - len(listed)) == (
        (int(left[1]), int(left[2])) if left else (len(notices), 0)
    )
    assert f'<td class="yy-num">{len(notices)}\u00a0件' in read("data/index.html")


def test_no_page_prints_what_only_a_program_says(sample_site: Path) -> None:
    """A word of the catalogue named like a method of a dictionary prints the method."""
    for page in sample_site.rglob("*.html"):
        assert "built-in method" not in page.read_text(encoding="utf-8"), page


def test_the_log_has_a_page_to_which_its_name_leads(sample_site: Path) -> None:
    page = (sample_site / "log/index.html").read_text(encoding="utf-8")
    size = json.loads((sample_site / "api/v1/status.json").read_bytes())["log"]["size"]
    assert size and f">{size} 个事件<" in page.replace("\u00a0", " ")
    for path in ("log/checkpoint", "log/keys"):
        assert f'href="../{path}"' in page and (sample_site / path).is_file()
    assert "不说持续公示" in page
    for record in ("notices/wuhan-2026-0009", "honours/wuhan-2026-h0001", "verify"):
        html = (sample_site / record / "index.html").read_text(encoding="utf-8")
        assert re.search(r'<a href="(?:\.\./)+log/">yiyong\.example/log</a>', html), record
