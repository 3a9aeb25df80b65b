"""检索 (search step): blocks of pages, the index of their words, and the page that searches them.

A record that changed costs its own block, and the files of the index in which the words of that block came or went.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.catalogue import speaking
from generator.outputs.search.law_articles import article_files
from generator.outputs.search.search_manifest import (
    ENGLISH_ACTS,
    ENGLISH_MANIFEST,
    MANIFEST,
    SearchPlace,
    english_acts,
    english_manifest,
    is_open,
    search_manifest,
    undated_order,
    without_answers,
)
from generator.outputs.search.search_record import SearchRecord, written_record
from generator.outputs.search.text_blocks import FOLDER as TEXTS
from generator.outputs.search.text_blocks import (
    Block,
    block_file,
    dated_blocks,
    number_of_path,
    undated_blocks,
)
from generator.outputs.search.traditional import (
    RARE_TRADITIONAL,
    TRADITIONAL,
    rare_letters,
    traditional_table,
)
from generator.outputs.search.word_codes import BLOCK_LETTERS, code_of
from generator.outputs.search.word_index import (
    BlockChange,
    Place,
    file_count,
    index_path,
    indexed,
    mended,
    places_of,
)
from generator.pages.english_pages import below_english, english_site, with_english
from generator.pages.page import Page, language_of
from generator.pages.policy.policy_head import places as rule_places
from generator.pages.policy.policy_views import NATION
from generator.pages.search_page import RARE_SOUNDS, render_search_page
from generator.pipeline.law_of_day import law_day_key, law_searched
from generator.pipeline.site_tree import NewFile, SiteTree, Unit, mark_of
from generator.pipeline.stamp import StampPlan, read_listed
from generator.public.context import SiteContext
from generator.spellings.sounds import sounds_of_gb2312
from generator.system.hashing import digest, software_digest
from generator.system.packing import pack
from generator.system.store import Entry
from generator.system.workers import parallel

_WHOLE: Final = "search"
"""Unit of no file, made from all that is searched; those with files are named below it."""
_INDEX: Final = "search/words"
"""Unit of no file, made from the software and the number of files of the index: while it is the same, a file of the
index can be mended."""
_TABLES: Final = "search/tables"
"""Unit of the tables of characters, which rest on the software alone."""
HEADS: Final = "search-heads"
"""Kind of entry in the store, named by the number of a chunk: :class:`SearchHead` of each of its records."""
_AT_ONCE: Final = 32
"""Blocks that a worker makes in one go."""
_MOST_MENDED: Final = 4
"""Where more than one block in so many changed, a new index is made as fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHead:
    """一件记录在检索里的要目, for what stands over all records. ``content`` is the digest of all that is searched of it,
    ``letters`` what its names have of characters that few have (:func:`rare_letters`)."""

    id: str
    key: str
    content: bytes
    letters: str
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """各块的内容: ids of dated records, undated ones themselves, by their keys; what each block is made from, by its
    number."""

    blocks: tuple[Block, ...]
    ids: Mapping[str, str]
    undated: Mapping[str, SearchRecord]
    made_from: Mapping[int, bytes]


def search_units(plan: StampPlan, written: Mapping[str, bytes]) -> dict[str, Unit]:
    """The files of the search; none where the site has none. ``written`` are the pages that people wrote."""
    prepared = plan.prepared
    if not prepared.context.search:
        return {}
    records = (part for name in sorted(plan.keys) for part in (name.encode(), plan.keys[name]))
    made_from = digest(plan.basis, law_day_key(prepared), *written.values(), *records)
    kept = _kept(plan, made_from)
    if kept is not None:
        return kept
    heads = [head for number in range(len(prepared.chunks)) for head in _heads(plan, number)]
    undated = sorted((*law_searched(prepared), *_written(plan, written)), key=undated_order)
    content = _content(heads, undated)
    texts = _texts(plan, content)
    files = file_count(sum(unit.files[path].size for path, unit in texts.items()))
    units = {_WHOLE: Unit(made_from=made_from, files={}), **texts}
    units |= _words(plan, texts, files)
    open_keys = {head.key for head in heads if is_open(head.filters)}
    places = tuple(_places_asked(prepared.context))
    manifest = search_manifest(
        files,
        [*(head.filters for head in heads), *(record.filters for record in undated)],
        content.blocks,
        open_keys,
        places,
        {letter for head in heads for letter in head.letters},
    )
    found = [
        NewFile(MANIFEST, manifest),
        *(NewFile(*file) for file in article_files(undated, _law_order(prepared.context))),
    ]
    english = b""
    if prepared.context.site.english is not None:
        english = english_manifest(places)
        found += [NewFile(ENGLISH_MANIFEST, english), NewFile(ENGLISH_ACTS, english_acts(english))]
    pages = _pages(prepared.context, manifest, english)
    for file in (*found, *map(plan.page_file, pages)):
        name, data = f"{_WHOLE}/{file.path}", file.data
        assert isinstance(data, bytes)
        key = digest(data)
        units[name] = plan.tree.kept(name, key) or plan.tree.made(name, key, [file])
    key = software_digest()
    units[_TABLES] = plan.tree.kept(_TABLES, key) or plan.tree.made(
        _TABLES,
        key,
        [
            NewFile(TRADITIONAL, traditional_table(common=True)),
            NewFile(RARE_TRADITIONAL, traditional_table(common=False)),
            NewFile(RARE_SOUNDS, sounds_of_gb2312(common=False).encode("ascii")),
        ],
    )
    return units


