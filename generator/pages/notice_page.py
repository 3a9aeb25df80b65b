"""公示页 (notice page): one permanent page a notice, for its whole life; a tombstone when it ends badly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.notice_period.day_wording import day_words, weekday_words
from generator.law.notice_period.period_wording import (
    counting,
    kind_words,
    last_moment_words,
    ordinal_words,
    reason_words,
    working_out,
)
from generator.law.notice_period.publicity_clock import ClockDay, ClockState, Reason
from generator.pages.appeal_routes import decision_times, notice_routes
from generator.pages.channels import channels_of, telephones_of
from generator.pages.confirmed_clause import limb_provision
from generator.pages.fresh_words import record_freshness
from generator.pages.masking_rule import masking_rule
from generator.pages.notice_lead import lead_words, moved_day, moved_words, objection_words
from generator.pages.objection_silence import objection_silence
from generator.pages.page import Page, root_of
from generator.pages.page_head import changed_on, notice_head
from generator.pages.policy.for_me import for_me_path
from generator.pages.record_in_log import logged_values
from generator.pages.templating import render, status_label
from generator.pages.whom_to_ask import whom_to_ask
from generator.public.context import SiteContext
from generator.public.holding import notice_holding
from generator.public.list_rows import kinds_of, told_deeds
from generator.public.logged_record import LoggedRecord
from generator.public.public_case import NoticeStatus, ProvisionRef, PublicNotice
from generator.source.model.authority import Authority
from generator.source.model.instant import SHANGHAI
from generator.source.model.partial_day import PartialDay


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDay:
    """日历条上的一日, in words."""

    on: date
    weekday: str
    counted: bool
    ordinal: str | None
    mark: str | None
    reason: str


def render_notice(
    notice: PublicNotice, context: SiteContext, cite_html: str = "", logged: LoggedRecord | None = None
) -> Page:
    """公示页. ``cite_html``: the ready citations, an HTML fragment. ``logged``: its place in the log of publications.

    A notice not confirmed, withdrawn or revoked becomes a tombstone: organ, date, ground, no
    narrative, no name unless the site's setting keeps it, not indexed, not searched.
    """
    words = wording("notices")
    authority = context.receiving(notice)
    city = context.jurisdictions[notice.jurisdiction].name
    closes = last_moment_words(notice.clock, year=True)
    dead = notice.status.is_tombstone
    # Whoever asks for 撤销 looks for what was revoked; of it no name is searched.
    unsearched = dead and notice.status is not NoticeStatus.REVOKED
    timed = notice.status.is_before_end
    holding = notice_holding(notice, context.as_of)
    routes = tuple(notice_routes(notice, context))
    values: dict[str, Any] = {
        "w": words,
        "root": root_of(notice.path),
        "url": context.absolute(notice.path),
        "context": context,
        "notice": notice,
        "authority": authority,
        "organ": context.authorities[notice.authority].name,
        "city": city,
        "last_moment": closes,
        "last_moment_short": last_moment_words(notice.clock),
        "last_time": closes.rpartition(" ")[2],
        "last_weekday": weekday_words(notice.clock.closes_on),
        "timed": timed,
        # Once the period is over, the lead only counts what was corrected.
        "moved": moved_words(moved) if timed and (moved := moved_day(notice)) else None,
        # The lead tells a moved day by itself.
        "corrected": next((item for item in reversed(notice.corrections) if not item.moved_closes_on), None)
        if timed
        else None,
        "objections": objection_words(notice),
        "deeds": told_deeds(notice),
        "names": [person.name for person in notice.persons],
        "events": tuple(_events(notice, context)),
        "routes": routes,
        "times": decision_times(notice, context),
        "granted": tuple(_granted(notice)),
        "cite_html": Markup(cite_html),
        "poster": context.posters and notice.status.is_before_end and notice.act is not None,
        **logged_values(notice.path, logged, notice.status.value if dead else ""),
    }
    title = notice.title
    if dead:
        description = words["description_tombstone"].format(title=title, status=status_label(notice.status))
        values["title"] = title
        values["names"] = context.site.retention.tombstone_names
        decided_by = notice.outcome_organ or context.authorities[notice.authority].name
        values["decided_by"] = decided_by
        values["asked"] = whom_to_ask(decided_by, notice.authority, context)
        body = render("tombstone.html", values)
    else:
        main = lead_words(notice)
        description = words["description"].format(
            lead=main, title=notice.title, deeds="".join(told_deeds(notice))
        )
        if closes not in main:
            description += words["description_period"].format(closes=closes)
        values["main"] = main
        values |= _living(notice, context, authority, words, cited=bool(cite_html))
        body = render("notice.html", values)
    return Page(
        path=notice.path,
        section="notices",
        title=title,
        description=description,
        body=body,
        head=notice_head(notice, context, logged),
        noindex=dead,
        search=None if unsearched else _search(notice, city, closes),
        filters={} if unsearched else _filters(notice, city),
        freshness=record_freshness(holding),
        lastmod=max(notice.status_since, changed_on(notice, logged)).isoformat(),
    )


def _granted(notice: PublicNotice) -> Iterator[tuple[str, str, str]]:
    """因此授予的荣誉: id, title, and the name of the notice's group where it is the group that is honoured."""
    group = notice.group.name if notice.group is not None else ""
    for honour, title in zip(notice.honours, notice.honour_titles, strict=True):
        yield honour, title, group if honour in notice.honours_of_group else ""


