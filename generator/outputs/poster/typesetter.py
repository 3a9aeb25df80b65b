"""排字 (typesetter): the process that runs Typst; ``python -m generator.outputs.poster.typesetter``.

A process of its own, because Typst keeps threads, and a process with threads cannot be forked into
the workers that stamp pages. Reads one JSON object from standard input::

    {"template": path, "system": bool, "folders": [path], "fonts": {stack: [family]}, "missing_glyph": "〓",
     "jobs": [{"sheet": {…}, "timestamp": seconds, "out": path}]}

writes each PDF to its ``out`` and one JSON object to standard output: for each job the characters
that no font has (``{"missing": "…"}``), printed as the missing glyph, or what went wrong (``{"error": "…"}``).
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

_STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, titled, with its language, alternative texts and no missing glyph."""
_DENSITIES = (1.0, 0.95, 0.9, 0.86, 0.82)
"""Factors of the line spacing, widest first."""
_BEHIND_THE_CODE = ("web_form", "fax")
"""Channels that are left out first: whoever has them has the code, or can ask by telephone."""
_ROOMY = _DENSITIES[:3]
"""Of them, what the narrative is worth."""


def main() -> None:
    """Read the jobs, print them, report."""
    order = json.load(sys.stdin)
    book = typst.Fonts(
        include_system_fonts=order["system"], include_embedded_fonts=False, font_paths=order["folders"]
    )
    template = Path(order["template"])
    compiler = typst.Compiler(template, root=template.parent, font_paths=book, ignore_system_fonts=True)
    reports = [_print(job, order, compiler, book) for job in order["jobs"]]
    json.dump(reports, sys.stdout)


def _print(
    job: dict[str, Any], order: dict[str, Any], compiler: typst.Compiler, book: typst.Fonts
) -> dict[str, str]:
    sheet: dict[str, Any] = job["sheet"]
    missing = ""
    try:
        try:
            pdf = _compile(compiler, sheet, order["fonts"], job["timestamp"])
        except typst.TypstError:
            # The only thing that a sheet can hold and Typst cannot print is a character without a glyph.
            missing = _uncovered(json.dumps(sheet, ensure_ascii=False), book, tuple(order["fonts"]["body"]))
            if not missing:
                raise
            substitutes = dict.fromkeys(map(ord, missing), order["missing_glyph"])
            pdf = _compile(compiler, _replaced(sheet, substitutes), order["fonts"], job["timestamp"])
    except typst.TypstError as error:
        return {"error": " ".join([error.message, *error.hints])}
    Path(job["out"]).write_bytes(pdf)
    return {"missing": missing}


def _compile(compiler: typst.Compiler, sheet: dict[str, Any], fonts: dict[str, Any], timestamp: int) -> bytes:
    """A sheet that has a narrative with as much of it as one page holds, in larger lines; else, and any other, at
    full line spacing, or at the widest spacing that saves a page."""
    inputs = {"sheet": json.dumps(sheet, ensure_ascii=False), "fonts": json.dumps(fonts)}

    def at(density: float, paragraphs: int | None = None, *, channels: str = "") -> tuple[bytes, int]:
        pdf, _ = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs={
                **inputs,
                "density": str(density),
                **({} if paragraphs is None else {"paragraphs": str(paragraphs), "channels": channels}),
            },
            pdf_standards=[_STANDARD],
            timestamp=timestamp,
        )
        if not isinstance(pdf, bytes):
            raise TypeError("one document was asked for")
        return pdf, int(compiler.query("<last-page>", field="value", one=True))

    def every_channel(paragraphs: int, density: float) -> Iterator[bytes]:
        """The sheet with what the code leads to as well, where one page holds it no tighter than the narrative may."""
        if any(fact["kind"] in _BEHIND_THE_CODE for fact in sheet["channels"]):
            for tighter in _ROOMY[_ROOMY.index(density) :]:
                pdf, pages = at(tighter, paragraphs, channels="all")
                if pages == 1:
                    yield pdf

    if "narrative" in sheet:
        told = len(sheet["narrative"])
        for paragraphs in sorted({told, min(1, told), 0}, reverse=True):
            for density in _ROOMY:
                roomy, count = at(density, paragraphs)
                if count == 1:
                    return next(every_channel(paragraphs, density), roomy)
    full, most = at(_DENSITIES[0])
    if most == 1:
        return full
    tightest, pages = at(_DENSITIES[-1])
    if pages == most:
        return full
    between = (at(density) for density in _DENSITIES[1:-1])
    return next((pdf for pdf, count in between if count == pages), tightest)


def _uncovered(text: str, book: typst.Fonts, families: tuple[str, ...]) -> str:
    """Characters of ``text`` that no font of the stack has, in order, each once."""
    left = dict.fromkeys(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Mn"))
    for family in families:
        for font in book.fonts():
            if font.family == family and font.path is not None and left:
                covered = _characters(font.path, font.index)
                left = {char: None for char in left if ord(char) not in covered}
    return "".join(left)


@cache
def _characters(path: str, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _replaced(value: Any, substitutes: dict[int, str]) -> Any:
    match value:
        case str():
            return value.translate(substitutes)
        case list():
            return [_replaced(item, substitutes) for item in value]
        case dict():
            return {key: _replaced(item, substitutes) for key, item in value.items()}
        case _:
            return value


if __name__ == "__main__":
    main()
