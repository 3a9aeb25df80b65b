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

Kind = Literal["notices", "honours"]
_VOLATILE = frozenset(("as_of", "version", "days"))
"""Fields that change by themselves with time or follow from others."""


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


class NotASiteError(Exception):
    """那里不是建成的站点: the folder has no ``api/v1``."""


def diff_sites(old: Path, new: Path) -> tuple[SiteChange, ...]:
    """Every change of a record between two built sites, the gravest kind first, then by record.

    Raises :class:`NotASiteError` when either folder is no site.
    """
    found: list[SiteChange] = []
    for kind in ("notices", "honours"):
        before, after = _records(old, kind), _records(new, kind)
        for record in before.keys() | after.keys():
            found += _changes(record, before.get(record), after.get(record))
    rank = list(ChangeKind)
    return tuple(sorted(found, key=lambda item: (rank.index(item.kind), item.record, item.field)))


def _records(site: Path, kind: str) -> dict[str, Path]:
    folder = site / "api" / "v1"
    if not (folder / f"{kind}.json").is_file():
        raise NotASiteError(str(site))
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
    before, after = _flat(json.loads(before_bytes)), _flat(json.loads(after_bytes))
    for field in sorted(before.keys() | after.keys()):
        if before.get(field) == after.get(field):
            continue
        yield SiteChange(
            kind=_kind(field, before.get(field), after.get(field)),
            record=record,
            field=field,
            old=before.get(field, ""),
            new=after.get(field, ""),
        )


def _kind(field: str, old: str | None, new: str | None) -> ChangeKind:
    if field in ("closes_at", "closes_on", "opens_at", "opens_on"):
        return ChangeKind.DEADLINE
    if old is None:
        return ChangeKind.EXPOSED
    return ChangeKind.WITHDRAWN if new is None else ChangeKind.CHANGED


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
        if key not in _VOLATILE:
            walk(key, value)
    return leaves