def _living(
    notice: PublicNotice, context: SiteContext, authority: Authority, words: Any, *, cited: bool
) -> dict[str, Any]:
    laws: tuple[ProvisionRef, ...] = (notice.publicity_rule,) if notice.publicity_rule is not None else ()
    laws += tuple(ref for ref in notice.provisions if ref not in laws)
    channels = (
        tuple(channels_of(notice, authority, words["objection"])) if notice.status.is_before_end else ()
    )
    return {
        "channels": channels,
        "online": tuple(
            words["objection"][channel.kind] for channel in channels if channel.kind in ("web_form", "email")
        ),
        "confirmed_before": notice.status is NoticeStatus.CONFIRMED
        and notice.outcome_on is not None
        and notice.outcome_on < notice.published_at.astimezone(SHANGHAI).date(),
        "silence": objection_silence(laws, notice.jurisdiction, context),
        "telephones": telephones_of(authority),
        "mistake": _mistake(notice),
        "kept": _kept(context.site.retention.identity_days, words["persons"]),
        "unsaid": _unsaid(notice, words["act"]["unsaid"]),
        # Objections may go to a desk of their own; what was published is mended by the organ that published it.
        "own_telephones": telephones_of(context.authorities[notice.authority]),
        "days": tuple(_strip_day(day) for day in notice.clock.days),
        "working": working_out(notice.clock),
        "counting": counting(notice.clock),
        "laws": laws,
        "limb_provision": limb_provision(notice, context),
        "masking": masking_rule(laws, notice.jurisdiction, context),
        "for_me": for_me_path(notice.jurisdiction),
        "for_me_link": wording("for_me")["notice_link"].format(
            name=context.jurisdictions[notice.jurisdiction].name
        ),
        "sheet": context.objection_sheets,
        "contents": tuple(_contents(notice, laws, words, cited=cited)),
    }


def _mistake(notice: PublicNotice) -> str:
    """Who may ask for what, as a key of the wording: a correction; to be masked, where a name is shown; kin alone, where
    all are dead."""
    shown = [person for person in notice.persons if not person.masked]
    if not shown:
        return "mistake_unnamed"
    return "mistake_kin" if all(person.deceased for person in notice.persons) else "mistake"


def _kept(days: int, words: Any) -> str:
    """How long names stay, in years where they are whole."""
    years, rest = divmod(days, 365)
    if rest or not 0 < years <= len(words["years"]):
        return str(words["kept_days"]).format(days=days)
    return str(words["kept_years"]).format(years=words["years"][years - 1], days=days)


def _unsaid(notice: PublicNotice, words: Any) -> str | None:
    """没有载明的 of its acts: how the facts were verified, which clause they fall under. The same whatever the reason is."""
    if notice.thinned or notice.act is None:
        return None
    verified = any(act.verification for act in notice.acts)
    # A notice may cite in its 依据 what it rests on.
    limb = bool(notice.basis) or any(act.limb for act in notice.acts)
    key = {(False, False): "both", (True, False): "limb", (False, True): "verification"}
    said = key.get((verified, limb))
    return None if said is None else str(words[said])


def _contents(
    notice: PublicNotice, laws: tuple[ProvisionRef, ...], words: Any, *, cited: bool
) -> Iterator[tuple[str, str]]:
    """本页内容: anchors and headings of the sections that the page has."""
    if notice.opening:
        yield "opening", words["opening"]["heading"]
    yield "persons", words["persons"]["heading"]
    if notice.act is not None:
        yield "act", words["act"]["heading"]
    yield "objection", words["objection"]["heading" if notice.status.is_before_end else "heading_closed"]
    if notice.honours:
        yield "honours", words["outcome"]["honours"]
    # Before its end a notice's history is folded, beneath what was corrected.
    pending = notice.status.is_before_end
    if not pending:
        yield "timeline", words["timeline"]["heading"]
    if notice.corrections:
        yield "corrections", words["corrections"]["heading"]
    if pending:
        yield "timeline", words["timeline"]["heading"]
    yield "period", words["period"]["heading"]
    if laws:
        yield "law", words["law"]["heading"]
    if cited:
        yield "cite", words["cite"]["heading"]
    yield "data", words["data"]["heading"]


