"""定位 (locate): from a field to its place in a file, showing no more of the line than may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from generator.diagnostics.diagnostic import Kept, Place
from generator.diagnostics.record_path import display_path
from generator.source.file_bytes import FileProblemError, read_bytes
from generator.source.finding import FieldPath, Finding, Span, format_path, parse_path
from generator.source.positions import Reading, read_with_positions
from generator.source.shape import known_keys


@dataclass(frozen=True, kw_only=True)
class Locator:
    """定位器 of one file.

    ``shown`` only when the record is positively public, or the file is one of settings. Where a
    public record has ``private_keys``, what stands under them is not shown either, and neither is
    what stands under a key that the schema does not know (there: ``unknown``): it may be a private
    one, misspelt or out of place.
    """

    reading: Reading
    path: str
    shown: bool
    schema_words: frozenset[str]
    private_keys: frozenset[str] = frozenset()
    unknown: frozenset[FieldPath] = frozenset()

    def place(self, field: str | FieldPath, *, at_key: bool = False) -> Place:
        """The place of ``field`` (``notice.period.closes_on``), or of its nearest ancestor in the file."""
        wanted = parse_path(field) if isinstance(field, str) else field
        return self._place(self.reading.span_of(wanted, at_key=at_key), wanted, at_key)

    def place_at(self, span: Span | FieldPath | None, field: FieldPath, *, at_key: bool = False) -> Place:
        """The place of ``span``, which is part of ``field``; of ``field`` itself where there is no span."""
        if isinstance(span, tuple):
            return self.place(span)
        return self._place(span, field, at_key) if span else self.place(field, at_key=at_key)

    def order_of(self, finding: Finding) -> tuple[int, int]:
        """Line and column of a finding, by which a report is ordered."""
        span = finding.span or self.reading.span_of(finding.path, at_key=finding.at_key)
        return (span.line, span.column) if span else (0, 0)

    def _place(self, span: Span | None, field: FieldPath, at_key: bool) -> Place:
        # A key that does not belong there may be told, so that it can be mended; its content may not.
        misplaced_key = at_key and field in self.unknown
        shown = self.shown and not self._is_private(field[:-1] if misplaced_key else field)
        named = format_path(field if shown else self._schema_words_only(field)) or None
        if span is None:
            return Place(path=self.path, field=named, shown=shown)
        kept = Kept(
            path=self.path,
            source_line=self.reading.lines[span.line - 1],
            end_column=span.end_column,
            field=format_path(field) or None,
        )
        return Place(
            path=self.path,
            line=span.line,
            column=span.column,
            # How long a value is belongs to the value.
            end_column=span.end_column if shown else None,
            source_line=self._line_of(span) if shown else None,
            field=named,
            shown=shown,
            kept=None if shown else kept,
        )

    def _line_of(self, span: Span) -> str | None:
        line = self.reading.lines[span.line - 1]
        if remark := self._remarks.get(span.line):
            # What staff note beside a value is no part of the record, and nobody has judged it.
            line = line[: remark - 1] + "#…"
        private_from = self._private_from.get(span.line)
        if private_from is None:
            return line
        if private_from < span.end_column:
            return None
        return line[: private_from - 1] + "…"

    @cached_property
    def _private_from(self) -> dict[int, int]:
        """For each line with a private value on it, the column from which it is not shown."""
        found: dict[int, int] = {}
        for path, span in self.reading.scalars:
            if self._is_private(path):
                for line in span.lines():
                    column = span.column if line == span.line else 1
                    found[line] = min(column, found.get(line, column))
        return found

    @cached_property
    def _remarks(self) -> dict[int, int]:
        """For each line with a remark behind its last value, the column of its ``#``."""
        ends: dict[int, int] = {}
        for _, span in self.reading.scalars:
            if span.last_line in (None, span.line):
                ends[span.line] = max(span.end_column, ends.get(span.line, 0))
        found = {}
        for number, end in ends.items():
            remark = self.reading.lines[number - 1].find(" #", end - 1)
            if remark >= 0:
                found[number] = remark + 2
        return found

    def _is_private(self, field: FieldPath) -> bool:
        if not self.private_keys:
            return False
        words = {step for step in field if isinstance(step, str)}
        return (
            not words.isdisjoint(self.private_keys)
            or not words <= self.schema_words
            or any(field[:length] in self.unknown for length in range(1, len(field) + 1))
        )

    def _schema_words_only(self, field: FieldPath) -> FieldPath:
        return tuple(step if isinstance(step, int) or step in self.schema_words else "*" for step in field)


def locator(
    path: Path,
    root: Path,
    model: type[BaseModel],
    *,
    shown: bool,
    private_keys: frozenset[str] = frozenset(),
) -> Locator:
    """定位器 for a file that was loaded well, for checks that come later.

    A file that is gone or has changed meanwhile gives places without a line.
    """
    words = known_keys(model)
    try:
        reading = read_with_positions(read_bytes(path, root), words)
    except FileProblemError:
        reading = Reading(lines=[])
    return Locator(
        reading=reading,
        path=display_path(path, root),
        shown=shown,
        schema_words=words,
        private_keys=private_keys,
    )
