"""Search records with keyword overrides, and an index of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.outputs.search.search_record import SearchRecord
from generator.outputs.search.site_search import SearchBuilt, build_search, spool_records
from generator.system.store import Store

RECORD = SearchRecord(
    date="2026-11-18",
    path="notices/wuhan-2026-0001/",
    title="关于拟确认封玉琢见义勇为的公示",
    kicker="公示 · 武汉 · wuhan-2026-0001",
    state="公示至 2026年11月26日 24:00",
    text="2026年9月12日，封玉琢在湖边听见呼救，跳入水中救起一人。 武见公示〔2026〕31号",
    filters={"栏目": ("公示",), "城市": ("武汉",), "年份": ("2026",), "类型": ("水中救人",)},
    names=("封玉琢",),
    numbers=("武见公示〔2026〕31号",),
)


def record(number: int, **changes: object) -> SearchRecord:
    """The ``number``-th notice of Wuhan in the year of its date."""
    date = str(changes.get("date", RECORD.date))
    year = date[:4]
    changes.setdefault("path", f"notices/wuhan-{year}-{number:04}/")
    changes.setdefault("filters", {**RECORD.filters, "年份": (year,)})
    return replace(RECORD, **changes)  # type: ignore[arg-type]


def index(
    site: Path,
    spool: Path,
    records: Iterable[SearchRecord | None],
    jobs: int = 1,
    store: Store | None = None,
) -> SearchBuilt:
    """Index ``records`` into ``site`` by way of ``spool``."""
    spool.mkdir(parents=True)
    return build_search(spool, [spool_records(spool, "000000", records)], site, jobs, store)
