"""诊断的数据形状：:class:`Place`, :class:`Diagnostic` and the one function that makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.diagnostics.codes import entry


class Severity(StrEnum):
    """严重程度. An error stops the build; a warning is told and the build goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """位置: where in the files something was found.

    ``path`` is relative to the project root with forward slashes. ``line`` and ``column`` count from
    1; ``column`` counts characters, not display cells. ``end_column`` is exclusive. ``field`` is the
    path of keys (``persons[0].name``). ``shown`` is false for anything that is not positively
    public: then no line and no value of it may be printed.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    source_line: str | None = None
    field: str | None = None
    shown: bool = True

    def __post_init__(self) -> None:
        if not self.shown:
            object.__setattr__(self, "source_line", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """一条诊断. Made by :func:`diagnose` only, which drops what may not be shown."""

    code: str
    severity: Severity
    place: Place
    facts: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Place, ...] = ()


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

    ``facts`` are values taken from the record and vanish when ``place.shown`` is false; ``terms``
    are words of the schema, the law or the settings. ``severity`` defaults to the catalogue's.
    Raises ``KeyError`` for a code without a catalogue entry: a code nobody can explain must not ship.
    """
    kept = facts if place.shown and facts else {}
    return Diagnostic(
        code=code,
        severity=severity or Severity(entry(code)["severity"]),
        place=place,
        facts={key: str(value) for key, value in kept.items()},
        terms={key: str(value) for key, value in (terms or {}).items()},
        related=tuple(related),
    )


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """Order of a report: by file, line, column, code."""
    place = diagnostic.place
    return (place.path, place.line or 0, place.column or 0, diagnostic.code)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True when at least one diagnostic is an error."""
    return any(item.severity is Severity.ERROR for item in diagnostics)
