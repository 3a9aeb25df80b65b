"""印制 (press): PDF files of sheets, typeset in processes of their own.

A4, PDF/UA-1, fonts embedded as subsets. The same sheet, fonts and Typst give the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import generator
from generator.catalogue import wording
from generator.outputs.poster.poster_fonts import FontStacks
from generator.outputs.poster.poster_sheet import PosterSheet
from generator.public.plain_text import storable
from generator.source.model.instant import midnight

TEMPLATE = Path(__file__).parent / "poster.typ"
_EACH = 12
"""Sheets worth another process: starting one takes as long as typesetting about so many."""
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


class PosterError(Exception):
    """公示单印制失败: what the typesetter said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """印成的一份. ``missing`` are characters that no font has, printed as 〓."""

    id: str
    missing: str


def print_sheets(
    sheets: Sequence[tuple[PosterSheet, Path]], fonts: FontStacks, jobs: int = 1
) -> tuple[Printed, ...]:
    """印制 each sheet into its file, whose folder must exist, over at most ``jobs`` processes.

    Raises :class:`PosterError` when one cannot be printed.
    """
    if not sheets:
        return ()
    share = max(_EACH, -(-len(sheets) // jobs))
    batches = [sheets[start : start + share] for start in range(0, len(sheets), share)]
    with ThreadPoolExecutor(len(batches)) as pool:
        printed = pool.map(lambda batch: _print_batch(batch, fonts), batches)
        return tuple(item for batch in printed for item in batch)


def _print_batch(sheets: Sequence[tuple[PosterSheet, Path]], fonts: FontStacks) -> list[Printed]:
    missing = typeset(TEMPLATE, [(sheet_json(sheet), _moment(sheet), out) for sheet, out in sheets], fonts)
    return [
        Printed(id=sheet.id, missing=characters)
        for (sheet, _), characters in zip(sheets, missing, strict=True)
    ]


def typeset(template: Path, jobs: Sequence[tuple[dict[str, Any], int, Path]], fonts: FontStacks) -> list[str]:
    """排印 each job, (what the template reads, with its ``id``; seconds after 1970; file), by a Typst template; for each
    the characters that no font has. Raises :class:`PosterError`."""
    order = {
        "template": str(template),
        "system": fonts.places.system,
        "folders": [str(folder) for folder in fonts.places.folders],
        "fonts": {"body": fonts.body, "heading": fonts.heading, "title": fonts.title},
        "missing_glyph": wording("poster")["missing_glyph"],
        "jobs": [{"sheet": sheet, "timestamp": moment, "out": str(out)} for sheet, moment, out in jobs],
    }
    package = str(Path(generator.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-m", "generator.outputs.poster.typesetter"],
        input=json.dumps(order),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH")))),
        },
    )
    if done.returncode != 0:
        raise PosterError(done.stderr.strip().rpartition("\n")[2])
    missing: list[str] = []
    for (sheet, _, _), report in zip(jobs, json.loads(done.stdout), strict=True):
        if "error" in report:
            raise PosterError(f"{sheet['id']}: {report['error']}")
        missing.append(report["missing"])
    return missing


def sheet_json(sheet: PosterSheet) -> dict[str, Any]:
    """The sheet as the template reads it: every text one that can be printed."""
    values = asdict(sheet)
    del values["issued_on"]
    drawing = values.pop("qr")
    shown: dict[str, Any] = printable(values)
    return {**shown, "qr": drawing}


def printable(value: Any) -> Any:
    """The same with every text one that can be printed."""
    match value:
        case str():
            # Nothing may turn the direction of what follows it.
            return _DIRECTION.sub("", storable(value).replace("\t", " "))
        case tuple() | list():
            return [printable(item) for item in value]
        case dict():
            return {key: printable(item) for key, item in value.items()}
        case _:
            return value


def _moment(sheet: PosterSheet) -> int:
    return int(midnight(sheet.issued_on).timestamp())
