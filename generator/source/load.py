"""载入 (load): one YAML file to one typed value, or to every problem in it.

A good file is read once, by the fast path. A bad one is read again with positions
(:mod:`generator.source.positions`). Then everything that the reader and the schema have against it
is told in one go, in the order of the file.

Unless a file says positively that it is public, messages quote no line and no value of it. They name
the place, the code and words of the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from generator.diagnostics import Diagnostic, Place, diagnose, sort_key
from generator.diagnostics.record_path import display_path
from generator.source.file_bytes import FileProblemError, read_bytes
from generator.source.finding import Finding
from generator.source.locate import Locator
from generator.source.positions import Reading, may_be_cut, read_with_positions
from generator.source.shape import known_keys
from generator.source.typing_errors import UNKNOWN_KEY, findings_of
from generator.source.yaml_reader import Tree, UnreadableError, read_tree

M = TypeVar("M", bound=BaseModel)

IsPublic: TypeAlias = Callable[[Mapping[str, Tree]], bool]
"""Says whether a tree is positively public. Called with ``{}`` for a file that could not be read or
not be understood: a record must answer false then, a settings file answers true to everything."""

MOST_PROBLEMS = 200
"""A file with more problems is not a record with mistakes but something else: the rest is counted."""


KEPT = 256
"""How many files of settings and law a process keeps typed: they are the same bytes every time that the desk, ``serve``
or a second command of the same process reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadResult(Generic[M]):
    """载入结果. ``value`` is ``None`` exactly when ``diagnostics`` is not empty."""

    value: M | None
    diagnostics: tuple[Diagnostic, ...] = ()


def load_file(
    path: Path,
    root: Path,
    model: type[M],
    *,
    is_public: IsPublic,
    private_keys: frozenset[str] = frozenset(),
) -> LoadResult[M]:
    """载入一个文件. ``path`` lies under ``root`` (the project's folder), ``model`` describes the file.

    ``private_keys`` are keys whose content is for staff only, in a public record too: none of it is
    shown, nor any part of a line after it. Nor is what stands under an unknown key of such a file.

    Never raises for anything in the file or about it: each problem is a diagnostic.
    """
    try:
        data = read_bytes(path, root)
    except FileProblemError as problem:
        place = Place(path=display_path(path, root), shown=is_public({}))
        return LoadResult(value=None, diagnostics=(diagnose(problem.code, place, terms=problem.terms),))
    try:
        # Settings and law, which are public whatever they say, are kept; records, which may be private, are not.
        value = _kept(data, model) if is_public({}) else _typed(data, model)
        if not may_be_cut(data):
            return LoadResult(value=value)
    except (UnreadableError, ValidationError):
        value = None
    found = tuple(_diagnose(data, display_path(path, root), model, is_public, private_keys))
    return LoadResult(value=None if found else value, diagnostics=found)


def _typed(data: bytes, model: type[M]) -> M:
    return model.model_validate(read_tree(data))


_kept = lru_cache(maxsize=KEPT)(_typed)


def _diagnose(
    data: bytes, shown_path: str, model: type[BaseModel], is_public: IsPublic, private_keys: frozenset[str]
) -> list[Diagnostic]:
    reading = read_with_positions(data, known_keys(model))
    findings = reading.findings + _typing_findings(reading, model)
    where = Locator(
        reading=reading,
        path=shown_path,
        shown=_is_shown(reading, is_public),
        schema_words=known_keys(model),
        private_keys=private_keys,
        unknown=frozenset(finding.path for finding in findings if finding.code == UNKNOWN_KEY),
    )
    findings.sort(key=where.order_of)
    found = sorted((_diagnostic(finding, where) for finding in findings[:MOST_PROBLEMS]), key=sort_key)
    if unlisted := findings[MOST_PROBLEMS:]:
        place = where.place_at(unlisted[0].span, unlisted[0].path)
        found.append(diagnose("SRC030", place, terms={"rest": len(unlisted)}))
    return found


def _typing_findings(reading: Reading, model: type[BaseModel]) -> list[Finding]:
    if reading.tree is None:
        return []
    try:
        model.model_validate(reading.tree)
    except ValidationError as error:
        # What the reader has already refused (an empty value, an alias) is not refused twice.
        refused = {finding.path for finding in reading.findings}
        return [f for f in findings_of(error, model, reading.tree) if f.path not in refused]
    return []


def _is_shown(reading: Reading, is_public: IsPublic) -> bool:
    """Public only if it is so whichever value of a key entered twice is meant."""
    if reading.doubtful or not isinstance(reading.tree, dict) or not isinstance(reading.last_tree, dict):
        return is_public({})
    return is_public(reading.tree) and is_public(reading.last_tree)


def _diagnostic(finding: Finding, where: Locator) -> Diagnostic:
    return diagnose(
        finding.code,
        where.place_at(finding.span, finding.path, at_key=finding.at_key),
        facts=finding.facts,
        terms=finding.terms,
        related=[where.place_at(other, finding.path) for other in finding.related],
    )
