"""诊断报告 (report): diagnostics as text for people, as annotations for GitHub, as JSON for machines.

All three sort by file, line and column, and print nothing of a record that is not public: that was
dropped when the diagnostic was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from generator.diagnostics.diagnostic import Diagnostic, Place, Severity, sort_key
from generator.diagnostics.phrasing import Lang, phrases, words_of
from generator.diagnostics.record_path import HIDDEN
from generator.diagnostics.snippet import snippet, visible

_WIDTH = 100


def format_text(
    diagnostics: Iterable[Diagnostic], *, lang: Lang = "zh", width: int | None = None, reveal: bool = False
) -> str:
    """报告正文, ending with the counts and a line break. Source lines keep within ``width`` cells.

    ``reveal`` prints what may not be told as well: for staff, on their own terminal, and nowhere else.
    The forms for machines have no such thing.
    """
    found = sorted(diagnostics, key=sort_key)
    blocks = [_block(diagnostic, lang, width or _WIDTH, reveal) for diagnostic in found]
    return "\n\n".join([*blocks, _counts(found, lang)]) + "\n"


def format_github(diagnostics: Iterable[Diagnostic], *, lang: Lang = "zh") -> str:
    """One GitHub workflow command a line, such as ``::error file=…,line=…,col=…,title=…::…``."""
    return "".join(f"{_command(diagnostic, lang)}\n" for diagnostic in sorted(diagnostics, key=sort_key))


def format_json(diagnostics: Iterable[Diagnostic], *, lang: Lang = "zh") -> str:
    """A JSON object, the same bytes for the same diagnostics::

        {"format": 1, "errors": 1, "warnings": 0, "files": 1, "diagnostics": [
          {"code": "REC011", "severity": "error", "file": "registry/…", "line": 12, "column": 3,
           "end_column": 13, "field": "act.happened_on", "shown": true, "source_line": "…",
           "title": "…", "message": "…", "expected": "…", "why": "…", "mend": "…",
           "facts": {…}, "terms": {…},
           "related": [{"file": …, "line": …, "column": …, "end_column": …, "field": …, "shown": …,
                        "source_line": …}]}]}

    ``line`` and ``column`` count from 1 in characters, ``end_column`` is exclusive; what is not
    known or may not be shown is ``null``. ``format`` rises when a name changes its meaning.
    """
    found = sorted(diagnostics, key=sort_key)
    document = {
        "format": 1,
        "errors": _count(found, Severity.ERROR),
        "warnings": _count(found, Severity.WARNING),
        "files": len({item.place.real_path for item in found}),
        "diagnostics": [_as_object(item, lang) for item in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _block(diagnostic: Diagnostic, lang: Lang, width: int, reveal: bool) -> str:
    say, words = phrases(lang), words_of(diagnostic, lang, reveal=reveal)
    place = _revealed(diagnostic.place) if reveal else diagnostic.place
    lines = [
        f"{_where(place)}: {say[diagnostic.severity.value]} {diagnostic.code} {words.title}",
        f"  {visible(words.message)}",
        *snippet(place, width=width),
    ]
    if place.source_line is None and place.field:
        lines.append(f"  {say['field']}{visible(place.field)}")
    if not place.shown:
        lines.append(f"  {say['no_line']}")
    if HIDDEN in place.path:
        lines.append(f"  {say['no_name']}")
    for other in map(_revealed, diagnostic.related) if reveal else diagnostic.related:
        lines += [f"  {say['related']}{_where(other)}", *snippet(other, width=width)]
    parts = {"expected": words.expected, "why": words.why, "mend": words.mend}
    lines += [f"  {say[name]}{visible(text)}" for name, text in parts.items() if text]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A place as it is printed."""

    path: str
    line: int | None
    column: int | None
    end_column: int | None
    source_line: str | None
    field: str | None
    cell: str | None
    shown: bool = True


def _revealed(place: Place) -> Place | _Seen:
    """The place with what is kept of it."""
    kept = place.kept
    if kept is None:
        return place
    return _Seen(
        path=kept.path,
        line=place.line,
        column=place.column,
        end_column=kept.end_column or place.end_column,
        source_line=kept.source_line or place.source_line,
        field=kept.field or place.field,
        cell=place.cell,
    )


def _where(place: Place | _Seen) -> str:
    if place.cell is not None:
        return f"{visible(place.path)} {visible(place.cell)}"
    steps = [visible(place.path), *(str(n) for n in (place.line, place.column) if n is not None)]
    return ":".join(steps)


def _counts(found: list[Diagnostic], lang: Lang) -> str:
    say = phrases(lang)
    if not found:
        return say["none"]
    files = len({item.place.real_path for item in found})
    return say["counts_one" if files == 1 else "counts"].format(
        errors=_count(found, Severity.ERROR), warnings=_count(found, Severity.WARNING), files=files
    )


def _count(found: list[Diagnostic], severity: Severity) -> int:
    return sum(item.severity is severity for item in found)


def _command(diagnostic: Diagnostic, lang: Lang) -> str:
    words, place = words_of(diagnostic, lang), diagnostic.place
    properties = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": f"{diagnostic.code} {words.title}",
    }
    named = ",".join(
        f"{name}={_property(visible(str(value)))}" for name, value in properties.items() if value is not None
    )
    body = "\n".join(visible(text) for text in (words.message, words.expected, words.mend) if text)
    return f"::{diagnostic.severity.value} {named}::{_data(body)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _as_object(diagnostic: Diagnostic, lang: Lang) -> dict[str, object]:
    words = words_of(diagnostic, lang)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        **_place_object(diagnostic.place),
        "title": words.title,
        "message": words.message,
        "expected": words.expected,
        "why": words.why,
        "mend": words.mend,
        "facts": dict(diagnostic.facts),
        "terms": dict(diagnostic.terms),
        "related": [_place_object(other) for other in diagnostic.related],
    }


def _place_object(place: Place) -> dict[str, object]:
    return {
        "file": place.path,
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
        "field": place.field,
        "shown": place.shown,
        "source_line": place.source_line,
        **({} if place.cell is None else {"cell": place.cell}),
    }
