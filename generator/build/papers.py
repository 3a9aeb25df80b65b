"""纸面文件 (papers): the posters and objection sheets of open notices, beside their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build.prepare import Prepared
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.objection_sheet.document import has_sheet, objection_document
from generator.poster.fonts import PACKAGE, FontPlaces, FontStacks, find_fonts
from generator.poster.press import Printed, print_sheets
from generator.poster.sheet import PosterSheet, poster_sheet
from generator.public.case import NoticeStatus, PublicNotice

PLACES = FontPlaces()
POSTER, SHEET = "poster.pdf", "objection.docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlan:
    """纸面文件的安排. ``fonts`` is None where no poster is due or none can be printed."""

    prepared: Prepared
    fonts: FontStacks | None
    warnings: tuple[Diagnostic, ...]


def plan_papers(prepared: Prepared) -> PaperPlan:
    """Whether there will be posters and objection sheets; pages link to them only then."""
    due = any(row.status is NoticeStatus.OPEN for row in prepared.notice_rows)
    fonts = find_fonts(PLACES) if due else None
    context = replace(prepared.context, objection_sheets=True, posters=fonts is not None)
    return PaperPlan(
        prepared=replace(prepared, context=context),
        fonts=fonts,
        warnings=(no_fonts(),) if due and fonts is None else (),
    )


def no_fonts() -> Diagnostic:
    """PST001: no font for posters on this machine."""
    return diagnose("PST001", Place(path=POSTER), terms={"package": PACKAGE})


def poster_due(notice: PublicNotice, prepared: Prepared) -> PosterSheet | None:
    """The poster of an open notice, None otherwise."""
    if not prepared.context.posters or notice.status is not NoticeStatus.OPEN:
        return None
    return poster_sheet(notice, prepared.context)


def write_objection_sheet(notice: PublicNotice, prepared: Prepared, site: Path) -> None:
    """``objection.docx`` of an open notice."""
    if prepared.context.objection_sheets and has_sheet(notice):
        (site / notice.path / SHEET).write_bytes(objection_document(notice, prepared.context))


def print_posters(
    sheets: Iterable[PosterSheet], fonts: FontStacks | None, site: Path, jobs: int
) -> tuple[Diagnostic, ...]:
    """Print every due poster; PST002 for each that lacks a character. Raises ``PosterError``."""
    if fonts is None:
        return ()
    due = [(sheet, site / "notices" / sheet.id / POSTER) for sheet in sheets]
    return tuple(missing_characters(printed) for printed in print_sheets(due, fonts, jobs) if printed.missing)


def missing_characters(printed: Printed) -> Diagnostic:
    """PST002: characters of one notice that no font has."""
    shown = "、".join(f"{char}（U+{ord(char):04X}）" for char in printed.missing)
    place = Place(path=f"notices/{printed.id}/{POSTER}")
    return diagnose("PST002", place, terms={"id": printed.id, "characters": shown, "package": PACKAGE})
