"""Who observes a site finds its open notices, in a list of all or in its pages."""

from __future__ import annotations

import json

import pytest

from generator.outputs.data.api import index_json, list_address, list_page_address
from generator.public.list_index import ListPage, list_index
from generator.publication_log.observation import open_notices

FIRST = [{"id": "wuhan-2025-0001", "status": "closed"}]
SECOND = [{"id": "wuhan-2026-0001", "status": "open"}, {"id": "wuhan-2026-0002", "status": "confirmed"}]


def paged() -> dict[str, bytes]:
    pages = [
        ListPage(jurisdiction="wuhan", year=year, count=count, url=f"https://x.example/{year}")
        for year, count in ((2025, 1), (2026, 2))
    ]
    return {
        list_address("notices"): index_json(list_index("notices", pages)),
        list_page_address("notices", "wuhan", 2025): json.dumps(FIRST).encode(),
        list_page_address("notices", "wuhan", 2026): json.dumps(SECOND).encode(),
    }


WHOLE = {list_address("notices"): json.dumps([*FIRST, *SECOND]).encode()}


@pytest.mark.parametrize("site", [WHOLE, paged()], ids=["whole", "paged"])
def test_open_notices_are_found_whatever_form_the_list_has(site: dict[str, bytes]) -> None:
    assert open_notices(site.get) == ["wuhan-2026-0001"]


def test_a_page_that_cannot_be_had_hides_no_other() -> None:
    site = paged()
    del site[list_page_address("notices", "wuhan", 2025)]
    assert open_notices(site.get) == ["wuhan-2026-0001"]
    assert open_notices({list_address("notices"): b"<html>"}.get) == []
