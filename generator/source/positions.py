"""行列位置 (positions): read a bad file again, slowly, for every problem and the place of every key.

Only files that :mod:`generator.source.yaml_reader` or the schema refused come here. The tree read
here is lenient: where a key is entered twice, ``tree`` keeps the first value and ``last_tree`` the
last, so that publicity can be judged on both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.source.finding import FieldPath, Finding, Span, clip
from generator.source.syntax import explain_syntax, key_line_findings
from generator.source.yaml_reader import BYTE_ORDER_MARK, MAX_DEPTH, NULL_WORDS, Tree

# What libyaml refuses; everything else in Unicode passes.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# libyaml ends a line at each of these, so its line numbers hold only when the text is split alike.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

UNTYPED = "?"


class _TooDeepError(Exception):
    """Raised to stop reading at ``MAX_DEPTH``."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """细读结果 of one file.

    ``tree`` is ``None`` if the file could not be read to its end. ``doubtful`` is true if part of the file was
    not understood. Nothing may be concluded from the rest then, and the file does not count as public.
    """

    lines: list[str]
    findings: list[Finding] = field(default_factory=list)
    tree: Tree | None = None
    last_tree: Tree | None = None
    doubtful: bool = False
    keys: dict[FieldPath, Span] = field(default_factory=dict)
    values: dict[FieldPath, Span] = field(default_factory=dict)
    scalars: list[tuple[FieldPath, Span]] = field(default_factory=list)
    """Every piece of text in the file; the path of one that no schema will judge (a second value of
    a key entered twice) ends with ``UNTYPED``."""

    def span_of(self, path: FieldPath, *, at_key: bool = False) -> Span | None:
        """Where ``path`` stands, or its nearest ancestor that stands in the file."""
        if at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path)


def read_with_positions(data: bytes, known_keys: frozenset[str]) -> Reading:
    """细读. ``known_keys`` are the keys of the schema, by which a misplaced colon is recognised.

    Never raises, whatever the bytes.
    """
    data = data.removeprefix(BYTE_ORDER_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    reading = Reading(lines=_BREAK.split(text))
    if not text.strip():
        reading.findings.append(Finding(code="SRC006"))
        return reading
    _find_forbidden_characters(reading)
    if reading.findings:
        return reading
    loader = yaml.CBaseLoader(data)
    try:
        _Walk(loader, reading, known_keys).read_file()
    except _TooDeepError:
        pass
    except yaml.YAMLError as error:
        reading.findings.extend(explain_syntax(error, reading.lines, known_keys))
    finally:
        loader.dispose()
    if may_be_cut(data):
        reading.findings.extend(_cut_values(reading))
    if isinstance(reading.tree, str) and (colons := key_line_findings(reading.lines, known_keys)):
        reading.findings.extend(colons)
        reading.tree = reading.last_tree = None
    return reading


_CUT = re.compile(rb"[^\s#][^\r\n]*[ \t]#[0-9A-Za-z\x80-\xff]")


def may_be_cut(data: bytes) -> bool:
    """Whether some value of the file may have been cut: YAML takes “ #3 湖” for a remark and drops it."""
    return b" #" in data and _CUT.search(data) is not None


def _cut_values(reading: Reading) -> Iterator[Finding]:
    """Every remark behind a value that has no blank after its ``#``: as likely a number or a tag of the text."""
    for path, span in reading.scalars:
        line = reading.lines[(span.last_line or span.line) - 1]
        if span.last_line in (None, span.line) and (
            cut := re.match(r"[ \t]+#\w", line[span.end_column - 1 :])
        ):
            column = span.end_column - 1 + len(cut[0]) - 1
            yield Finding(
                code="SRC031",
                path=path[:-1] if UNTYPED in path else path,
                span=Span(line=span.line, column=column, end_column=len(line.rstrip()) + 1),
            )


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Reading:
    lines = _BREAK.split(data.decode("utf-8", "replace"))
    before = _BREAK.split(data[: error.start].decode("utf-8"))
    column = len(before[-1]) + 1
    terms: dict[str, object] = {"offset": error.start, "byte": f"0x{data[error.start]:02X}"}
    if guess := _guess_encoding(data):
        terms["guess"] = guess
    span = Span(line=len(before), column=column, end_column=column + 1)
    return Reading(lines=lines, findings=[Finding(code="SRC007", span=span, terms=terms)])


def _guess_encoding(data: bytes) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK" if re.search("[\u4e00-\u9fff]", text) else None


def _find_forbidden_characters(reading: Reading) -> None:
    for number, line in enumerate(reading.lines, start=1):
        for mark in re.finditer("\ufeff", line):
            reading.findings.append(Finding(code="SRC008", span=_one(number, mark.start())))
        control = _CONTROL.search(line.replace("\ufeff", " "))
        if control:
            terms = {"character": f"U+{ord(control.group()):04X}"}
            reading.findings.append(Finding(code="SRC009", span=_one(number, control.start()), terms=terms))


def _one(line: int, index: int) -> Span:
    return Span(line=line, column=index + 1, end_column=index + 2)


