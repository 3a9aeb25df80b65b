"""问明的文件 (asked files): of which files a check is to tell. The whole registry is checked all the same, for a
record may be at odds with another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.cli.shared_options import misuse
from generator.diagnostics import Diagnostic, Place, Severity, diagnose
from generator.publication_log.publication_ledger import FOLDER
from generator.system.version_control import GitError, changed_since


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFiles:
    """所问的文件 and folders, below the project's folder; ``""`` is the project itself."""

    paths: frozenset[str]

    def concern(self, found: Diagnostic) -> bool:
        """Whether a diagnostic tells of one of them, or of two files of which one is among them."""
        return any(self._holds(place.real_path) for place in (found.place, *found.related))

    def _holds(self, path: str) -> bool:
        steps = path.split("/")
        above = ("/".join(steps[:count]) for count in range(len(steps) + 1))
        return not self.paths.isdisjoint(above)


def asked_files(project: Path, paths: Sequence[Path], ref: str | None) -> AskedFiles | None:
    """The files to tell of: ``paths``, and what git says has changed since ``ref``; None for all. Leaves when there is
    no such path, or no such commit."""
    if not paths and ref is None:
        return None
    wanted = {named_below(project, path) for path in paths}
    if ref is not None:
        try:
            changed = changed_since(project, ref)
        except GitError:
            misuse(diagnose("DSK091", Place(path="--changed-since"), terms={"ref": ref}))
        wanted.update(changed)
        if not all((project / path).exists() for path in changed):
            wanted.add(FOLDER)  # There a published record is missed that has no file any more.
    return AskedFiles(paths=frozenset(wanted))


def named_below(project: Path, path: Path) -> str:
    """``path`` from the project's folder, as it is meant from here or else from there. Leaves when there is no such
    file."""
    name = next(_names(project, path), None)
    if name is None:
        misuse(diagnose("DSK090", Place(path=str(path))))
    return "" if name == "." else name


def _names(project: Path, path: Path) -> Iterator[str]:
    for start in (Path.cwd(), project):
        full = Path(os.path.normpath(start / path))
        if os.path.lexists(full):
            yield from (
                full.relative_to(root).as_posix()
                for root in (project, project.resolve())
                if full.is_relative_to(root)
            )


def counts_of(others: Sequence[Diagnostic]) -> dict[str, int]:
    """How many errors and warnings are among diagnostics that are not told."""
    errors = sum(item.severity is Severity.ERROR for item in others)
    return {"errors": errors, "warnings": len(others) - errors}
