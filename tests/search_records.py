"""Search records with keyword overrides, and the files of a search over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.outputs.search.search_manifest import MANIFEST, is_open, search_manifest, undated_order
from generator.outputs.search.search_record import UNDATED, SearchRecord
from generator.outputs.search.text_blocks import Block, block_file, dated_blocks, undated_blocks
from generator.outputs.search.word_index import file_count, index_path, indexed, places_of

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


def blocks_of(records: Iterable[SearchRecord]) -> dict[str, tuple[Block, bytes]]:
    """The blocks of ``records`` by their codes, with their files."""
    own = {item.key: item for item in records}
    undated = sorted((item for item in own.values() if item.date == UNDATED), key=undated_order)
    blocks = (
        *dated_blocks(key for key, item in own.items() if item.date != UNDATED),
        *undated_blocks([(item.key, len(item.text.encode())) for item in undated]),
    )
    return {block.code: (block, block_file(own[key] for key in block.keys)) for block in blocks}


def search_files(records: Iterable[SearchRecord], files: int | None = None) -> dict[str, bytes]:
    """Every file of a search over ``records`` but its page, made from nothing; an index of so many ``files``."""
    every = list(records)
    blocks = blocks_of(every)
    count = files or file_count(sum(len(data) for _, data in blocks.values()))
    index = indexed({code: places_of(data, count) for code, (_, data) in blocks.items()})
    open_keys = {item.key for item in every if is_open(item.filters)}
    own = [block for block, _ in blocks.values()]
    return {
        **{block.path: data for block, data in blocks.values()},
        **{index_path(number): index.get(number, b"") for number in range(count)},
        MANIFEST: search_manifest(count, [item.filters for item in every], own, open_keys, ()),
    }


def write_search(site: Path, records: Iterable[SearchRecord]) -> dict[str, bytes]:
    """:func:`search_files`, written into ``site``."""
    found = search_files(records)
    for path, data in found.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    return found