class _Walk:
    """One pass over the events of a file, noting places and problems in ``reading``."""

    def __init__(self, loader: Any, reading: Reading, known_keys: frozenset[str]) -> None:
        self._next = loader.get_event
        self._reading = reading
        self._known_keys = known_keys

    def read_file(self) -> None:
        reading = self._reading
        self._next()  # stream start
        event = self._next()
        if type(event) is not yaml.DocumentStartEvent:
            reading.findings.append(Finding(code="SRC006"))
            return
        event = self._next()
        if self._is_null(event):
            # Only comments, "---" or a lone null: nothing was written.
            reading.findings.append(Finding(code="SRC006"))
            empty = True
        else:
            empty = False
        trees = self._value(event, (), True, MAX_DEPTH)
        self._next()  # document end
        event = self._next()
        if type(event) is not yaml.StreamEndEvent:
            reading.findings.append(Finding(code="SRC028", span=self._span(event)))
            reading.doubtful = True
        if not empty:
            reading.tree, reading.last_tree = trees

    def _value(
        self, event: Any, path: FieldPath, record: bool, depth: int, key: Span | None = None
    ) -> tuple[Tree, Tree]:
        """Read one value; the pair is (first occurrences, last occurrences) of keys entered twice."""
        reading = self._reading
        kind = type(event)
        span = self._span(event)
        if kind is yaml.AliasEvent:
            self._found("SRC025", path, span, {"anchor": f"*{event.anchor}"})
            reading.doubtful = True
            if record:
                reading.values[path] = span
            return "", ""
        self._check_properties(event, path, span)
        if kind is yaml.ScalarEvent:
            reading.scalars.append((path if record else (*path, UNTYPED), span))
            if record:
                reading.values[path] = span
            if path and self._is_null(event):
                self._found("SRC027", path, span if event.value else key or span, {})
            return event.value, event.value
        if not depth:
            self._found("SRC029", path, span, {}, {"limit": MAX_DEPTH})
            raise _TooDeepError
        if record:
            reading.values[path] = key or span
        if kind is yaml.MappingStartEvent:
            return self._mapping(path, record, depth, key)
        firsts: list[Tree] = []
        lasts: list[Tree] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            first, last = self._value(event, (*path, len(firsts)), record, depth - 1)
            firsts.append(first)
            lasts.append(last)
        return firsts, lasts

    def _mapping(self, path: FieldPath, record: bool, depth: int, own_key: Span | None) -> tuple[Tree, Tree]:
        reading = self._reading
        firsts: dict[str, Tree] = {}
        lasts: dict[str, Tree] = {}
        places: dict[str, Span] = {}
        repeated: set[str] = set()
        while type(event := self._next()) is not yaml.MappingEndEvent:
            span = self._span(event)
            if type(event) is not yaml.ScalarEvent or not event.value:
                self._found("SRC026", path, span, {})
                reading.doubtful = True
                self._value(event, (*path, UNTYPED), False, depth - 1)
                self._value(self._next(), (*path, UNTYPED), False, depth - 1)
                continue
            name = event.value
            here = (*path, name)
            self._check_properties(event, here, span)
            new = name not in firsts
            if not new:
                self._found("SRC023", here, span, {"key": clip(name)}, related=(places[name],))
                # A third value would be in neither tree.
                reading.doubtful = reading.doubtful or name in repeated
                repeated.add(name)
            elif record:
                reading.keys[here] = span
                if own_key is None and not places:
                    # A list item or the whole file is pointed to by its first key.
                    reading.values[path] = span
            places.setdefault(name, span)
            event = self._next()
            if self._is_null(event) and not event.value and (colon := self._joined_key(name)):
                # "{opens_on：2026-11-18}": to YAML a long key without a value.
                key, mark = colon
                at = _one(span.line, span.column - 1 + len(key))
                self._found("SRC012" if mark == ":" else "SRC011", here, at, {}, {"key": key})
                event.value = UNTYPED
            first, last = self._value(event, here, record and new, depth - 1, span)
            firsts.setdefault(name, first)
            lasts[name] = last
        return firsts, lasts

    def _joined_key(self, name: str) -> tuple[str, str] | None:
        """A key of the schema and the colon after it, where both and more stand in what YAML took for a key."""
        match = re.match("([A-Za-z_][A-Za-z0-9_-]*)(\uff1a|:)", name)
        return (match[1], match[2]) if match and match[1] in self._known_keys else None

    def _check_properties(self, event: Any, path: FieldPath, span: Span) -> None:
        if event.anchor is not None:
            self._found("SRC025", path, self._start(event), {"anchor": f"&{event.anchor}"})
        if event.tag is not None:
            self._found(
                "SRC024",
                path,
                self._start(event),
                {"tag": clip(event.tag.replace("tag:yaml.org,2002:", "!!"))},
            )

    def _found(
        self,
        code: str,
        path: FieldPath,
        span: Span,
        facts: dict[str, object],
        terms: dict[str, object] | None = None,
        related: tuple[Span, ...] = (),
    ) -> None:
        self._reading.findings.append(
            Finding(code=code, path=path, span=span, facts=facts, terms=terms or {}, related=related)
        )

    def _is_null(self, event: Any) -> bool:
        return (
            type(event) is yaml.ScalarEvent
            and event.implicit[0]
            and event.tag is None
            and event.anchor is None
            and event.value in NULL_WORDS
        )

    def _start(self, event: Any) -> Span:
        line, index = self._at(event.start_mark)
        return _one(line + 1, index)

    def _span(self, event: Any) -> Span:
        """The event's first line: text to its end, a collection its first character."""
        if type(event) not in (yaml.ScalarEvent, yaml.AliasEvent):
            return self._start(event)
        line, start = self._at(event.start_mark)
        last, stop = self._at(event.end_mark)
        if last != line:
            stop = len(self._reading.lines[line].rstrip())
        end = max(stop, start + 1) + 1
        return Span(line=line + 1, column=start + 1, end_column=end, last_line=max(last, line) + 1)

    def _at(self, mark: Any) -> tuple[int, int]:
        """Zero-based line and column; at the end of a file without a last line break libyaml counts one more."""
        lines = self._reading.lines
        if mark.line < len(lines):
            return mark.line, mark.column
        return len(lines) - 1, len(lines[-1])
