"""将写的记录 (record drafts): what is about to be written is judged as part of the whole project before it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.cases.case import Case
from generator.desk.record_writing import editable, layout_of, put, read_editable, take_away, written
from generator.diagnostics import Diagnostic, Place
from generator.pipeline.prepare import check_project
from generator.pipeline.private_spool import private_spool
from generator.project.settings import Settings
from generator.publication_log.approval_book import APPROVAL_CODES
from generator.source.finding import FieldPath
from generator.source.shape import follow, keys_of
from generator.source.yaml_reader import Tree


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """一份将写的记录. ``path`` is that of its file below the project; ``cells`` leads from a field to its cell."""

    path: str
    tree: dict[str, Any]
    text: str | None = None
    """What the file holds now; None for a new one."""
    puts: list[tuple[FieldPath, Tree]] = field(default_factory=list)
    gone: list[FieldPath] = field(default_factory=list)
    """Keys that are taken away."""
    cells: dict[FieldPath, Place] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Portraits that come with it, by their path below the project."""

    def rendered(self) -> str:
        """The file as it will be."""
        if self.text is None:
            return written(editable(ordered(self.tree, Case)))
        tree = read_editable(self.text)
        for path, value in self.puts:
            put(tree, path, value)
        for path in self.gone:
            take_away(tree, path)
        return written(tree, layout_of(self.text))


def check_drafts(
    drafts: Sequence[Draft], settings: Settings, now: datetime, jobs: int
) -> tuple[tuple[Draft, Diagnostic], ...]:
    """Every problem of ``drafts``, each with its draft."""
    by_path = {draft.path: draft for draft in drafts}
    return tuple(
        (by_path[item.place.real_path], item)
        for item in check_project_with(drafts, settings.root, now, jobs)
        if item.place.real_path in by_path
    )


def check_project_with(
    drafts: Sequence[Draft], root: Path, now: datetime, jobs: int, without: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """Every problem of the project in ``root`` once ``drafts`` are written, and the files ``without`` gone.

    They go into a private copy of the project, so that the same checks judge them together with all others.
    """
    with private_spool(root) as folder:
        copy = folder / "project"
        copy.mkdir()
        _copy_project(root, copy)
        for name in without:
            (copy / name).unlink()
        for draft in drafts:
            target = copy / draft.path
            target.unlink(missing_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(draft.rendered(), encoding="utf-8")
            for path, data in draft.pictures.items():
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                (copy / path).write_bytes(data)
        found = check_project(copy, None, now, jobs).diagnostics
    # What is only being written was approved by nobody yet.
    return tuple(item for item in found if item.code not in APPROVAL_CODES)


def _copy_project(root: Path, copy: Path) -> None:
    for name in (
        "site_config/authorities",
        "site_config/jurisdictions",
        "site_config/holidays",
        "content/policies",
    ):
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name)
    (copy / "site_config").mkdir(exist_ok=True)
    shutil.copy(root / "site_config/site.yml", copy / "site_config")
    if (root / "registry").is_dir():
        shutil.copytree(root / "registry", copy / "registry", copy_function=_linked)


def _linked(source: str, target: str) -> None:
    """A second name for a file that is only read; a copy where the file system has no such names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def ordered(tree: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Keys in the order in which the schema names them."""
    made: dict[str, Any] = {}
    for key in keys_of(model):
        if key not in tree:
            continue
        value = tree[key]
        below = follow(model, (key, 0) if isinstance(value, list) else (key,))[1]
        if below is not None and isinstance(value, list):
            value = [ordered(item, below) for item in value]
        elif below is not None and isinstance(value, dict):
            value = ordered(value, below)
        made[key] = value
    return made
