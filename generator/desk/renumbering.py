"""换号 (renumbering): a record whose numbers another has too gets the next free ones.

Two clerks who number at the same time take the same number. Which of the two was published stays as it is; the other
is renumbered before anybody has seen it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from generator.cases.case_files import find_case_files
from generator.desk.record_drafts import Draft
from generator.publication_log.publication_ledger import read_ledger
from generator.source.finding import FieldPath
from generator.source.yaml_reader import UnreadableError, read_tree
from generator.spellings.numbering import next_number


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNumber:
    """一个新号. ``path`` is its place in the record."""

    path: FieldPath
    before: str
    after: str


def read_draft(root: Path, path: Path) -> Draft | None:
    """The record in the file at ``path``; None where it cannot be read."""
    try:
        data = path.read_bytes()
        tree: Any = read_tree(data)
    except (OSError, UnreadableError):
        return None
    if not isinstance(tree, dict):
        return None
    return Draft(path=path.relative_to(root).as_posix(), tree=tree, text=data.decode("utf-8-sig"))


def renumber(root: Path, draft: Draft) -> tuple[NewNumber, ...]:
    """Give ``draft`` the next free number for each that another record has; what was changed, none where all are its
    own. The file is called after its case, so its path changes with that."""
    others: set[str] = set()
    for path in find_case_files(root):
        other = read_draft(root, path)
        if other is not None and other.path != draft.path:
            others.update(number for _, number in _numbers(other.tree))
    ledger, _ = read_ledger(root)
    used = {*others, *ledger.last_states(), *ledger.spent, *(number for _, number in _numbers(draft.tree))}
    changes: list[NewNumber] = []
    for where, number in _numbers(draft.tree):
        if number not in others:
            continue
        fresh = next_number(number, used)
        used.add(fresh)
        draft.puts.append((where, fresh))
        changes.append(NewNumber(path=where, before=number, after=fresh))
        if where == ("case",):
            draft.path = str(PurePosixPath(draft.path).with_stem(fresh))
    return tuple(changes)


def _numbers(tree: dict[str, Any]) -> Iterator[tuple[FieldPath, str]]:
    notice, honours = tree.get("notice"), tree.get("honours")
    found: list[tuple[FieldPath, Any]] = [(("case",), tree.get("case"))]
    if isinstance(notice, dict):
        found.append((("notice", "id"), notice.get("id")))
    for number, honour in enumerate(honours if isinstance(honours, list) else ()):
        if isinstance(honour, dict):
            found.append((("honours", number, "id"), honour.get("id")))
    yield from ((where, value) for where, value in found if isinstance(value, str))
