"""纸面文件 (papers): the posters and objection sheets of notices that are open or about to open, beside their pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.outputs.poster.poster_fonts import PACKAGE, FontPlaces, FontStacks, find_fonts
from generator.outputs.poster.poster_sheet import PosterSheet
from generator.outputs.poster.press import Printed, print_sheets, sheet_json
from generator.outputs.share.record_cards import no_card_fonts
from generator.pipeline.prepare import Prepared
from generator.system.hashing import digest
from generator.system.store import Entry

PLACES = FontPlaces()
POSTER = "poster.pdf"
POSTERS = "posters"
"""Kind of entry in the store, named by the id of the notice: a :class:`KeptPoster`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlan:
    """纸面文件的安排. ``fonts`` is None where no poster can be printed."""

    prepared: Prepared
    fonts: FontStacks | None
    warnings: tuple[Diagnostic, ...]


def plan_papers(prepared: Prepared) -> PaperPlan:
    """Whether there will be posters, objection sheets and share cards; pages link to them only then."""
    due = any(row.status.is_before_end for row in prepared.notice_rows)
    # Looked for in any case, so that a page comes out the same whatever other notices there are.
    fonts = find_fonts(PLACES)
    wanted = prepared.context.site.share_cards
    no_cards = no_card_fonts() if wanted else None
    context = replace(
        prepared.context,
        objection_sheets=True,
        posters=fonts is not None,
        share_cards=wanted and no_cards is None,
    )
    return PaperPlan(
        prepared=replace(prepared, context=context),
        fonts=fonts,
        warnings=(
            *((no_fonts(),) if due and fonts is None else ()),
            *((no_cards,) if no_cards is not None else ()),
        ),
    )


def no_fonts() -> Diagnostic:
    """PST001: no font for posters on this machine."""
    return diagnose("PST001", Place(path=POSTER), terms={"package": PACKAGE})


def print_posters(
    sheets: Iterable[PosterSheet], fonts: FontStacks | None, prepared: Prepared
) -> tuple[list[tuple[str, bytes]], tuple[Diagnostic, ...]]:
    """Every due poster, as (path from the root, bytes), and PST002 for each that lacks a character. Raises
    ``PosterError``. A poster that a lasting store has is not printed again."""
    if fonts is None:
        return [], ()
    store, due = prepared.workspace.store, {sheet.id: sheet for sheet in sheets}
    keys = {name: _key(prepared, sheet, fonts) for name, sheet in due.items()} if store.lasting else {}
    done = store.find(POSTERS, keys, KeptPoster)
    wanted = [
        (sheet, prepared.workspace.spool / f"{name}.pdf") for name, sheet in due.items() if name not in done
    ]
    for (sheet, path), printed in zip(
        wanted, print_sheets(wanted, fonts, prepared.workspace.jobs), strict=True
    ):
        done[sheet.id] = KeptPoster(pdf=path.read_bytes(), printed=printed)
    if store.lasting:
        fresh = {sheet.id for sheet, _ in wanted}
        store.put(POSTERS, (Entry(name=name, made_from=keys[name], value=done[name]) for name in fresh))
        store.keep_only(POSTERS, due)
    files = [(f"notices/{name}/{POSTER}", done[name].pdf) for name in due]
    return files, tuple(missing_characters(done[name].printed) for name in due if done[name].printed.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPoster:
    """存下的公示单."""

    pdf: bytes
    printed: Printed


def _key(prepared: Prepared, sheet: PosterSheet, fonts: FontStacks) -> bytes:
    wanted = json.dumps([sheet_json(sheet), sheet.issued_on.isoformat(), repr(fonts)], ensure_ascii=False)
    basis = b"" if prepared.workspace.cache is None else prepared.workspace.cache.basis
    return digest(basis, wanted.encode("utf-8", "surrogatepass"))


def missing_characters(printed: Printed) -> Diagnostic:
    """PST002: characters of one notice that no font has."""
    shown = "、".join(f"{char}（U+{ord(char):04X}）" for char in printed.missing)
    place = Place(path=f"notices/{printed.id}/{POSTER}")
    return diagnose("PST002", place, terms={"id": printed.id, "characters": shown, "package": PACKAGE})
