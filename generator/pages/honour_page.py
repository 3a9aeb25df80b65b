"""荣誉页 (honour page): one permanent page an honour; a tombstone once it is revoked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.instruments import Provision
from generator.pages.absent_law import absent_law
from generator.pages.appeal_routes import honour_routes
from generator.pages.bonus_words import bonus_words
from generator.pages.channels import ChannelItem, telephones_of
from generator.pages.citation import Citable
from generator.pages.cite import cite_block
from generator.pages.fresh_words import record_freshness
from generator.pages.masking_rule import masking_rule
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    SHARE_CARD,
    LinkType,
    head_html,
    page_script,
)
from generator.pages.qr import qr_svg
from generator.pages.record_head import article_data, article_head, record_tags
from generator.pages.record_in_log import logged_values
from generator.pages.templating import cn_date, fill, render
from generator.pages.whom_to_ask import office_named, whom_to_ask
from generator.public.context import SiteContext
from generator.public.holding import Holding
from generator.public.list_rows import kinds_of, short_names, told_deeds
from generator.public.logged_record import LoggedRecord
from generator.public.public_case import HonourStatus, ProvisionRef, PublicHonour
from generator.public.verification.certificate_code import LENGTH, written
from generator.source.model.instant import midnight
from generator.source.model.law_words import AwardKind, Status, Topic

_GRANT_TOPICS = (Topic.AWARD_AUTHORITY, Topic.HONOUR_TITLE, Topic.HONOUR_RANK)
_KINDS = {
    "授予": AwardKind.TITLE,
    "追授": AwardKind.TITLE,
    "认定": AwardKind.TITLE,
    "记功": AwardKind.MERIT,
    "嘉奖": AwardKind.COMMENDATION,
    "奖励": AwardKind.BONUS,
}
"""What a verb grants; of another word of the organ's nobody can say."""


def render_honour(
    honour: PublicHonour, context: SiteContext, version: str, logged: LoggedRecord | None = None
) -> Page:
    """荣誉页, which names the ``version`` of the honour's document. ``logged``: its place in the log of publications.

    A revoked honour becomes a tombstone: organ, date and ground, no deed, names only where the site's
    setting keeps them, not indexed, and found as something revoked alone.
    """
    words = wording("honours")
    city = context.jurisdictions[honour.jurisdiction]
    dead = honour.status is HonourStatus.REVOKED
    steps = (
        ("honours/", words["section"]),
        (f"honours/{city.slug}/", city.name),
        (f"honours/{city.slug}/{honour.year}/", words["rolls"]["year"].format(year=honour.year)),
        (honour.path, honour.id),
    )
    title, description = _title(honour), _description(honour)
    item = honour_citable(honour, context, version)
    links = honour_links(honour)
    values: dict[str, Any] = {
        "w": words,
        "root": root_of(honour.path),
        "url": context.absolute(honour.path),
        "context": context,
        "honour": honour,
        "city": city.name,
        "steps": steps,
        "version": version,
        "status_words": words["status"][honour.status],
        "badge_url": context.absolute(f"{honour.path}badge.svg"),
        "cite_html": Markup(cite_block(item)),
        "links": links,
        "code_length": LENGTH,
        "code_form": written("X" * LENGTH),
        "telephones": _telephones(honour, context),
        **logged_values(honour.path, logged, honour.status.value if dead else ""),
    }
    if dead:
        values["routes"] = tuple(honour_routes(honour, context))
        values["objection_words"] = wording("notices")["objection"]
        values["ended"] = wording("notices")["tombstone"]
        values["asked"] = whom_to_ask(honour.revoked_by or honour.grantor, honour.notice_authority, context)
        values["revocations"] = tuple(revocation_provisions(honour, context))
    else:
        values["bonus"] = bonus_words(
            words["page"]["facts"]["bonus_value"],
            honour.bonus_cny,
            honour.bonus_for,
            alone=len(honour.recipients) == 1 and honour.group is None,
            persons=honour.person_count,
        )
        values["grants"] = tuple(grant_provisions(honour, context))
        values["absent"] = _absent(honour, context) if not (values["grants"] or honour.provisions) else ()
        values["people"] = _people_are_told_of(honour)
        values["life"] = _life(honour)
        values["card"] = SHARE_CARD if context.share_cards else None
        values["qr"] = Markup(qr_svg(context.absolute(honour.path)))
        values["unsaid"] = _unsaid(honour, words["page"]["unsaid"])
        values["contents"] = tuple(_contents(honour, words["page"], values))
        values["members"] = told_members(honour)
        values["members_note"] = _members_note(honour, words["page"])
        values["masking"] = masking_rule(honour.provisions, honour.jurisdiction, context)
    return Page(
        path=honour.path,
        section="honours",
        title=title,
        description=description,
        body=render("honour_tombstone.html" if dead else "honour.html", values),
        head=_head(honour, context, title, description, steps, item, links),
        noindex=dead,
        search=_search(honour, city.name, title, words),
        filters=_filters(honour, city.name),
        freshness=record_freshness(Holding()),
        lastmod=_last_changed_on(honour),
    )


