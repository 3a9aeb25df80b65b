"""修复台账 (mend): after two branches were merged, or a publication was not finished, one order again.

The branch that goes on is the one whose last checkpoint reaches farthest, for others may have kept it; without
checkpoints the longer one. What only the other branch has comes after it, each leaf as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.publication_log.merkle_tree import grown, leaf_hash, root_of
from generator.publication_log.publication_event import Event
from generator.publication_log.publication_ledger import (
    FIRST,
    FOLDER,
    Ledger,
    LedgerFault,
    Line,
    leaf_of,
    read_parts,
)
from generator.publication_log.signed_note import Checkpoint, Note

_MARKS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """修复结果. ``moved``: events of the other branch that now stand after the first; ``left_out``: those that say what the
    first branch says already; ``void``: checkpoints of the other branch, which no longer hold."""

    ledger: Ledger
    moved: int
    left_out: int
    void: tuple[Note, ...]


def mend_ledger(root: Path) -> tuple[Mended | None, tuple[LedgerFault, ...]]:
    """One order of all lines below ``root``; None with the faults that no order mends.

    The checkpoint over what was moved is not there yet: whoever saves the ledger adds it.
    """
    without_marks(root)
    parts = read_parts(root)
    lines = _once([line for line, _, _ in parts.lines])
    faults = parts.faults or tuple(
        LedgerFault(code="PUB004", file=file, line=number, terms={"n": str(line.number)})
        for line, file, number in parts.lines
        if line.event is not None and line.salt is not None and leaf_of(line.salt, line.event) != line.leaf
    )
    if faults:
        return None, faults
    notes = [note for note, _ in parts.notes]
    branches = _branches(lines)
    best = max(branches, key=lambda branch: (_reach(branch, notes), len(branch)), default=[])
    others = [line for branch in branches for line in branch]
    lost = {line.leaf for line in lines} - {line.leaf for line in others}
    if lost:
        file, number = next((file, number) for line, file, number in parts.lines if line.leaf in lost)
        return None, (LedgerFault(code="PUB002", file=file, line=number, terms={"n": "—"}),)
    moved, left_out = _moved(best, others)
    whole = [*best, *moved]
    good = [note for note in notes if _holds(best, note)]
    mended = Ledger(
        whole,
        sorted(good, key=lambda note: Checkpoint.parse(note.text).size),
        {item.id: item for item in parts.spent},
        grown([], 0, (leaf_hash(line.leaf) for line in whole)),
    )
    void = tuple(note for note in notes if note not in good)
    return Mended(ledger=mended, moved=len(moved), left_out=left_out, void=void), ()


def without_marks(root: Path) -> None:
    """Take the marks of a conflict out of every file of the ledger, and lines that stand there twice."""
    for path in sorted((root / FOLDER).glob("*.jsonl")):
        lines = path.read_bytes().splitlines(keepends=True)
        kept = list(dict.fromkeys(line for line in lines if not line.startswith(_MARKS)))
        if kept != lines:
            path.write_bytes(b"".join(kept))


def _once(lines: Sequence[Line]) -> list[Line]:
    """Each line once. What one branch forgot is forgotten, though the other branch still had it."""
    forgotten = {line.leaf for line in lines if line.event is None}
    known: dict[tuple[bytes, bytes], Line] = {}
    for line in lines:
        kept = replace(line, event=None, salt=None, told=frozenset()) if line.leaf in forgotten else line
        known.setdefault((line.prev, line.leaf), kept)
    return list(known.values())


def _moved(best: Sequence[Line], others: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines of the other branches, tied to the end of the ``best``; and how many say nothing new."""
    known = {line.leaf for line in best}
    said = {(line.event.id, line.event.state.document) for line in best if isinstance(line.event, Event)}
    numbers = {record_id for record_id, _ in said}
    moved: list[Line] = []
    left_out = 0
    for line in others:
        event = line.event
        if line.leaf in known:
            continue
        known.add(line.leaf)
        if isinstance(event, Event):
            if (event.event == "published" and event.id in numbers) or (
                event.id,
                event.state.document,
            ) in said:
                left_out += 1
                continue
            numbers.add(event.id)
            said.add((event.id, event.state.document))
        last = moved[-1] if moved else best[-1]
        moved.append(replace(line, number=len(best) + len(moved), prev=last.chain))
    return moved, left_out


def _reach(branch: Sequence[Line], notes: Sequence[Note]) -> int:
    """Size of the largest checkpoint that the branch leads to."""
    return max((Checkpoint.parse(note.text).size for note in notes if _holds(branch, note)), default=0)


def _holds(branch: Sequence[Line], note: Note) -> bool:
    found = Checkpoint.parse(note.text)
    leaves = (leaf_hash(line.leaf) for line in branch[: found.size])
    return found.size <= len(branch) and root_of(grown([], 0, leaves)) == found.root


def _branches(lines: Sequence[Line]) -> list[list[Line]]:
    """Every way from the first line to a last one."""
    after: dict[bytes, list[Line]] = {}
    for line in lines:
        after.setdefault(line.prev, []).append(line)
    done: list[list[Line]] = []
    waiting: list[list[Line]] = [[line] for line in after.get(FIRST, [])]
    while waiting:
        branch = waiting.pop()
        while len(further := after.get(branch[-1].chain, [])) == 1:
            branch.append(further[0])
        if not further:
            done.append(branch)
        waiting += [[*branch, line] for line in further]
    return done
