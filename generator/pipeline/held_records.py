"""保留上次公布的内容 (hold): a record with errors keeps its last published form, and the rest of the site goes on.

What was published last is the file itself, kept in the private store when its site was put in place, and read, checked
and disclosed anew: a period that has ended since is shown as ended. Nothing is held where the old form could show what
the new one withholds, or a last day that is no longer true: then everything stops, as without.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.cases.case_files import PRIVATE_KEYS, is_positively_public
from generator.diagnostics import Diagnostic, Place, Severity, diagnose
from generator.project.discovery import relative_name
from generator.source.file_bytes import FileProblemError, read_bytes
from generator.source.yaml_reader import UnreadableError, read_tree
from generator.system.hashing import digest
from generator.system.store import Store

SOURCE, PUBLISHED = "source", "published"
"""Kinds of entry in the store, by the name of a case: the file as it was scanned, and as it was last published."""

_CONFIDENTIAL = ("DIS", "CRT", "AUD")
"""Codes of a fault of confidentiality."""
_BINDING = PRIVATE_KEYS | {
    *("persons", "group", "not_confirmed"),
    *("period", "moved_closes_on", "revocation", "replaces", "id"),
}
"""Keys of a case under which a change decides what may be shown, of whom, and until when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """保留的记录. ``root`` is a private folder with the last published form of each, laid out like the project; of
    ``left_out`` nothing was ever public."""

    root: Path
    kept: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def files(self, project: Path, paths: Sequence[Path]) -> Mapping[str, Path]:
        """``paths`` of case files by their place in the ``project``, with what is held instead of what has errors."""
        named = ((relative_name(path, project), path) for path in paths)
        return {
            name: self.root / name if name in self.kept else path
            for name, path in named
            if name not in self.left_out
        }

    def warnings(self, errors: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The errors that were passed over, and of each record what the public sees instead."""
        yield from (replace(item, severity=Severity.WARNING) for item in errors)
        yield from (diagnose("BLD017", Place(path=name, shown=False)) for name in sorted(self.kept))
        yield from (diagnose("BLD018", Place(path=name, shown=False)) for name in sorted(self.left_out))


def name_in_store(relative: str) -> str:
    """Name of a case file in the store: a digest, because a path need not be UTF-8."""
    return digest(os.fsencode(relative)).hex()


def hold_back(
    errors: Sequence[Diagnostic], root: Path, cases: Sequence[Path], store: Store, spool: Path, site: Path
) -> tuple[Held, tuple[Diagnostic, ...]]:
    """What can be held of the records that ``errors`` tell of, and why the others cannot: none may be left.

    ``site`` is the one that stands there, ``cases`` are all case files of the project in ``root``.
    """
    known = {path.relative_to(root).as_posix(): path for path in cases}
    faulty = {item.place.real_path for item in errors}
    last = dict(_last_published(store, sorted(faulty & known.keys())))
    held = Held(root=spool / "held")
    refused: list[Diagnostic] = []
    for name in sorted(faulty):
        codes = [item.code for item in errors if item.place.real_path == name]
        now = _tree(known[name], root) if name in known else None
        before = last.get(name)
        if name not in known or now is None or any(code.startswith(_CONFIDENTIAL) for code in codes):
            refused.append(_refusal("BLD019", name))
        elif before is None and (not is_positively_public(now) or _stands(now, site)):
            refused.append(_refusal("BLD020", name))
        elif before is None:
            held = replace(held, left_out=held.left_out | {name})
        elif not _binds_alike(read_tree(before), now):
            refused.append(_refusal("BLD019", name))
        else:
            copy = held.root / name
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy.write_bytes(before)
            held = replace(held, kept=held.kept | {name})
    return held, tuple(refused)


def _refusal(code: str, name: str) -> Diagnostic:
    return diagnose(code, Place(path=name, shown=False))


def _last_published(store: Store, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    found = store.latest(PUBLISHED, [name_in_store(name) for name in names], bytes)
    for name in names:
        kept = found.get(name_in_store(name))
        if kept is not None:
            try:
                read_tree(kept)
            except UnreadableError:
                continue
            yield name, kept


def _tree(path: Path, root: Path) -> Mapping[str, Any] | None:
    """The record as it is written; None where nobody can tell what it withholds."""
    try:
        tree = read_tree(read_bytes(path, root))
    except (FileProblemError, UnreadableError):
        return None
    return tree if isinstance(tree, dict) else None


def _stands(tree: Mapping[str, Any], site: Path) -> bool:
    """Whether the site has a page of the record, whose address must not break."""
    notice, honours = tree.get("notice"), tree.get("honours")
    parts = [("notices", notice)]
    parts += [("honours", item) for item in (honours if isinstance(honours, list) else ())]
    ids = ((kind, part.get("id")) for kind, part in parts if isinstance(part, dict))
    return any(isinstance(number, str) and (site / kind / number).is_dir() for kind, number in ids)


def _binds_alike(before: Any, now: Any) -> bool:
    """Whether the old form shows nothing, and no last day, that the new one would not. A number more is a new honour
    and takes nothing back."""
    old, new = _binding(before), _binding(now)
    return old == {path: value for path, value in new.items() if path in old or not path.endswith(".id")}


def _binding(tree: Any, path: str = "") -> dict[str, Any]:
    """What stands under :data:`_BINDING`, by its place."""
    found: dict[str, Any] = {}
    if isinstance(tree, dict):
        for key, value in tree.items():
            below = f"{path}.{key}"
            # An honour has a level, too.
            binds = key in _BINDING or below == ".level"
            found |= {below: value} if binds else _binding(value, below)
    elif isinstance(tree, list):
        for number, item in enumerate(tree):
            found |= _binding(item, f"{path}[{number}]")
    return found