def _telephones(honour: PublicHonour, context: SiteContext) -> tuple[ChannelItem, ...]:
    office = office_named(honour.grantor, context)
    return () if office is None else telephones_of(office)


def honour_citable(honour: PublicHonour, context: SiteContext, version: str) -> Citable:
    """The honour's page as a bibliographer sees it. A revoked one is cited as such, without names."""
    changed = _last_changed_on(honour)
    published_on = None if honour.published_on is None else str(honour.published_on)
    dead = honour.status is HonourStatus.REVOKED
    return Citable(
        kind="honour",
        title=_cited_title(honour),
        responsible=(honour.revoked_by or honour.grantor,) if dead else honour.organs or (honour.grantor,),
        site_name=context.site.name,
        published_on=published_on,
        updated_on=changed if changed != published_on else None,
        url=context.absolute(honour.path),
        version=version,
        document_number=None if dead else honour.number,
        status=wording("honours")["status"]["revoked"] if dead else None,
    )


def grant_provisions(honour: PublicHonour, context: SiteContext) -> Iterator[ProvisionRef]:
    """荣誉的授予: what the law in force on the day of the decision states about who grants honours.

    Only provisions that name grantors of the kind that was granted: a rule on who pays a bonus does not say who
    may give a title. The province's instruments govern a province's honour. There are none for a national
    honour, and none if the day is known only in part and the law changed within it.
    """
    place = _granting_place(honour, context)
    if place is None:
        return
    kinds = ({_KINDS[honour.verb]} if honour.verb in _KINDS else set()) | (
        {AwardKind.MERIT} if honour.merit is not None else set()
    )
    # A decision known to its month alone may have been made on any day of it.
    days = (honour.decided_on.first, honour.decided_on.last)
    in_doubt = {
        provision: doubt
        for provision, doubt in _stated(place, _GRANT_TOPICS, days, context)
        if provision.value.grantors and kinds & set(provision.value.award_kinds)
    }
    for provision in _for_its_title(tuple(in_doubt), honour):
        yield _reference(provision, place, context, in_doubt=in_doubt[provision])


def _for_its_title(granting: tuple[Provision, ...], honour: PublicHonour) -> Iterator[Provision]:
    """Without those on another title or level, where the law has one on what was granted; else all of them."""
    names = {honour.title, honour.merit or ""}
    level = "county" if honour.level == "district" else honour.level
    general = [
        provision
        for provision in granting
        if not provision.value.titles and any(each.startswith(level) for each in provision.value.grantors)
    ]
    fitting = (
        [provision for provision in granting if names & set(provision.value.titles)]
        or [each for each in granting if any(title in name for title in each.value.titles for name in names)]
        or general
    )
    settled = {kind for provision in fitting for kind in provision.value.award_kinds}
    for provision in granting:
        if provision in fitting or provision in general or not settled & set(provision.value.award_kinds):
            yield provision


def _absent(honour: PublicHonour, context: SiteContext) -> tuple[str, ...]:
    place = _granting_place(honour, context)
    return () if place is None else absent_law(place, honour.decided_on, context)


def _granting_place(honour: PublicHonour, context: SiteContext) -> str | None:
    """The jurisdiction whose law says who may grant; None for a national honour."""
    if honour.level == "national":
        return None
    place = context.jurisdictions[honour.jurisdiction]
    while honour.level == "province" and place.level in ("county", "city") and place.parent is not None:
        place = context.jurisdictions[place.parent]
    return place.slug


def revocation_provisions(honour: PublicHonour, context: SiteContext) -> Iterator[ProvisionRef]:
    """撤销的依据: what the law in force on the day of the revocation states about revoking."""
    if honour.revoked_on is not None:
        days = (honour.revoked_on, honour.revoked_on)
        for provision, in_doubt in _stated(honour.jurisdiction, (Topic.REVOCATION,), days, context):
            yield _reference(provision, honour.jurisdiction, context, in_doubt=in_doubt)


