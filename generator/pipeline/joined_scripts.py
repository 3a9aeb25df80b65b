"""合为一个的脚本 (joined scripts): a script that is written in parts, and loaded as one file.

Each part is a module that imports what it needs by name, so it can be read alone; a browser that had to ask for each of
them would wait once more. The parts are laid in before what imports them, in one scope: no name stands at the top of two.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\./[^"]+)";\n', re.MULTILINE)
_COMMENT_LINE = re.compile(r"^[ \t]*(?://.*\n)?", re.MULTILINE)
_SPACED = re.compile(
    r" ?(=>|===|!==|&&|\|\||\?\?|[=,;{}?:<>]) ?| ([+*%]) (?![+])|\b(if|for|while|async) (?=\()|(?<=\)) (?=return|await)"
)
_AFTER = "[(,=:!&|?{;>[]"
_QUOTED = re.compile(
    r"""("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`"""
    rf"""|(?:(?<={_AFTER})|(?<={_AFTER} ))/(?![/*])(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/)"""
)
"""A text or a pattern; what stands before a pattern is none of the words behind which a line divides."""
_GOES_ON = (";\n", "{\n", ",\n")
_SAYS = re.compile(r"['/]")
_WITHIN_A_GAP = re.compile(r"`[^`]*\$\{[^}`]*`")
_EXPORT = re.compile(r"^export (?=async |function |const )", re.MULTILINE)


def join_scripts(assets: Path) -> None:
    """Every script of ``assets`` that imports others from a folder of its own name, which is then gone."""
    for script in sorted(assets.glob("*.js")):
        parts = script.with_suffix("")
        if parts.is_dir():
            laid_in: dict[Path, str] = {}
            _lay_in(script, laid_in)
            script.write_text("".join(laid_in.values()), encoding="utf-8")
            shutil.rmtree(parts)


def lightened(text: str) -> str:
    """A script without the lines that are comments alone, without indentation, without spaces outside texts and patterns,
    but in lines that divide, have a remark or a text within a gap of another, and without breaks behind what ends no
    statement by itself. One with a text over several lines stays as it is."""
    if any(line.count("`") % 2 for line in text.splitlines()):
        return text
    lines = _COMMENT_LINE.sub("", text).splitlines(keepends=True)
    return "".join(_joined(line if _stays(line) else _unspaced(line)) for line in lines)


def _stays(line: str) -> bool:
    return bool(_WITHIN_A_GAP.search(line) or _SAYS.search(_QUOTED.sub("", line)))


def _joined(line: str) -> str:
    """Without its break, unless a comment may end there."""
    return line if "//" in line or not line.endswith(_GOES_ON) else line[:-1]


def _unspaced(line: str) -> str:
    return "".join(
        part if part.startswith(('"', "`", "/")) else _SPACED.sub(r"\1\2\3", part)
        for part in _QUOTED.split(line)
    )


def _lay_in(script: Path, laid_in: dict[Path, str]) -> None:
    """``script`` behind all that it imports, each once."""
    text = script.read_text(encoding="utf-8")
    for path in _IMPORT.findall(text):
        part = (script.parent / path).resolve()
        if part not in laid_in:
            _lay_in(part, laid_in)
    laid_in[script.resolve()] = _EXPORT.sub("", _IMPORT.sub("", text))
