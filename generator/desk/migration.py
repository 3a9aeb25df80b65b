"""升级项目 (migration): bring a project's folder to the shape that this software expects.

Each step leads from one format to the next and changes files alone, never a record's meaning. A project says which
it has in ``site.yml`` (``project_format``); without a word it is older than the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.project.discovery import SITE
from generator.project.project_format import CURRENT
from generator.source.yaml_reader import UnreadableError, read_tree
from generator.system.shipped import shipped_folder

_STAMP = re.compile("(?m)^project_format:.*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """一处改动: ``removed`` is a file that the software brings itself; ``stamped`` the format in site.yml."""

    kind: str
    path: str


class NewerProjectError(Exception):
    """项目是更新的软件做的: the format that it says."""


class NoSettingsError(Exception):
    """site.yml 读不出来."""


def project_format_of(root: Path) -> int:
    """The format that ``site.yml`` says, 0 for none. Raises :class:`NoSettingsError`."""
    try:
        tree = read_tree((root / SITE).read_bytes())
    except (OSError, UnreadableError):
        raise NoSettingsError from None
    said = tree.get("project_format", "0") if isinstance(tree, dict) else ""
    if not isinstance(said, str) or not said.isascii() or not said.isdigit():
        raise NoSettingsError
    return int(said)


def migrate(root: Path) -> tuple[Change, ...]:
    """Take the project in ``root`` to :data:`CURRENT`; nothing where it is there already.

    Raises :class:`NewerProjectError` and :class:`NoSettingsError` before anything is changed.
    """
    made = project_format_of(root)
    if made > CURRENT:
        raise NewerProjectError(str(made))
    changes = [change for number in range(made, CURRENT) for change in _STEPS[number](root)]
    if made < CURRENT:
        _stamp(root / SITE)
        changes.append(Change(kind="stamped", path=SITE))
    return tuple(changes)


def _drop_copies(root: Path) -> Iterator[Change]:
    """0 → 1: theme, pages and MkDocs settings that were copied whole and never changed now come with the
    software; a copy would keep the look of the day on which it was made."""
    shipped = shipped_folder()
    if root.resolve() == shipped.resolve():
        return
    for base in ("mkdocs.yml", "site_config/theme", "content/pages"):
        files = [shipped / base] if (shipped / base).is_file() else sorted((shipped / base).rglob("*"))
        for original in files:
            own = root / original.relative_to(shipped)
            if original.is_file() and own.is_file() and own.read_bytes() == original.read_bytes():
                own.unlink()
                yield Change(kind="removed", path=own.relative_to(root).as_posix())
        _drop_empty(root / base)


def _drop_empty(folder: Path) -> None:
    below = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for path in (*below, folder):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _stamp(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    line = f"project_format: {CURRENT}"
    stamped = _STAMP.sub(line, text) if _STAMP.search(text) else f"{text.rstrip()}\n{line}\n"
    path.write_text(stamped, encoding="utf-8", newline="\n")


_STEPS: tuple[Callable[[Path], Iterator[Change]], ...] = (_drop_copies,)
"""The step from each format to the next, by the number it leads from."""
