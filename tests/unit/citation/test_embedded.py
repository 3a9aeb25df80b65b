"""页面内嵌元数据, read back by an independent parser."""

from __future__ import annotations

import warnings
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import yaml

from generator.pages.citation import Citable, coins_title, dublin_core_meta, highwire_meta
from tests.every_row import every_row

EXAMPLES = yaml.load(Path(__file__).with_name("examples.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)[
    "examples"
]


def citable(item: dict[str, Any]) -> Citable:
    return Citable(**{**item, "responsible": tuple(item["responsible"])})


def page(item: Citable) -> str:
    pairs = highwire_meta(item) + dublin_core_meta(item)
    metas = "".join(f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in pairs)
    span = f'<span class="Z3988" title="{escape(coins_title(item))}"></span>'
    return f"<!doctype html><html><head><title>x</title>{metas}</head><body>{span}</body></html>"


@every_row("name", EXAMPLES)
def test_dublin_core_is_read_by_extruct(name: str) -> None:
    with warnings.catch_warnings():  # extruct's own dependencies warn on import
        warnings.simplefilter("ignore")
        import extruct

    item = EXAMPLES[name]["item"]
    (found,) = extruct.extract(page(citable(item)), syntaxes=["dublincore"])["dublincore"]
    values: dict[str, list[str]] = {}
    for element in found["elements"] + found["terms"]:
        values.setdefault(element["URI"].rsplit("/", 1)[-1], []).append(element["content"])
    assert values["title"] == [item["title"]]
    assert values.get("creator", []) == item["responsible"]
    assert values["identifier"] == [
        item["url"],
        *([item["document_number"]] if "document_number" in item else []),
    ]
    assert values["issued"] == [item["published_on"]]
    assert values.get("modified", []) == ([item["updated_on"]] if "updated_on" in item else [])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.coins = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in found:
            self.metas.append((found["name"], found["content"]))
        if found.get("class") == "Z3988":
            self.coins = found["title"]


@every_row("name", EXAMPLES)
def test_highwire_and_coins_survive_html(name: str) -> None:
    item = EXAMPLES[name]["item"]
    reader = _Reader()
    reader.feed(page(citable(item)))
    assert ("citation_title", item["title"]) in reader.metas
    assert [value for key, value in reader.metas if key == "citation_author"] == item["responsible"]
    assert ("citation_publication_date", item["published_on"].replace("-", "/")) in reader.metas
    coins = parse_qs(reader.coins, strict_parsing=True)
    assert coins["rft.title"] == [item["title"]]
    assert coins.get("rft.creator", []) == item["responsible"]
    assert coins["rft.identifier"] == [item["url"]]
    assert coins["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]


def test_a_hostile_title_is_one_value() -> None:
    title = '"><script>alert(1)</script>&rft.title=other&amp;%26'
    item = citable({**EXAMPLES["person"]["item"], "title": title})
    reader = _Reader()
    reader.feed(page(item))
    assert ("citation_title", title) in reader.metas
    assert parse_qs(reader.coins)["rft.title"] == [title]