def _strip_day(day: ClockDay) -> StripDay:
    words = wording("notices")["period"]
    marks = {Reason.FIRST_DAY: words["first_day"], Reason.HOLIDAY_AT_END: words["moved"]}
    return StripDay(
        on=day.on,
        weekday=weekday_words(day.on),
        counted=day.counted,
        ordinal=ordinal_words(day),
        mark=marks.get(day.reason) or kind_words(day),
        reason=reason_words(day),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """办理经过中的一步. ``links`` lead to what came of it, as (address from the root or anchor, words)."""

    on: date | PartialDay | None
    title: str
    lines: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def _events(notice: PublicNotice, context: SiteContext) -> Iterator[Step]:
    """经过, oldest first: the record's history with the opening and the end of the period in their place, and what was
    granted. An objection under review comes last, without its day unless the site tells it."""
    words = wording("notices")
    names, number = words["events"], words["timeline"]["number"]
    clock = notice.clock
    ended_early = notice.status.is_tombstone and (notice.outcome_on or clock.closes_on)
    granted = _granted_by_day(notice)
    found: list[tuple[date, int, Step]] = []
    for event in notice.history:
        lines = (event.organ, number.format(number=event.number) if event.number else None, event.text)
        # An award that says when is the step of its honours too.
        links = granted.pop(PartialDay(event.on.isoformat()), ()) if event.event == "awarded" else ()
        step = Step(on=event.on, title=names[event.event], lines=tuple(filter(None, lines)), links=links)
        found.append((event.on, 1, step))
    for day, links in granted.items():
        found.append((day.last, 5, Step(on=day, title=names["honoured"], links=links)))
    if notice.predecessor is not None:
        on, reason = notice.predecessor.withdrawn_on, notice.predecessor.reason
        found.append((on, 0, Step(on=on, title=names["predecessor"], lines=(reason,) if reason else ())))
    if notice.successor is not None:
        on = notice.successor.published_on
        found.append((on, 4, Step(on=on, title=names["successor"])))
    state = clock.state_at(context.as_of)
    if state is not ClockState.SCHEDULED and not (ended_early and ended_early < clock.opens_on):
        # Publication comes before the opening of the same day.
        found.append((clock.opens_on, 2, Step(on=clock.opens_on, title=names["opened"])))
    if state is ClockState.CLOSED and not (ended_early and ended_early <= clock.closes_on):
        # The day stands beside it; only an hour other than its end is news.
        ends = last_moment_words(clock, year=True)
        hour = () if ends.endswith(" 24:00") else (ends,)
        found.append((clock.closes_on, 3, Step(on=clock.closes_on, title=names["closed"], lines=hour)))
    for _, _, step in sorted(found, key=lambda item: item[:2]):
        yield step
    if notice.status is NoticeStatus.UNDER_REVIEW and not any(
        event.event == "objection_received" for event in notice.history
    ):
        yield Step(on=None, title=names["objection_received"], lines=(words["timeline"]["reviewing"],))


def _granted_by_day(notice: PublicNotice) -> dict[PartialDay, tuple[tuple[str, str], ...]]:
    """因此授予的荣誉 by the day of the decision, each as a link; of several of one day one link leads to all."""
    days: dict[PartialDay, list[tuple[str, str]]] = {}
    for honour, title, day in zip(notice.honours, notice.honour_titles, notice.honour_days, strict=True):
        days.setdefault(day, []).append((f"honours/{honour}/", title))
    several = wording("notices")["timeline"]["several"]
    return {
        day: tuple(links) if len(links) == 1 else (("#honours", several.format(n=len(links))),)
        for day, links in days.items()
    }


def _search(notice: PublicNotice, city: str, closes: str) -> dict[str, str]:
    lists = wording("notices")["lists"]
    forms = {NoticeStatus.SCHEDULED: lists["from_until"], NoticeStatus.OPEN: lists["until"]}
    form = forms.get(notice.status, status_label(notice.status))
    return {
        "title": notice.title,
        "kicker": f"{wording('notices')['section']} · {city} · {notice.id}",
        "state": form.format(opens=day_words(notice.clock.opens_on), closes=closes),
    }


def _filters(notice: PublicNotice, city: str) -> dict[str, tuple[str, ...]]:
    names = wording("common")["filters"]
    found: dict[str, tuple[str, ...]] = {
        names["section"]: (wording("notices")["section"],),
        names["city"]: (city,),
        names["year"]: (str(notice.year),),
    }
    if notice.act is not None and not notice.status.is_tombstone:
        found[names["kind"]] = kinds_of(notice)
    return found