def _places_asked(context: SiteContext) -> Iterator[SearchPlace]:
    for place in rule_places(context):
        if place.level != NATION:
            names = (place.name, place.full_name)
            yield SearchPlace(
                slug=place.slug,
                name=place.name,
                full_name=place.full_name,
                districts=place.districts,
                keeps_register=place.keeps_register,
                parent=place.parent,
                english=tuple(context.english[name] for name in names if name in context.english),
            )


def _law_order(context: SiteContext) -> list[str]:
    """In what order the laws of places are told: those that keep a register first, the nation last."""
    return [place.slug for place in sorted(rule_places(context), key=lambda place: not place.keeps_register)]


def _pages(context: SiteContext, manifest: bytes, in_english: bytes) -> Iterator[Page]:
    """The page that searches, in Chinese and in English."""
    yield with_english(render_search_page(context, manifest.decode()), context)
    if context.site.english is not None:
        with speaking("en"):
            english = english_site(context)
            own = without_answers(manifest).decode()
            pages = tuple(below_english((render_search_page(english, own, in_english.decode()),), english))
        yield from pages


def _kept(plan: StampPlan, made_from: bytes) -> dict[str, Unit] | None:
    """The whole search as either tree has it."""
    tree = plan.tree
    for units in (tree.shown_units, tree.units):
        if _WHOLE in units and units[_WHOLE].made_from == made_from:
            found = {name: unit for name, unit in units.items() if name.startswith(f"{_WHOLE}/")}
            kept = {name: tree.kept(name, unit.made_from) for name, unit in found.items()}
            whole = {name: unit for name, unit in kept.items() if unit is not None}
            if len(whole) == len(found):
                return {_WHOLE: units[_WHOLE], **whole}
    return None


def _heads(plan: StampPlan, number: int) -> tuple[SearchHead, ...]:
    """What stands over all records of one chunk."""
    store = plan.prepared.workspace.store
    ids = [record.id for record in plan.prepared.chunks[number]]
    key = digest(*(part for name in ids for part in (name.encode(), plan.keys[name])))
    found = store.find(HEADS, {str(number): key}, tuple[SearchHead, ...])
    if str(number) in found:
        return found[str(number)]
    heads = tuple(
        SearchHead(
            id=name,
            key=item.searched.key,
            content=_digest(item.searched),
            letters=rare_letters(item.searched.names),
            filters=item.searched.filters,
        )
        for name, item in zip(ids, read_listed(plan, ids), strict=True)
        if item.searched is not None
    )
    if store.lasting:
        store.put(HEADS, [Entry(name=str(number), made_from=key, value=heads)])
    return heads


def _written(plan: StampPlan, written: Mapping[str, bytes]) -> Iterator[SearchRecord]:
    for path in plan.frame.addresses:
        if language_of(path) != "zh":
            continue
        record = written_record(path, written[f"{path}index.html"].decode())
        if record is not None:
            yield record


def _content(heads: Sequence[SearchHead], undated: Sequence[SearchRecord]) -> _Content:
    texts = {record.key: record for record in undated}
    digests = {head.key: head.content for head in heads}
    digests |= {key: _digest(record) for key, record in texts.items()}
    blocks = (
        *dated_blocks(head.key for head in heads),
        *undated_blocks([(key, len(record.text.encode())) for key, record in texts.items()]),
    )
    return _Content(
        blocks=blocks,
        ids={head.key: head.id for head in heads},
        undated=texts,
        made_from={
            block.number: digest(software_digest(), *(digests[key] for key in block.keys)) for block in blocks
        },
    )