def _stated(
    place: str, topics: tuple[Topic, ...], days: tuple[date, date], context: SiteContext
) -> Iterator[tuple[Provision, bool]]:
    """Provisions stated on these topics by the one text of both days, a sentence once, and whether it is uncertain
    that the text held."""
    seen: set[tuple[str, str, str]] = set()
    for topic in topics:
        answer, last = (context.library.provision(place, topic, day).effective for day in days)
        if answer.version is None or answer is not last:
            continue
        for provision in answer.provisions:
            key = (provision.path, provision.article, provision.summary)
            if provision.status is Status.STATED and key not in seen:
                seen.add(key)
                yield provision, not answer.is_dated


def _reference(provision: Provision, place: str, context: SiteContext, *, in_doubt: bool) -> ProvisionRef:
    current = context.library.version_on(place, context.as_of.date()).version
    key = f"{provision.jurisdiction}/{provision.instrument}/{provision.version}"
    return ProvisionRef(
        instrument=provision.instrument_title,
        version=provision.version_label,
        article=provision.article,
        path=provision.path,
        summary=provision.summary,
        superseded=current is not None
        and current.jurisdiction == provision.jurisdiction
        and key != current.key,
        in_doubt=in_doubt,
    )


def _title(honour: PublicHonour) -> str:
    words = wording("honours")["page"]
    if honour.status is HonourStatus.REVOKED:
        return str(words["title_revoked"].format(title=honour.told_title))
    return str(words["title"].format(name=short_names(honour), title=honour.told_title))


def _cited_title(honour: PublicHonour) -> str:
    """题名 as cited; a revoked honour's as the page has it, without names."""
    if honour.status is HonourStatus.REVOKED:
        return _title(honour)
    form = wording("honours")["page"]["title_cited"]
    return str(form.format(name=short_names(honour), title=honour.told_title))


def _description(honour: PublicHonour) -> str:
    words = wording("honours")["page"]
    if honour.status is HonourStatus.REVOKED and honour.revoked_on is not None:
        form = words["description_revoked"]
        organ = honour.revoked_by or honour.grantor
        return str(form.format(organ=organ, revoked=cn_date(honour.revoked_on), title=honour.told_title))
    return str(
        words["description_praise" if honour.is_praise else "description"].format(
            grantor=honour.grantor,
            decided=cn_date(honour.decided_on),
            verb=honour.verb,
            name=short_names(honour),
            title=honour.title,
        )
    )


def told_members(honour: PublicHonour, most: int | None = None) -> str | None:
    """成员（据公示）：甲、乙、丙（共3人）, of a group whose decision names nobody; of more than ``most`` 甲、乙等27人."""
    if not honour.members or honour.group is None or honour.group.kind == "unit":
        return None
    words, common = wording("honours"), wording("common")
    count = max(honour.group.head_count or 0, len(honour.members))
    cut = most is not None and len(honour.members) > most
    names = str(common["marks"]["list"]).join(honour.members[:most])
    form = words["and_more"] if cut else words["page"]["members_count"]
    counted = str(form.format(n=count)) if cut or honour.group.head_count else ""
    source = "notice" if honour.notice_names_people else "account"
    return f"{words['page']['members_named'][source]}{names}{counted}"


def _members_note(honour: PublicHonour, words: Any) -> str | None:
    """Said of a group of which nobody is named, or not all whom its head count tells."""
    if honour.group is None:
        return None
    count = honour.group.head_count
    if not honour.recipients:
        # Beside the names stands the number already.
        return fill(words["members_none" if count and not honour.members else "members_uncounted"], n=count)
    return fill(words["members_some"], n=count) if count and count != len(honour.recipients) else None


def _unsaid(honour: PublicHonour, words: Any) -> str | None:
    """没有载明的: the deed, or who the members of a group are. The same whatever the reason is: of what the record
    does not say and of what may not be shown nobody is to tell the one from the other."""
    # Where there is a notice, it names them, or named them for as long as it may.
    unnamed = honour.group is not None and honour.group.kind != "unit" and honour.notice is None
    members = unnamed and not honour.recipients and not honour.members
    key = {(True, True): "both", (True, False): "deed", (False, True): "members"}
    said = key.get((honour.act is None, members))
    return None if said is None else str(words[said])


def _life(honour: PublicHonour) -> str | None:
    """生卒年 of the only recipient who is dead: 1968—2014.

    Who died in the act died in its year, and both years stand on the page anyway; of any other death the record
    tells no year, and its word for the death stands beside the name.
    """
    if len(honour.recipients) != 1 or honour.group is not None:
        return None
    (person,) = honour.recipients
    if person.death is None:
        return None
    if person.death == "in_the_act" and person.born is not None and honour.act is not None:
        form = wording("honours")["page"]["life"]
        died = max(act.happened_on.year for act in honour.acts)
        return str(form.format(born=person.born.year, died=died))
    return None


