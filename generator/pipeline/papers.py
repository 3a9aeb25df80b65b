"""纸面文件 (papers): the posters and objection sheets of open notices, beside their pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.outputs.poster.poster_fonts import PACKAGE, FontPlaces, FontStacks, find_fonts
from generator.outputs.poster.poster_sheet import PosterSheet
from generator.outputs.poster.press import Printed, print_sheets, sheet_json
from generator.outputs.share.record_cards import no_card_fonts
from generator.pipeline.prepare import Prepared
from generator.public.public_case import NoticeStatus
from generator.system.cache import Cache
from generator.system.hashing import digest

PLACES = FontPlaces()
POSTER = "poster.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlan:
    """纸面文件的安排. ``fonts`` is None where no poster can be printed."""

    prepared: Prepared
    fonts: FontStacks | None
    warnings: tuple[Diagnostic, ...]


def plan_papers(prepared: Prepared) -> PaperPlan:
    """Whether there will be posters, objection sheets and share cards; pages link to them only then."""
    due = any(row.status is NoticeStatus.OPEN for row in prepared.notice_rows)
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
    sheets: Iterable[PosterSheet],
    fonts: FontStacks | None,
    site: Path,
    jobs: int,
    cache: Cache | None = None,
) -> tuple[Diagnostic, ...]:
    """Print every due poster; PST002 for each that lacks a character. Raises ``PosterError``.

    A poster that ``cache`` has is not printed again.
    """
    if fonts is None:
        return ()
    due = {sheet.id: (sheet, site / "notices" / sheet.id / POSTER) for sheet in sheets}
    known = (cache.load(_KEPT, dict[str, KeptPoster]) if cache is not None else None) or {}
    keys = {} if cache is None else {key: _key(cache, sheet, fonts) for key, (sheet, _) in due.items()}
    done = {key: known[key] for key in due if key in known and known[key].made_from == keys[key]}
    for key, kept in done.items():
        due[key][1].write_bytes(kept.pdf)
    printed = print_sheets([item for key, item in due.items() if key not in done], fonts, jobs)
    if cache is not None:
        fresh = {
            item.id: KeptPoster(made_from=keys[item.id], pdf=due[item.id][1].read_bytes(), printed=item)
            for item in printed
        }
        if fresh or len(done) != len(known):
            cache.save(_KEPT, done | fresh)
    found = {item.id: item for item in (*printed, *(kept.printed for kept in done.values()))}
    return tuple(missing_characters(found[key]) for key in due if found[key].missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPoster:
    """缓存的公示单."""

    made_from: bytes
    pdf: bytes
    printed: Printed


_KEPT = "posters"


def _key(cache: Cache, sheet: PosterSheet, fonts: FontStacks) -> bytes:
    wanted = json.dumps([sheet_json(sheet), sheet.issued_on.isoformat(), repr(fonts)], ensure_ascii=False)
    return digest(cache.basis, wanted.encode("utf-8", "surrogatepass"))


def missing_characters(printed: Printed) -> Diagnostic:
    """PST002: characters of one notice that no font has."""
    shown = "、".join(f"{char}（U+{ord(char):04X}）" for char in printed.missing)
    place = Place(path=f"notices/{printed.id}/{POSTER}")
    return diagnose("PST002", place, terms={"id": printed.id, "characters": shown, "package": PACKAGE})
