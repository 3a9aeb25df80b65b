"""合为一个的脚本 (joined scripts): a script that is written in parts, and loaded as one file.

Each part is a module that imports what it needs by name, so it can be read alone; a browser that had to ask for each of
them would wait once more. The parts are laid in before what imports them, in one scope: no name stands at the top of two.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\./[^"]+)";\n', re.MULTILINE)
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


def _lay_in(script: Path, laid_in: dict[Path, str]) -> None:
    """``script`` behind all that it imports, each once."""
    text = script.read_text(encoding="utf-8")
    for path in _IMPORT.findall(text):
        part = (script.parent / path).resolve()
        if part not in laid_in:
            _lay_in(part, laid_in)
    laid_in[script.resolve()] = _EXPORT.sub("", _IMPORT.sub("", text))
