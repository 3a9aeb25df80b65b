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
    of_kind = Counter(notice["act"]["kind"] for notice in notices if notice["act"])
    names = wording("titles")["kinds"]
    assert _chips(page, 'id="kinds"') == {name: of_kind[kind] for kind, name in names.items()}
    listed = set(re.findall(r'href="[^"]*notices/([a-z-]+-\d{4}-\d+)/"', page))
    left = re.search(r'id="left-out">本页列出\s(\d+)\s件；另有\s(\d+)\s件', page)
    assert (len(listed), len(notices) - len(listed)) == (
        (int(left[1]), int(left[2])) if left else (len(notices), 0)
    )
    assert f'<td class="yy-num">{len(notices)}\u00a0件' in read("data/index.html")
