"""条文覆盖: no article is forgotten, no figure is lost or invented, no list is shortened."""

from __future__ import annotations

import re

import pytest

from generator.law.instruments import PolicyLibrary, Provision, Version
from generator.law.instruments.article import read_article, whole_citation
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.law_words import Topic
from tests.unit.policy.figures import counts_of, figures_in, figures_of_data, load_figures

FIGURES = load_figures()
KEYS = sorted(FIGURES)
COUNTED = re.compile(r"[0-9]+[类级项种]")


def _version(library: PolicyLibrary, key: tuple[str, str]) -> Version:
    jurisdiction, _, slug = key[0].partition("-")
    return library.instrument(jurisdiction, slug).version(key[1])


def test_every_version_at_hand_has_its_figures(library: PolicyLibrary) -> None:
    held = {(f"{v.jurisdiction}-{v.instrument}", v.slug) for i in library.instruments for v in i.versions}
    assert held == set(FIGURES)
    assert len(held) == 22


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_every_article_is_digested_or_said_to_carry_no_rule(
    library: PolicyLibrary, key: tuple[str, str]
) -> None:
    version = _version(library, key)
    digested = {whole_citation(p.article) for p in version.provisions}
    silent = {whole_citation(s.article) for s in version.without_rule}
    assert not digested & silent
    assert digested | silent == set(FIGURES[key])
    assert all(len(s.reason) >= 4 for s in version.without_rule)


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_articles_are_numbered_without_a_gap(library: PolicyLibrary, key: tuple[str, str]) -> None:
    numbers = sorted(p.number for p in map(read_article, FIGURES[key]) if p.rank == 1 and len(p.number) == 1)
    if _version(library, key).entry.entered == "selected":
        assert numbers == sorted(set(numbers))
    elif key[0].startswith("hangzhou"):
        # Part 二 is a heading over its sections.
        assert numbers == [(1,), (3,)]
    else:
        assert numbers == [(n,) for n in range(1, len(numbers) + 1)]
        last = _version(library, key).entry.last_article
        assert last is None or read_article(last).number == numbers[-1]


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_no_figure_of_an_article_is_missing_from_the_digest(
    library: PolicyLibrary, key: tuple[str, str]
) -> None:
    version = _version(library, key)
    missing = []
    for article, facts in FIGURES[key].items():
        told = [f for p in version.provisions if whole_citation(p.article) == article for f in _figures(p)]
        told += [
            f
            for item in (*version.entry.cites, *version.entry.repeals)
            if item.article == article and item.document_number
            for f in figures_in(item.document_number)
        ]
        # Whom the kin are stands in an article of its own in some texts, so it may tell a figure and never invents one.
        told += [
            f
            for p in version.provisions
            if whole_citation(p.article) == article and p.benefit is not None
            for f in figures_in("；".join(p.benefit.kin_meant))
        ]
        lists = {n for p in version.provisions if whole_citation(p.article) == article for n in counts_of(p)}
        for figure in facts["figures"]:
            if COUNTED.fullmatch(figure):
                if int(figure[:-1]) not in lists:
                    missing.append((article, figure))
            elif figure not in told:
                missing.append((article, figure))
    assert missing == []


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_no_figure_of_the_digest_is_missing_from_its_article(
    library: PolicyLibrary, key: tuple[str, str]
) -> None:
    version = _version(library, key)
    invented = []
    for provision in version.provisions:
        stated = FIGURES[key][whole_citation(provision.article)]["figures"]
        for figure in _figures(provision):
            if COUNTED.fullmatch(figure):
                if int(figure[:-1]) not in counts_of(provision):
                    invented.append((provision.article, provision.topic.value, figure))
            elif figure not in stated:
                invented.append((provision.article, provision.topic.value, figure))
    assert invented == []


def test_no_figure_of_the_kin_meant_is_missing_from_its_text(library: PolicyLibrary) -> None:
    """Whom a text means by its kin may stand in an article of its own (北京 第二十三条)."""
    kin = [
        (key, figure)
        for key in KEYS
        for provision in _version(library, key).provisions
        if provision.benefit is not None
        for figure in figures_in("；".join(provision.benefit.kin_meant))
    ]
    assert kin
    assert [(key, f) for key, f in kin if not any(f in a["figures"] for a in FIGURES[key].values())] == []


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_lists_are_whole(library: PolicyLibrary, key: tuple[str, str]) -> None:
    version = _version(library, key)
    short = []
    for article, facts in FIGURES[key].items():
        if not facts["items"]:
            continue
        here = [p for p in version.provisions if whole_citation(p.article) == article]
        if version.entry.entered == "selected":
            continue
        cited = {p.position.item for p in here} - {0}
        lengths = {len(x) for p in here for x in (p.value.items, p.value.titles, p.value.who)}
        if facts["items"] not in lengths | {len(cited)}:
            short.append((article, facts["items"], lengths))
    assert short == []


def test_every_paragraph_and_item_is_within_its_article(library: PolicyLibrary) -> None:
    for instrument in library.instruments:
        for version in instrument.versions:
            key = (f"{version.jurisdiction}-{version.instrument}", version.slug)
            for provision in version.provisions:
                items = FIGURES[key][whole_citation(provision.article)]["items"]
                assert provision.position.item <= items
                assert provision.position.paragraph <= 5


def test_summaries_are_short_and_end_as_sentences(entries: tuple[InstrumentEntry, ...]) -> None:
    for entry in entries:
        for version in entry.versions:
            for provision in version.provisions:
                assert provision.summary.endswith("。"), provision.summary
                assert len(provision.summary) <= 90, provision.summary


def test_every_topic_of_the_design_is_used_somewhere(library: PolicyLibrary) -> None:
    used = {p.topic for i in library.instruments for v in i.versions for p in v.provisions}
    assert used == set(Topic)


def _figures(provision: Provision) -> list[str]:
    return figures_of_data(provision) + figures_in(provision.summary)
