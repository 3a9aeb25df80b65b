"""YAML 语法错误 (syntax): from the parser's complaint to what the writer did.

The parser says what it expected; an editor of records needs to know what to change. The causes met
in practice (a Chinese colon, a missing space, a tab, an unclosed quote …) have a code each; the
rest falls to SRC022 with the parser's own words.
"""

from __future__ import annotations

import re

import yaml

from generator.source.finding import Finding, Span, clip

# libyaml gives up on keys longer than this (YAML 1.1, 7.4: simple keys).
_LONGEST_KEY = 1024


def explain_syntax(error: yaml.YAMLError, lines: list[str], known_keys: frozenset[str]) -> list[Finding]:
    """语法错误 as findings, at least one. ``lines`` are the file's, split as libyaml splits them."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return [Finding(code="SRC022", terms={"problem": clip(str(error), 200)})]
    at = _position(error.problem_mark, lines)
    since = _position(error.context_mark, lines) if error.context_mark else at
    problem, context = error.problem or "", error.context or ""
    if tabs := _tabs(problem, at, since, lines):
        return tabs
    suspects = {at[0], since[0], _line_before(at[0], lines)}
    if any(_key_line(lines[number], known_keys) for number in suspects):
        return key_line_findings(lines, known_keys)
    return [_one_finding(problem, context, at, since, lines)]


def key_line_findings(lines: list[str], known_keys: frozenset[str]) -> list[Finding]:
    """Every line that writes a key of the schema with a Chinese colon, or without the space after it."""
    found = []
    for number, line in enumerate(lines):
        if match := _key_line(line, known_keys):
            code = "SRC012" if match["colon"] == ":" else "SRC011"
            span = _span((number, match.start("colon")))
            found.append(Finding(code=code, span=span, terms={"key": match["key"]}))
    return found


def _key_line(line: str, known_keys: frozenset[str]) -> re.Match[str] | None:
    match = re.match(r"\s*(?:- +)*(?P<key>[A-Za-z_][A-Za-z0-9_-]*)\s?(?P<colon>\uff1a|:(?=[^\s/]))", line)
    return match if match and match["key"] in known_keys else None


def _one_finding(
    problem: str, context: str, at: tuple[int, int], since: tuple[int, int], lines: list[str]
) -> Finding:
    line, column = at
    before, here = lines[line][:column], lines[line][column : column + 1]
    if problem.startswith("mapping values are not allowed"):
        if column > _LONGEST_KEY:
            return _other(problem, (line, 0))
        # "title: 公示: 某人" has a key before the second colon; a line pushed in too far has not.
        return (
            Finding(code="SRC015", span=_span(at)) if re.search(r":\s", before) else _not_aligned(line, lines)
        )
    if problem.startswith("could not find expected ':'"):
        number, start = since
        end = len(lines[number].rstrip())
        return Finding(code="SRC013", span=_span(since, max(end - start, 1)))
    if problem.startswith("did not find expected key"):
        if before.rstrip()[-1:] in ('"', "'"):
            if (opened := _left_open(before.rstrip()[-1], line, lines)) is not None:
                return Finding(code="SRC017", span=_span(opened))
            return Finding(code="SRC018", span=_span(at, max(len(lines[line].rstrip()) - column, 1)))
        if before.rstrip()[-1:] in ("]", "}"):
            return _special(before, line)
        if here == ":" and not before.strip("- "):
            return Finding(code="SRC026", span=_span(at))
        return _not_aligned(line, lines)
    if problem.startswith("did not find expected '-'"):
        return _not_aligned(line, lines)
    if problem.startswith("did not find expected ','"):
        return Finding(
            code="SRC020",
            span=_span(since),
            terms={"bracket": _character(since, lines)},
            related=(_span(at),),
        )
    if "quoted scalar" in context:
        if problem.startswith("found unexpected"):
            return Finding(code="SRC017", span=_span(since))
        return Finding(code="SRC019", span=_span(at, 2), facts={"escape": lines[line][column : column + 2]})
    if problem.startswith("block sequence entries are not allowed"):
        return Finding(code="SRC021", span=_span(at))
    if context.endswith(("an anchor", "an alias", "a tag", "a block scalar")) or "tag handle" in problem:
        return Finding(code="SRC016", span=_span(since), facts={"character": _character(since, lines)})
    if here and problem.startswith(
        (
            "found character that cannot start any token",
            "mapping keys are not allowed",
            "did not find expected node content",
        )
    ):
        return Finding(code="SRC016", span=_span(at), facts={"character": here})
    return _other(problem, at)


def _left_open(quote: str, line: int, lines: list[str]) -> tuple[int, int] | None:
    """Where a value above ``line`` begins with a quote that nobody closed, so that the next one ends it."""
    for number in range(line - 1, -1, -1):
        opening = re.match(rf"\s*(?:- +)*[A-Za-z_][A-Za-z0-9_-]*: +(?={quote})", lines[number])
        if opening is not None and lines[number].count(quote) % 2:
            return number, opening.end()
    return None


def _not_aligned(line: int, lines: list[str]) -> Finding:
    text = lines[line]
    return Finding(code="SRC014", span=_span((line, len(text) - len(text.lstrip()))))


def _special(before: str, line: int) -> Finding:
    """A value that begins with a bracket and goes on after it: "title: [公示] 某人"."""
    closing = before.rstrip()[-1]
    start = before.find({"]": "[", "}": "{"}[closing])
    index = start if start >= 0 else len(before.rstrip()) - 1
    return Finding(code="SRC016", span=_span((line, index)), facts={"character": before[index]})


def _other(problem: str, at: tuple[int, int]) -> Finding:
    return Finding(code="SRC022", span=_span(at), terms={"problem": problem})


def _tabs(problem: str, at: tuple[int, int], since: tuple[int, int], lines: list[str]) -> list[Finding]:
    """Every indentation with a tab, when a tab is what the parser stumbled over."""
    indents = {number: re.match(r"[ \t]*", text) for number, text in enumerate(lines)}
    tabbed = {number: m.group().index("\t") for number, m in indents.items() if m and "\t" in m.group()}
    stumbled = at[0] in tabbed or since[0] in tabbed or "tab character" in problem
    if not stumbled:
        return []
    return [Finding(code="SRC010", span=_span((number, index))) for number, index in tabbed.items()]


def _position(mark: yaml.Mark, lines: list[str]) -> tuple[int, int]:
    """Zero-based line and column, moved back onto the last written line when at the end of the file."""
    line, column = mark.line, mark.column
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line].strip()):
        line = max((n for n, text in enumerate(lines) if text.strip()), default=0)
        column = len(lines[line].rstrip())
    return line, min(column, len(lines[line]))


def _character(at: tuple[int, int], lines: list[str]) -> str:
    line, column = at
    return lines[line][column : column + 1]


def _line_before(number: int, lines: list[str]) -> int:
    return max((n for n in range(number) if lines[n].strip()), default=number)


def _span(at: tuple[int, int], length: int = 1) -> Span:
    line, index = at
    return Span(line=line + 1, column=index + 1, end_column=index + 1 + length)
