"""分享图文件 (cards): ``share.png`` beside the page of every decision, and of every notice and honour that is
not a tombstone.

A card shows nothing that the page does not show, and nothing that time alone makes untrue, since people who share a
link keep the picture. So it has no countdown, and no status that turns by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.catalogue import wording
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.law.notice_period.period_wording import last_moment_words
from generator.outputs.poster.poster_fonts import PACKAGE
from generator.outputs.share.card_content import ShareCard
from generator.outputs.share.share_fonts import FOLDERS, missing_font
from generator.pages.honour_page import told_members
from generator.pages.notice_lead import lead_words
from generator.pages.page_head import SHARE_CARD
from generator.pages.templating import cn_date
from generator.public.context import SiteContext
from generator.public.list_rows import short_names, told_deeds
from generator.public.public_case import HonourStatus, PublicHonour, PublicNotice, PublicPerson
from generator.public.public_decision import PublicDecision
from generator.system.store import Entry, Store

FONTS = FOLDERS
CARDS = "cards"
"""Kind of entry in the store, named by the path of the picture."""
_MEMBERS = 3
"""Of a group with more, the first of them and the number."""
_ORGANS = 2
"""Signatories with a line each; more are told in one."""


def no_card_fonts() -> Diagnostic | None:
    """PST006: why no share card can be drawn on this machine; None when they can."""
    missing = missing_font(FONTS)
    if missing is None:
        return None
    return diagnose("PST006", Place(path=SHARE_CARD), terms={"file": missing, "package": PACKAGE})


def cards_basis(context: SiteContext) -> bytes:
    """What all cards depend on beside what they show; empty where the site has none."""
    if not context.share_cards:
        return b""
    # Its library is dear to load.
    from generator.outputs.share.card_drawing import drawn_with

    return drawn_with(FONTS).encode()


def card_due(record: PublicNotice | PublicHonour | PublicDecision, context: SiteContext) -> ShareCard | None:
    """The card of a record; None for a tombstone, and where the site has no cards."""
    if not context.share_cards:
        return None
    if isinstance(record, PublicNotice):
        return _notice_card(record, context)
    if isinstance(record, PublicHonour):
        return _honour_card(record, context)
    return _decision_card(record, context)


def _notice_card(notice: PublicNotice, context: SiteContext) -> ShareCard | None:
    if notice.status.is_tombstone:
        return None
    changed = bool(notice.corrections) or notice.replaced_by is not None
    city = context.jurisdictions[notice.jurisdiction].name
    return ShareCard(
        title=notice.title,
        highlight=_standing(notice),
        names=(*(person.name for person in notice.persons), *notice.signatories[:1]),
        deed=told_deeds(notice),
        lines=_organs(notice.signatories, 1),
        marks=_marks(wording("share")["notice"].format(city=city), changed, context),
        site_name=context.site.name,
        address=_address(context),
    )


def _standing(notice: PublicNotice) -> str:
    """Where it stands, in words that stay true: a review ends, a period that has ended does not."""
    words = wording("share")
    if notice.status.is_pending:
        over = not notice.status.is_before_end
        return str(words["over" if over else "until"]).format(
            closes=last_moment_words(notice.clock, year=True)
        )
    return lead_words(notice)


def _honour_card(honour: PublicHonour, context: SiteContext) -> ShareCard | None:
    if honour.status is HonourStatus.REVOKED:
        return None
    names = short_names(_with_the_dead_marked(honour))
    return ShareCard(
        title=names,
        highlight=_received(honour),
        names=(
            *_names_in(names, honour.recipients),
            *honour.members,
            *filter(None, (honour.of_group,)),
            *honour.organs,
        ),
        deed=tuple(filter(None, (*told_deeds(honour), told_members(honour, _MEMBERS)))),
        lines=(honour.grantor, cn_date(honour.decided_on)),
        marks=_marks(wording("honours")["section"], honour.status is HonourStatus.CORRECTED, context),
        quiet=honour.is_memorial,
        site_name=context.site.name,
        address=_address(context),
    )


def _received(honour: PublicHonour) -> str:
    """The grant as what those got whose names stand above it: 奖励 by an organ is 获 of theirs."""
    words = wording("share")
    if honour.is_praise:
        return str(words["praised"]).format(verb=honour.verb)
    verb = words["received"].get(honour.verb, words["otherwise"])
    return str(words["granted"]).format(verb=verb, title=honour.title)


def _with_the_dead_marked(honour: PublicHonour) -> PublicHonour:
    """As the page has it, 程立堃（牺牲）; of one alone the verb 追授 says it."""
    if honour.posthumous and len(honour.recipients) == 1:
        return honour
    aside, death = wording("common")["marks"]["aside"], wording("common")["person"]["death"]
    marked = (
        replace(person, name=person.name + aside.format(words=death[person.death]))
        if person.death
        else person
        for person in honour.recipients
    )
    return replace(honour, recipients=tuple(marked))


def _decision_card(decision: PublicDecision, context: SiteContext) -> ShareCard:
    people = (person for grant in decision.grants for person in grant.recipients)
    return ShareCard(
        title=decision.title,
        names=_names_in(decision.title, people),
        lines=(*_organs(decision.organs), cn_date(decision.signed_on)),
        marks=_marks(wording("decisions")["section"], bool(decision.corrections), context),
        site_name=context.site.name,
        address=_address(context),
    )


def _address(context: SiteContext) -> str:
    """The site's address as people type it."""
    return context.site.base_url.partition("://")[2].rstrip("/")


def _organs(organs: tuple[str, ...], most: int = _ORGANS) -> tuple[str, ...]:
    if len(organs) <= most:
        return organs
    return (wording("share")["organs"].format(first=organs[0], n=len(organs)),)


def _names_in(title: str, people: Iterable[PublicPerson]) -> tuple[str, ...]:
    return tuple(person.name for person in people if person.name in title)


def _marks(first: str, changed: bool, context: SiteContext) -> tuple[str, ...]:
    corrected = (wording("common")["status"]["corrected"],) if changed else ()
    sample = (wording("share")["sample"],) if context.site.sample is not None else ()
    return (first, *corrected, *sample)


def draw_cards(cards: Iterable[tuple[str, ShareCard | None]], store: Store) -> Iterator[tuple[str, bytes]]:
    """``share.png`` of some records, as (path from the root, bytes).

    ``cards`` come with the address of their page. A card of which a lasting ``store`` has one with the same content
    is not drawn again.
    """
    due = {f"{path}{SHARE_CARD}": card for path, card in cards if card is not None}
    if not due:
        return
    from generator.outputs.share.card_drawing import card_key, share_card

    keys = {path: card_key(card, FONTS).encode() for path, card in due.items()}
    known = store.find(CARDS, keys, bytes) if store.lasting else {}
    fresh: list[Entry] = []
    for path, card in due.items():
        drawn = known.get(path) or share_card(card, FONTS)
        if drawn is None:
            raise FileNotFoundError(missing_font(FONTS))
        if path not in known:
            fresh.append(Entry(name=path, made_from=keys[path], value=drawn))
        yield path, drawn
    if store.lasting:
        store.put(CARDS, fresh)
