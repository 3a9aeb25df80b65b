"""The policy pages of the sample site's own instruments, as of any instant, and their trees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from xml.etree.ElementTree import Element, fromstring

from lxml.etree import tostring
from lxml.html import fragment_fromstring

from generator.catalogue import speaking
from generator.law.instruments import LibrarySettings, PolicyLibrary, build_library
from generator.pages.english_pages import english_context
from generator.pages.page import Page
from generator.pages.policy.codebook_page import render_codebook
from generator.pages.policy.digests import render_digests, render_instruments, render_place
from generator.pages.policy.policy_instrument import render_instrument
from generator.project.settings import Settings, load_settings
from generator.public.context import SiteContext
from generator.source.model.instant import SHANGHAI
from tests.projects import ROOT

TODAY = date(2026, 11, 22)


@cache
def settings() -> Settings:
    loaded = load_settings(ROOT).settings
    assert loaded is not None
    return loaded


def site_context(on: date = TODAY, library: PolicyLibrary | None = None) -> SiteContext:
    return SiteContext(
        site=settings().site,
        jurisdictions=settings().jurisdictions,
        authorities=settings().authorities,
        library=library or settings().library,
        as_of=datetime.combine(on, time(9), tzinfo=SHANGHAI),
        english=settings().english,
    )


def assumed(**days: date) -> PolicyLibrary:
    """The library with first days assumed for undated texts: ``hubei_guiding_original=date(…)``."""
    return build_library(
        settings().instruments,
        parents=settings().library.parents,
        settings=LibrarySettings(
            undated_amendments_count_from="approval",
            assumed_in_force_from={key.replace("_", "/"): day for key, day in days.items()},
        ),
    )


def _all_pages(context: SiteContext) -> Iterator[Page]:
    yield from render_digests(context)
    yield render_codebook(context)
    yield from render_instruments(context)


@cache
def pages(on: date = TODAY) -> dict[str, Page]:
    return {page.path: page for page in _all_pages(site_context(on))}


@cache
def english_site_context() -> SiteContext:
    return english_context(site_context())


@cache
def english_pages(place: str) -> tuple[Page, Page]:
    """The digest of a place and its ``for-me/`` in English."""
    context = english_site_context()
    with speaking("en"):
        digest, for_me = render_place(context.jurisdictions[place], context)
    return digest, for_me


def rendered(path: str, context: SiteContext) -> Page:
    """One page, and as few others as can be."""
    _, slug, *rest = path.split("/")
    place = context.jurisdictions.get(slug)
    if place is None:
        made = _all_pages(context)
    elif rest in ([""], ["for-me", ""]):
        made = render_place(place, context)
    else:
        made = iter([render_instrument(context.library.instrument(slug, rest[0]), place, context)])
    return next(page for page in made if page.path == path)


@cache
def page_on(path: str, on: date) -> Page:
    """A page as of a day; today's are all made anyway."""
    return pages()[path] if on == TODAY else rendered(path, site_context(on))


def parsed(page: Page) -> Element:
    """The body as a tree, by a parser twenty times as fast as one that forgives nothing; ``tests/site/pages`` has every
    page read by the validator of the W3C."""
    return _tree(page.body)


@cache
def _tree(body: str) -> Element:
    return fromstring(tostring(fragment_fromstring(body, create_parent=True)))


def words(node: Element) -> str:
    return "".join("".join(node.itertext()).split())


def by_id(tree: Element, wanted: str) -> Element:
    return next(node for node in tree.iter() if node.get("id") == wanted)


def by_class(tree: Element, name: str) -> list[Element]:
    return [node for node in tree.iter() if name in (node.get("class") or "").split()]


def silences(tree: Element) -> list[Element]:
    """The marks of 几种“没有” below ``tree``; each has its kind as its one class."""
    return [node for node in tree.iter() if (node.get("class") or "").startswith("yy-silence--")]
