"""政策页的页头 (head of policy pages), what search knows of them, and the order of jurisdictions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.catalogue import wording
from generator.law.instruments import Version
from generator.pages.citation import Citable
from generator.pages.cite import cite_head, cite_script
from generator.pages.page import root_of
from generator.pages.page_head import (
    alternate_links,
    breadcrumbs,
    government_tags,
    head_html,
    json_ld,
    page_script,
    style_sheet,
)
from generator.pages.policy.policy_values import aside_words, title_words, titles_words
from generator.public.context import SiteContext
from generator.source.model.jurisdiction import Jurisdiction

Filters = dict[str, tuple[str, ...]]


def places(context: SiteContext) -> tuple[Jurisdiction, ...]:
    """辖区: cities, municipalities and counties first, then provinces, then the nation, each in their order."""
    every = context.jurisdictions.values()
    return tuple(sorted(every, key=lambda j: (_HIGHER.get(j.level, 0), j.order, j.slug)))


def by_rank(context: SiteContext) -> tuple[Jurisdiction, ...]:
    """The same, the nation first: in the order in which their texts rank."""
    return tuple(sorted(places(context), key=lambda place: -_HIGHER.get(place.level, 0)))


def is_local(place: Jurisdiction) -> bool:
    """Whether somebody looks for their own place here: a city, a municipality or a county."""
    return place.level not in _HIGHER


_HIGHER = {"province": 1, "nation": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorsNotAtHand:
    """不在手的上位规定, which the texts of a place name: 《…》《…》."""

    slug: str
    name: str
    titles: str


def superiors_not_at_hand(context: SiteContext, *among: Jurisdiction) -> tuple[SuperiorsNotAtHand, ...]:
    """Of the places whose texts name superior instruments that the library does not hold."""
    found = []
    for place in among:
        titles = {
            title: None
            for instrument in context.library.instruments_of(place.slug)
            for version in instrument.versions
            for title in version.superior_not_at_hand
        }
        if titles:
            found.append(SuperiorsNotAtHand(slug=place.slug, name=place.name, titles=titles_words(titles)))
    return tuple(found)


def not_held_words(*among: Jurisdiction) -> str:
    """没有收录的文件 of these places, in a sentence; empty where none is known of."""
    titles = "".join(
        title_words(item.title) + (aside_words(item.document_number) if item.document_number else "")
        for place in among
        for item in place.not_held
    )
    return str(wording("policies")["silences"]["not_held"]).format(titles=titles) if titles else ""


def times_not_held(context: SiteContext, versions: Iterable[Version]) -> tuple[str, ...]:
    """Of what these texts name and a law not held sets the time for: where that time stands, one sentence for each."""
    form = str(wording("policies")["silences"]["time_not_held"])
    named = {item for version in versions for one in version.provisions for item in one.value.items}
    return tuple(
        form.format(named=item.named_as, title=title_words(item.title))
        for place in context.jurisdictions.values()
        for item in place.not_held
        if item.named_as is not None and item.named_as in named
    )


def policy_head(
    context: SiteContext,
    path: str,
    title: str,
    steps: tuple[tuple[str, str], ...],
    *,
    style: str = "policies",
    script: str | None = None,
    cited: Citable | None = None,
    cite_folded: bool = False,
) -> str:
    """页头 of a policy page: column tags, the data link, breadcrumbs, a style and a script of its own
    (by name: ``for-me``), citation (``cite_folded``: in a fold that is not printed)."""
    words = wording("policies")
    return head_html(
        style_sheet(root_of(path), style),
        government_tags(context, column=words["section"], column_description=words["section_description"]),
        alternate_links(
            root_of(path), (("application/json", "api/v1/policies.json", words["digest"]["data_json"]),)
        ),
        json_ld(
            {
                "@type": "WebPage",
                "url": context.absolute(path),
                "name": title,
                "inLanguage": wording("common")["tag"],
                "breadcrumb": breadcrumbs(context, steps),
            }
        ),
        *(() if script is None else (page_script(root_of(path), script),)),
        *(() if cited is None else (cite_head(cited),)),
        *(() if cited is None or cite_folded else (cite_script(root_of(path)),)),
    )


def policy_search(
    title: str, *, city: str | None, number: str | None = None
) -> tuple[Mapping[str, str], Filters]:
    """Search metadata and filters of a policy page."""
    section, names = wording("policies")["section"], wording("common")["filters"]
    filters: Filters = {names["section"]: (section,)}
    if city is not None:
        filters[names["city"]] = (city,)
    return {"title": title, "kicker": section, **({"number": number} if number else {})}, filters
