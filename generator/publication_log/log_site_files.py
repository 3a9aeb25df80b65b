"""日志的文件 (log files): what a site serves of the log, made from the ledger alone.

``log/checkpoint``, ``log/keys``, ``log/tile/…``, and for each record that is public ``notices/<id>/proof`` or
``honours/<id>/proof``. The proof of a record leads to the checkpoint that followed its last event, so that it stays the
same, byte for byte, until something happens to the record itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.public.json_text import canonical
from generator.publication_log.log_tiles import WIDTH, tile_files, tile_path, tile_widths
from generator.publication_log.merkle_tree import Tree
from generator.publication_log.publication_ledger import KeyEvent, Ledger, Line
from generator.publication_log.record_proof import EventProof, RecordProof, key_entries
from generator.publication_log.signed_note import Checkpoint, Note

LOG = "log/"


@dataclass(slots=True)
class LogSite:
    """一个站点的日志. ``public``: numbers of records that have a page. ``hidden``: numbers of lines of which nothing may be
    told any more, though the ledger still has their events."""

    ledger: Ledger
    public: frozenset[str]
    hidden: frozenset[int] = frozenset()
    tree: Tree = field(init=False)

    def __post_init__(self) -> None:
        self.tree = self.ledger.tree()

    def proof(self, lines: Sequence[Line], note: Note) -> RecordProof:
        """证明 that the events of ``lines`` stand in the log of ``note``."""
        size = Checkpoint.parse(note.text).size
        return RecordProof(
            note=note,
            events=tuple(
                EventProof(line.number, line.event, line.salt, tuple(self.tree.inclusion(line.number, size)))
                for line in lines
                if line.event is not None and line.salt is not None
            ),
        )

    def records(self) -> Iterator[tuple[str, list[Line]]]:
        """The records of which something may be told, with their lines."""
        return told_records(self.ledger, self.public, self.hidden)

    def keys(self, note: Note) -> tuple[EventProof, ...]:
        """Every change of key until the checkpoint ``note``, with its proof to it."""
        size = Checkpoint.parse(note.text).size
        lines = [line for line in self.ledger.lines[:size] if isinstance(line.event, KeyEvent)]
        return self.proof(lines, note).events


def told_records(
    ledger: Ledger, public: frozenset[str], hidden: frozenset[int]
) -> Iterator[tuple[str, list[Line]]]:
    """The ``public`` records of which the log may still tell something, with their lines, but for the ``hidden``."""
    for record_id, lines in ledger.by_record().items():
        told = [line for line in lines if line.number not in hidden]
        if told and record_id in public:
            yield record_id, told


def log_site_files(site: LogSite) -> Iterator[tuple[str, bytes]]:
    """日志文件 as (path from the root of the site, bytes); none while nothing was logged."""
    ledger = site.ledger
    if not ledger:
        return
    last = ledger.checkpoints[-1]
    yield f"{LOG}checkpoint", str(last).encode()
    yield f"{LOG}keys", canonical(key_entries(ledger.origin or "", site.keys(last))) + b"\n"
    leaves = [line.leaf for line in ledger.lines]
    for path, data in tile_files(site.tree, leaves):
        yield LOG + path, data
    yield from _earlier_tiles(site, leaves)
    after = checkpoint_after(ledger)
    for _, lines in site.records():
        note = ledger.checkpoints[after[lines[-1].number]]
        event = lines[-1].event
        assert event is not None and not isinstance(event, KeyEvent)
        yield f"{event.state.path}proof", site.proof(lines, note).written()


def _earlier_tiles(site: LogSite, leaves: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Partial tiles of earlier checkpoints, as long as the tile is not full: at most 255 of each."""
    now = site.ledger.size
    seen = {tile_path(*item) for item in tile_widths(now)}
    for _, size in site.ledger.sized_checkpoints()[-WIDTH * 4 :]:
        for level, number, width in tile_widths_at_edge(size):
            path = tile_path(level, number, width)
            if path in seen or (number + 1) * WIDTH <= now >> 8 * level:
                continue
            seen.add(path)
            first = number * WIDTH
            yield LOG + path, b"".join(site.tree.levels[level * 8][first : first + width])
            if level == 0:
                bundle = (len(leaf).to_bytes(2, "big") + leaf for leaf in leaves[first : first + width])
                yield LOG + tile_path("entries", number, width), b"".join(bundle)


def tile_widths_at_edge(size: int) -> Iterator[tuple[int, int, int]]:
    """The tiles of a tree of ``size`` leaves that are not full, as (level, number, width)."""
    level, count = 0, size
    while count:
        if count % WIDTH:
            yield level, count // WIDTH, count % WIDTH
        level, count = level + 1, count // WIDTH


def checkpoint_after(ledger: Ledger) -> list[int]:
    """For each event, by its number, which checkpoint is the first that holds it."""
    after: list[int] = []
    for number, (_, size) in enumerate(ledger.sized_checkpoints()):
        after += [number] * (size - len(after))
    return after
