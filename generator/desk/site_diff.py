"""两个站点的差别 (site diff): what the public will see change, before it is published.

Reads the public data of two built sites (``api/v1``) and nothing private. What becomes newly
visible comes first, field by field: that is what cannot be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

Kind = Literal["notices", "honours", "decisions"]
_VOLATILE = frozenset(("as_of", "holds_until", "version", "days"))
"""Fields that change by themselves with time or follow from others."""
_READ_OF_THE_PERIOD = "working"
"""What a reader sees of how a period was counted; the rest of it says the same in figures."""


class ChangeKind(StrEnum):
    """差别的种类, the gravest first."""

    ADDED = "added"
    EXPOSED = "exposed"
    """A field that had no value has one now."""
    DEADLINE = "deadline"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    """A field's value is gone."""
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChange:
    """一处差别. ``field`` is empty for a whole record; values are shown as JSON."""

    kind: ChangeKind
    record: str
    field: str = ""
    old: str = ""
    new: str = ""


class NoSuchSiteError(Exception):
    """那里不是建成的站点: the folder has no ``api/v1``."""


def diff_sites(old: Path, new: Path) -> tuple[SiteChange, ...]:
    """Every change of a record between two built sites, the gravest kind first, then by record.

    Compares notices, honours, decisions and provisions of law as the public data give them; hand-written pages
    are not compared. Raises :class:`NoSuchSiteError` when either folder is no site.
    """
    found: list[SiteChange] = []
    for kind in ("notices", "honours", "decisions"):
        before, after = _records(old, kind), _records(new, kind)
        for record in before.keys() | after.keys():
            found += _changes(record, before.get(record), after.get(record))
    before_law, after_law = _provisions(old), _provisions(new)
    for key in before_law.keys() | after_law.keys():
        found += _leaf_changes(key, before_law.get(key, {}), after_law.get(key, {}))
    rank = list(ChangeKind)
    return tuple(sorted(found, key=lambda item: (rank.index(item.kind), item.record, item.field)))


def _records(site: Path, kind: str) -> dict[str, Path]:
    folder = site / "api" / "v1"
    if not (folder / "honours.json").is_file():
        raise NoSuchSiteError(str(site))
    return {path.stem: path for path in (folder / kind).glob("*.json")}


def _changes(record: str, old: Path | None, new: Path | None) -> Iterator[SiteChange]:
    if old is None and new is not None:
        yield SiteChange(kind=ChangeKind.ADDED, record=record)
        return
    if new is None:
        yield SiteChange(kind=ChangeKind.REMOVED, record=record)
        return
    assert old is not None
    before_bytes, after_bytes = old.read_bytes(), new.read_bytes()
    if before_bytes == after_bytes:
        return
    yield from _leaf_changes(record, _flat(json.loads(before_bytes)), _flat(json.loads(after_bytes)))


def _provisions(site: Path) -> dict[str, dict[str, str]]:
    """Leaf values of every provision, by its place in the law and its number among those of that place."""
    found: dict[str, dict[str, str]] = {}
    path = site / "api" / "v1" / "policies.json"
    for row in json.loads(path.read_bytes()) if path.is_file() else []:
        stem = "/".join(
            str(row.get(key)) for key in ("jurisdiction", "instrument", "version", "topic", "article")
        )
        number = 1
        while f"{stem}#{number}" in found:
            number += 1
        found[f"{stem}#{number}"] = _flat(row)
    return found


def _leaf_changes(record: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[SiteChange]:
    known = {value for field, value in before.items() if _is_name(field)}
    for field in sorted(before.keys() | after.keys()):
        old, new = before.get(field), after.get(field)
        if old != new:
            masked = _is_name(field) and old is not None and _is_covered(field, before, after)
            kind = ChangeKind.CHANGED if masked and new is not None else _kind(field, old, new, known)
            yield SiteChange(kind=kind, record=record, field=field, old=old or "", new=new or "")


def _kind(field: str, old: str | None, new: str | None, known_names: set[str]) -> ChangeKind:
    """``known_names`` are those that the old site showed of this record, wherever they stood in it."""
    if field in ("closes_at", "closes_on", "opens_at", "opens_on"):
        return ChangeKind.DEADLINE
    if (
        old is None
        or _is_uncovered(field, old, new)
        or (_is_name(field) and new is not None and new not in known_names)
    ):
        return ChangeKind.EXPOSED
    return ChangeKind.WITHDRAWN if new is None else ChangeKind.CHANGED


def _is_name(field: str) -> bool:
    return field.endswith("].name")


def _is_covered(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether whoever has the ``name`` was shown in full and is masked now."""
    flag = f"{name.removesuffix('name')}masked"
    return (before.get(flag), after.get(flag)) == ("false", "true")


def _is_uncovered(field: str, old: str | None, new: str | None) -> bool:
    """隐名或简化 undone: what was covered in the old site is not in the new."""
    return field.rpartition(".")[2] in ("masked", "thinned", "minor") and (old, new) == ("true", "false")


def _flat(tree: Mapping[str, Any]) -> dict[str, str]:
    """Leaf values by path, empty ones left out: a null and a missing field show the public the same."""
    leaves: dict[str, str] = {}

    def walk(path: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                walk(f"{path}.{key}" if path else key, item)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                walk(f"{path}[{number}]", item)
        elif value is not None and value != "":
            leaves[path] = json.dumps(value, ensure_ascii=False)

    for key, value in tree.items():
        if key == "period":
            walk(_READ_OF_THE_PERIOD, value.get(_READ_OF_THE_PERIOD))
        elif key not in _VOLATILE:
            walk(key, value)
    return leaves