def _digest(record: SearchRecord) -> bytes:
    return digest(pack(record))


def _texts(plan: StampPlan, content: _Content) -> dict[str, Unit]:
    """The file of every block."""
    units: dict[str, Unit] = {}
    rest: list[Block] = []
    for block in content.blocks:
        kept = plan.tree.kept(block.path, content.made_from[block.number])
        if kept is None:
            rest.append(block)
        else:
            units[block.path] = kept
    batches = [rest[at : at + _AT_ONCE] for at in range(0, len(rest), _AT_ONCE)]
    for made in parallel(_make_texts, (plan, content), batches, plan.prepared.workspace.jobs):
        units |= made
    return units


def _make_texts(shared: tuple[StampPlan, _Content], blocks: Sequence[Block]) -> dict[str, Unit]:
    plan, content = shared
    ids = [content.ids[key] for block in blocks for key in block.keys if key in content.ids]
    listed = (item.searched for item in read_listed(plan, ids))
    records = {record.key: record for record in listed if record is not None}
    units: dict[str, Unit] = {}
    for block in blocks:
        data = block_file(records.get(key) or content.undated[key] for key in block.keys)
        key = content.made_from[block.number]
        units[block.path] = plan.tree.made(block.path, key, [NewFile(block.path, data)])
    return units


def _words(plan: StampPlan, texts: Mapping[str, Unit], files: int) -> dict[str, Unit]:
    """The index of the blocks in ``texts``, mended where the shown one can be, else made anew."""
    about = Unit(made_from=digest(software_digest(), str(files).encode()), files={})
    shown = plan.tree.shown_units
    units: dict[str, Unit] | None = None
    if _INDEX in shown and shown[_INDEX].made_from == about.made_from:
        units = _mended_index(plan, texts, files)
    return {_INDEX: about, **(units or _new_index(plan, texts, files))}


def _new_index(plan: StampPlan, texts: Mapping[str, Unit], files: int) -> dict[str, Unit]:
    paths = list(texts)
    batches = [paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE)]
    places: dict[str, frozenset[Place]] = {}
    for found in parallel(_places, (plan.tree.folder, files), batches, plan.prepared.workspace.jobs):
        places |= found
    index = indexed(places)
    return {
        path: plan.tree.put(path, index.get(number, b""))
        for number, path in enumerate(map(index_path, range(files)))
    }


def _places(shared: tuple[Path, int], paths: Sequence[str]) -> dict[str, frozenset[Place]]:
    """Where the words of some blocks are looked up, by the codes of the blocks."""
    folder, files = shared
    return {_code(path): places_of((folder / path).read_bytes(), files) for path in paths}


def _mended_index(plan: StampPlan, texts: Mapping[str, Unit], files: int) -> dict[str, Unit] | None:
    """The shown index after what changed in the blocks; None where a file of it is not as it was, or most changed."""
    tree = plan.tree
    before = {name: unit for name, unit in tree.shown_units.items() if name.startswith(TEXTS)}
    differing = {
        path
        for path in before.keys() | texts.keys()
        if path not in texts or path not in before or texts[path].made_from != before[path].made_from
    }
    if len(differing) * _MOST_MENDED > len(texts):
        return None
    changes: list[BlockChange] = []
    for path in sorted(differing):
        old = _shown(tree, path) if path in before else b"[]"
        if old is None:
            return None
        new = (tree.folder / path).read_bytes() if path in texts else b"[]"
        gone, come = places_of(old, files), places_of(new, files)
        changes.append(BlockChange(block=_code(path), gone=gone - come, come=come - gone))
    touched = {place.file for change in changes for place in (*change.gone, *change.come)}
    units: dict[str, Unit] = {}
    for number, path in enumerate(map(index_path, range(files))):
        unit = tree.shown_units.get(path)
        if number in touched:
            lines = _shown(tree, path)
            kept = None if lines is None else tree.put(path, mended(lines, number, changes))
        else:
            kept = None if unit is None else tree.kept(path, unit.made_from)
        if kept is None:
            return None
        units[path] = kept
    return units


def _shown(tree: SiteTree, path: str) -> bytes | None:
    """A file of the shown tree; None where it is not there as the last build left it."""
    if tree.shown is None or path not in tree.shown_units:
        return None
    file = tree.shown / path
    try:
        same = mark_of(file.lstat()) == tree.shown_units[path].files[path]
        return file.read_bytes() if same else None
    except OSError:
        return None


def _code(path: str) -> str:
    return code_of(number_of_path(path), BLOCK_LETTERS)
