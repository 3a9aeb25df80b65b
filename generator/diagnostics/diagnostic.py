"""诊断的数据形状：:class:`Place`, :class:`Diagnostic` and the one function that makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from enum import StrEnum

from generator.diagnostics.codes import entry
from generator.diagnostics.record_path import shown_path


class Severity(StrEnum):
    """严重程度. An error stops the build; a warning is told and the build goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """不外传的部分 of a place: what only staff see, on their own terminal (``--show``)."""

    path: str
    source_line: str | None = None
    end_column: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """位置: where in the files something was found.

    ``path`` is relative to the project root with forward slashes, as it may be told to anybody
    (:func:`~generator.diagnostics.record_path.shown_path`); ``real_path`` is that of the file. ``line`` and ``column`` count from
    1; ``column`` counts characters, not display cells. ``end_column`` is exclusive. ``field`` is the
    path of keys (``persons[0].name``). In a workbook ``cell`` is the sheet and the cell (``荣誉!C17``), and ``line``
    and ``column`` are its numbers. ``shown`` is false for anything that is not positively
    public: then no line and no value of it may be printed. What is not told goes to ``kept``.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    source_line: str | None = None
    field: str | None = None
    cell: str | None = None
    shown: bool = True
    kept: Kept | None = field_of(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = shown_path(self.path)
        if told != self.path or (not self.shown and self.source_line is not None):
            before = self.kept
            kept = Kept(
                path=before.path if before else self.path,
                source_line=self.source_line or (before.source_line if before else None),
                end_column=self.end_column or (before.end_column if before else None),
                field=(before.field if before else None) or self.field,
            )
            object.__setattr__(self, "kept", kept)
        object.__setattr__(self, "path", told)
        if not self.shown:
            object.__setattr__(self, "source_line", None)

    @property
    def real_path(self) -> str:
        """The path of the file itself, for reading it, never for telling it."""
        return self.kept.path if self.kept is not None else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """一条诊断. Made by :func:`diagnose` only, which sets apart what may not be shown."""

    code: str
    severity: Severity
    place: Place
    facts: Mapping[str, str] = field_of(default_factory=dict)
    terms: Mapping[str, str] = field_of(default_factory=dict)
    related: tuple[Place, ...] = ()
    kept: Mapping[str, str] = field_of(default_factory=dict, repr=False, compare=False)
    """Facts that may not be told; like :class:`Kept`."""


def diagnose(
    code: str,
    place: Place,
    *,
    facts: Mapping[str, object] | None = None,
    terms: Mapping[str, object] | None = None,
    related: Iterable[Place] = (),
    severity: Severity | None = None,
) -> Diagnostic:
    """Make a diagnostic of ``code`` (must stand in the catalogue) at ``place``.

    ``facts`` are values taken from the record and go to ``kept`` when ``place.shown`` is false; ``terms``
    are words of the schema, the law or the settings. ``severity`` defaults to the catalogue's.
    Raises ``KeyError`` for a code without a catalogue entry: a code nobody can explain must not ship.
    """
    words = {key: str(value) for key, value in (facts or {}).items()}
    return Diagnostic(
        code=code,
        severity=severity or Severity(entry(code)["severity"]),
        place=place,
        facts=words if place.shown else {},
        kept={} if place.shown else words,
        terms={key: str(value) for key, value in (terms or {}).items()},
        related=tuple(related),
    )


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """Order of a report: by file, line, column, code."""
    place = diagnostic.place
    return (place.real_path, place.line or 0, place.column or 0, diagnostic.code)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True when at least one diagnostic is an error."""
    return any(item.severity is Severity.ERROR for item in diagnostics)