def _people_are_told_of(honour: PublicHonour) -> bool:
    """Whether more is known of the recipients than the card at the head of the page tells: of one alone, more than
    the sex."""
    if len(honour.recipients) != 1 or honour.group is not None:
        return True
    person = honour.recipients[0]
    told = (person.born, person.age_at_act, person.ethnicity, person.unit, person.post)
    more = (person.native_place, person.political_status, person.residence, person.injured)
    return any((*told, *more, person.minor, person.masked))


def _contents(honour: PublicHonour, words: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """本页内容: anchors and headings of the sections that the page has."""
    yield "deed" if honour.act is not None else "no-deed", words["deed"]
    if values["people"]:
        yield "recipients", words["recipients"]
    if honour.fellows:
        yield "fellows", words["fellows"]
    yield "decision", words["decision"]
    if honour.corrections:
        yield "corrections", words["corrections"]
    yield "share", words["share"]
    yield "check", words["check"]


def honour_links(honour: PublicHonour) -> tuple[LinkType, ...]:
    """The honour as JSON, and the feed of honours."""
    words = wording("honours")
    return (
        ("application/json", f"api/v1/honours/{honour.id}.json", words["page"]["json"]),
        ("application/atom+xml", "feeds/honours.atom", words["rolls"]["links"]["feed"]),
    )


def _head(
    honour: PublicHonour,
    context: SiteContext,
    title: str,
    description: str,
    steps: tuple[tuple[str, str], ...],
    item: Citable,
    links: tuple[LinkType, ...],
) -> str:
    words, path = wording("honours"), honour.path
    dead = honour.status is HonourStatus.REVOKED
    tags = record_tags(
        path,
        context,
        column=(words["section"], words["rolls"]["description"]),
        title=title,
        # The tag wants a time; a record of honours keeps days.
        published_at=None if honour.published_day is None else midnight(honour.published_day),
        source=honour.grantor,
        links=links,
        style="notices" if dead else "honour",
    )
    if dead:
        return head_html(*tags)
    published_on = None if honour.published_day is None else str(honour.published_on)
    data = _data(honour, context, title, description, steps, item)
    return head_html(
        *tags,
        (article_head(path, context, title, published_on, item, data)),
        page_script(root_of(path), "share"),
    )


def _data(
    honour: PublicHonour,
    context: SiteContext,
    title: str,
    description: str,
    steps: tuple[tuple[str, str], ...],
    item: Citable,
) -> dict[str, Any]:
    """schema.org Article about the persons and the group; masked persons are not named to machines."""
    about: list[dict[str, Any]] = [
        {"@type": "Person", "name": person.name, "award": honour.told_title}
        for person in honour.recipients
        if not person.masked
    ]
    if honour.group is not None:
        about.append({"@type": "Organization", "name": honour.group.name, "award": honour.told_title})
    common = article_data(
        honour.path,
        context,
        section=wording("honours")["section"],
        headline=title,
        description=description,
        organs=honour.organs or (honour.grantor,),
        item=item,
        steps=steps,
    )
    return {
        **common,
        "identifier": honour.id,
        "abstract": "".join(told_deeds(honour)) or None,
        "about": about,
    }


def _search(honour: PublicHonour, city: str, title: str, words: Any) -> dict[str, str]:
    return {
        "title": title,
        "kicker": f"{words['section']} · {city} · {honour.id}",
        "state": words["status"][honour.status],
    }


def _filters(honour: PublicHonour, city: str) -> dict[str, tuple[str, ...]]:
    names, words = wording("common")["filters"], wording("honours")
    found: dict[str, tuple[str, ...]] = {
        names["section"]: (words["section"],),
        names["city"]: (city,),
        names["year"]: (str(honour.year),),
        words["filters"]["title"]: (honour.told_title,),
        words["filters"]["status"]: (words["status"][honour.status],),
    }
    if honour.acts and honour.status is not HonourStatus.REVOKED:
        found[names["kind"]] = kinds_of(honour)
    return found


def _last_changed_on(honour: PublicHonour) -> str | None:
    """最后变动, as far as it is known."""
    days = [item.corrected_on.isoformat() for item in honour.corrections]
    days += [honour.revoked_on.isoformat()] if honour.revoked_on else []
    return max([*days, str(honour.published_on)] if honour.published_on else days, default=None)
