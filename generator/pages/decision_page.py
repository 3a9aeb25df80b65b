"""决定页 (decision page): one permanent page a decision, as the organ issued it, with all that it grants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.bonus_words import bonus_words
from generator.pages.citation import Citable
from generator.pages.cite import cite_block
from generator.pages.fresh_words import record_freshness
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    LinkType,
    head_html,
)
from generator.pages.record_head import article_data, article_head, record_tags
from generator.pages.record_in_log import logged_values
from generator.pages.templating import cn_date, render
from generator.public.addresses import DECISION_FEED
from generator.public.context import SiteContext
from generator.public.holding import Holding
from generator.public.logged_record import LoggedRecord
from generator.public.public_case import HonourStatus, is_praise, told_title
from generator.public.public_decision import PublicDecision, PublicGrant, PublicTier
from generator.source.model.instant import midnight

Steps = tuple[tuple[str, str], ...]


def render_decision(
    decision: PublicDecision, context: SiteContext, version: str, logged: LoggedRecord | None = None
) -> Page:
    """决定页, which names the ``version`` of the decision's document. ``logged``: its place in the log of publications."""
    words = wording("decisions")
    city = context.jurisdictions[decision.jurisdiction]
    steps: Steps = (
        ("honours/", wording("honours")["section"]),
        ("decisions/", words["section"]),
        (f"decisions/{city.slug}/", city.name),
        (decision.path, decision.id),
    )
    item = decision_citable(decision, context, version)
    links = decision_links(decision)
    description = words["description"].format(
        organs="、".join(decision.organs), signed=cn_date(decision.signed_on), title=decision.title
    )
    gone = all(grant.status is HonourStatus.REVOKED for grant in decision.grants)
    values: dict[str, Any] = {
        "w": words,
        "marks": wording("honours"),
        "root": root_of(decision.path),
        "url": context.absolute(decision.path),
        "decision": decision,
        "steps": steps,
        "version": version,
        "tiers": tuple(_tier(tier, words) for tier in decision.tiers),
        "undescribed": any(
            not grant.summary and grant.status is not HonourStatus.REVOKED for grant in decision.grants
        ),
        "links": links,
        "contents": tuple(_contents(decision, words["parts"])),
        "cite_html": Markup(cite_block(item)),
        **logged_values(decision.path, logged, HonourStatus.REVOKED.value if gone else ""),
    }
    return Page(
        path=decision.path,
        section="decisions",
        title=decision.title,
        description=description,
        body=render("decision.html", values),
        head=_head(decision, context, description, steps, item, links),
        search={
            "title": decision.title,
            "kicker": f"{words['section']} · {city.name} · {decision.id}",
            "state": "",
        },
        filters=_filters(decision, city.name),
        freshness=record_freshness(Holding()),
        lastmod=decision.last_changed_on.isoformat(),
    )


def decision_citable(decision: PublicDecision, context: SiteContext, version: str) -> Citable:
    """The decision by its own title, as a bibliographer sees it."""
    changed = decision.last_changed_on
    return Citable(
        kind="decision",
        title=decision.title,
        responsible=decision.organs,
        site_name=context.site.name,
        published_on=decision.published_on.isoformat(),
        updated_on=changed.isoformat() if changed > decision.published_on else None,
        url=context.absolute(decision.path),
        version=version,
        document_number=decision.number,
    )


def decision_links(decision: PublicDecision) -> tuple[LinkType, ...]:
    """The decision as JSON, and the feed of decisions."""
    words = wording("decisions")
    return (
        ("application/json", f"api/v1/decisions/{decision.id}.json", words["json"]),
        ("application/atom+xml", DECISION_FEED, words["feed"]),
    )


def _tier(tier: PublicTier, words: Any) -> dict[str, Any]:
    """What the template needs of one tier: what its grants say of their own is told with them alone."""
    return {
        "heading": _granted_words(tier, words),
        "bonus": bonus_words(
            words["bonus"],
            tier.bonus_cny,
            tier.bonus_for,
            alone=len(tier.grants) == 1 and _is_of_one(tier.grants[0]),
            persons=sum(grant.person_count for grant in tier.grants),
        ),
        "grants": tuple(_grant(grant, tier, words) for grant in tier.grants),
    }


def _granted_words(of: PublicTier | PublicGrant, words: Any) -> str:
    form = "verb_of_praise" if is_praise(of.title) else "verb_of"
    return str(words[form]).format(verb=of.verb, title=of.title)


def _is_of_one(grant: PublicGrant) -> bool:
    return len(grant.recipients) == 1 and grant.group is None


def _grant(grant: PublicGrant, tier: PublicTier, words: Any) -> dict[str, Any]:
    dead = grant.status is HonourStatus.REVOKED
    same_title, same_verb = grant.title == tier.title, grant.verb == tier.verb
    other = None
    if not same_title:
        other = _granted_words(grant, words)
    elif not same_verb:
        other = grant.verb
    inherited = (grant.bonus_cny, grant.bonus_for) == (tier.bonus_cny, tier.bonus_for)
    own = bonus_words(
        words["bonus"],
        grant.bonus_cny,
        grant.bonus_for,
        alone=_is_of_one(grant),
        persons=grant.person_count,
    )
    return {
        "of": grant,
        "dead": dead,
        "other": None if dead else other,
        "bonus": None if dead or inherited else own,
        "corrected": grant.status is HonourStatus.CORRECTED,
    }


def _contents(decision: PublicDecision, words: Any) -> Iterator[tuple[str, str]]:
    if decision.opening:
        yield "opening", words["opening"]
    yield "granted", words["granted"]
    if decision.annexes:
        yield "annexes", words["annexes"]
    if decision.corrections:
        yield "corrections", words["corrections"]
    yield "check", words["check"]


def _head(
    decision: PublicDecision,
    context: SiteContext,
    description: str,
    steps: Steps,
    item: Citable,
    links: tuple[LinkType, ...],
) -> str:
    words = wording("decisions")
    path, published = decision.path, decision.published_on
    tags = record_tags(
        path,
        context,
        column=(words["section"], words["lists"]["description"]),
        title=decision.title,
        # The tag wants a time; a record of decisions keeps days.
        published_at=midnight(published),
        source="、".join(decision.organs),
        links=links,
        style="decision",
    )
    data = _data(decision, context, description, steps, item)
    return head_html(*tags, (article_head(path, context, decision.title, published.isoformat(), item, data)))


def _data(
    decision: PublicDecision, context: SiteContext, description: str, steps: Steps, item: Citable
) -> dict[str, Any]:
    """schema.org Article of the organs, with the pages of all that it grants as its parts."""
    common = article_data(
        decision.path,
        context,
        section=_section(),
        headline=decision.title,
        description=description,
        organs=decision.organs,
        item=item,
        steps=steps,
    )
    return {
        **common,
        "identifier": [value for value in (decision.id, decision.number, decision.index_number) if value],
        "dateCreated": str(decision.signed_on),
        "hasPart": [
            {"@type": "Article", "@id": context.absolute(grant.path), "url": context.absolute(grant.path)}
            for grant in decision.grants
        ],
    }


def _section() -> str:
    return str(wording("decisions")["section"])


def _filters(decision: PublicDecision, city: str) -> dict[str, tuple[str, ...]]:
    names = wording("common")["filters"]
    titles = dict.fromkeys(told_title(grant.title, grant.verb) for grant in decision.grants)
    return {
        names["section"]: (_section(),),
        names["city"]: (city,),
        names["year"]: (str(decision.year),),
        wording("honours")["filters"]["title"]: tuple(titles),
    }
