"""法规文本核对 (checks on the texts themselves): no article forgotten, no topic lost, no day in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.law.instruments.article import numbered_citation, read_article, whole_citation
from generator.law.instruments.library_settings import LibrarySettings
from generator.law.instruments.policy_words import topic_words
from generator.law.instruments.provisions import Version
from generator.law.instruments.versions import TEXTS_KEPT, inherited_versions, passed_on
from generator.source.model.instrument import InstrumentEntry, VersionEntry
from generator.source.model.law_words import Topic


@lru_cache(maxsize=TEXTS_KEPT)
def check_text(entry: InstrumentEntry) -> tuple[Diagnostic, ...]:
    """Every problem of one text. Places have a field and no file yet."""
    return tuple(_problems(inherited_versions(entry, LibrarySettings())))


def _problems(versions: tuple[Version, ...]) -> Iterator[Diagnostic]:
    earlier: dict[str, Version] = {}
    for number, version in enumerate(versions):
        field = f"versions[{number}]"
        yield from _too_early(version, field)
        yield from _uncovered(version, field, earlier)
        if version.entry.inherits is not None:
            yield from _lost(version, earlier[version.entry.inherits], field)
        earlier[version.slug] = version


def _too_early(version: Version, field: str) -> Iterator[Diagnostic]:
    """A first day in force that is stated and lies before the text was passed."""
    passed, stated = passed_on(version.entry), version.entry.in_force_from
    if passed is not None and isinstance(stated, date) and stated < passed:
        yield diagnose(
            "LAW126",
            Place(path="", field=f"{field}.in_force_from"),
            facts={"found": stated.isoformat()},
            terms={"version": version.label, "passed": passed.isoformat()},
        )


def _uncovered(version: Version, field: str, earlier: dict[str, Version]) -> Iterator[Diagnostic]:
    """Articles of the text that are neither digested nor said to carry no rule, and the other way round."""
    terms = {"version": version.label}
    at_hand = articles_at_hand(version.entry, earlier)
    digested = {whole_citation(item.article) for item in version.provisions}
    silent = {whole_citation(item.article) for item in version.without_rule}
    if at_hand is None:
        if version.entry.entered == "whole":
            yield diagnose("LAW110", Place(path="", field=field), terms=terms)
        return
    if version.entry.entered == "whole" and (missing := [a for a in at_hand if a not in digested | silent]):
        yield diagnose(
            "LAW111",
            Place(path="", field=field),
            terms={**terms, "articles": "、".join(missing)},
        )
    cited = [(f"provisions[{n}]", item.article) for n, item in enumerate(version.entry.provisions)]
    cited += [(f"without_rule[{n}]", item.article) for n, item in enumerate(version.entry.without_rule)]
    for place, article in cited:
        if whole_citation(article) not in at_hand:
            yield diagnose(
                "LAW112",
                Place(path="", field=f"{field}.{place}.article"),
                terms={**terms, "article": article, "last": at_hand[-1]},
            )
    for place, article in cited:
        if place.startswith("without_rule") and article in digested:
            yield diagnose(
                "LAW113",
                Place(path="", field=f"{field}.{place}.article"),
                terms={**terms, "article": article},
            )


def articles_at_hand(entry: VersionEntry, earlier: dict[str, Version]) -> tuple[str, ...] | None:
    """Every article or part of the text at hand, as cited; None where nobody has counted them."""
    if entry.sections:
        return entry.sections
    if entry.article_count is not None:
        return tuple(map(numbered_citation, range(1, entry.article_count + 1)))
    if entry.inherits is None:
        return None
    return articles_at_hand(earlier[entry.inherits].entry, earlier)


def _lost(version: Version, base: Version, field: str) -> Iterator[Diagnostic]:
    """Topics that an article had before the amendment and has no more: what an amendment says of an article
    replaces all that was said of it."""
    own = _topics(version.entry)
    named = {(read_article(item.article).whole, item.topic) for item in version.entry.dropped}
    before: dict[tuple[int, tuple[int, ...]], dict[Topic, str]] = {}
    for provision in base.provisions:
        before.setdefault(provision.position.whole, {})[provision.topic] = provision.article
    for whole, topics in own.items():
        for topic, article in before.get(whole, {}).items():
            if topic not in topics and (whole, topic) not in named:
                yield diagnose(
                    "LAW114",
                    Place(path="", field=field),
                    terms={
                        "version": version.label,
                        "before": base.label,
                        "article": whole_citation(article),
                        "topic": topic_words(topic),
                        "key": topic.value,
                    },
                )


def _topics(entry: VersionEntry) -> dict[tuple[int, tuple[int, ...]], set[Topic]]:
    """Topics by whole article; none for one that is said to carry no rule."""
    found: dict[tuple[int, tuple[int, ...]], set[Topic]] = {}
    for provision in entry.provisions:
        found.setdefault(_whole(provision.article), set()).add(provision.topic)
    for silent in entry.without_rule:
        found.setdefault(_whole(silent.article), set())
    return found


def _whole(citation: str) -> tuple[int, tuple[int, ...]]:
    return read_article(citation).whole


def check_verified(entry: InstrumentEntry, today: date) -> Iterator[Diagnostic]:
    """Digests that were compared with their text on a day later than ``today``: nobody can have done so."""
    for number, version in enumerate(entry.versions):
        days = [(f"versions[{number}].last_verified_on", version.last_verified_on)]
        days += [
            (f"versions[{number}].provisions[{place}].last_verified_on", provision.last_verified_on)
            for place, provision in enumerate(version.provisions)
            if provision.last_verified_on is not None
        ]
        for field, day in days:
            if day > today:
                yield diagnose(
                    "LAW115",
                    Place(path="", field=field),
                    facts={"found": day.isoformat()},
                    terms={"today": today.isoformat()},
                )
