"""前后版本的变化 (changes): what an amendment did, as statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal

from generator.law.instruments.article import Article, read_article
from generator.law.instruments.policy_words import (
    change_words,
    modality_words,
    step_words,
    topic_words,
    value_words,
)
from generator.law.instruments.provisions import Instrument, Provision, Version
from generator.source.model.instrument import Value
from generator.source.model.law_words import Topic

ChangeKind = Literal[
    "added",
    "removed",
    "figure",
    "modality",
    "items_removed",
    "items_added",
    "renamed",
    "reworded",
    "not_comparable",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """一处变化. ``before`` and ``after`` are words ready to be shown; ``path`` leads to the article in
    the later version, or in the earlier one for what was removed."""

    kind: ChangeKind
    from_version: str
    from_label: str
    to_version: str
    to_label: str
    article: str
    path: str
    topic: Topic | None = None
    before: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """In Chinese, one statement."""
        return change_words(
            self.kind,
            {
                "article": self.article,
                "topic": topic_words(self.topic) if self.topic is not None else "",
                "before": self.before,
                "after": self.after,
                "from_label": self.from_label,
            },
        )


def changes(instrument: Instrument) -> tuple[Change, ...]:
    """从一个版本到下一个版本的变化, in the order of versions and of the text.

    Articles that the earlier text at hand does not reach are not compared; one statement says so.
    """
    return tuple(
        change for earlier, later in pairwise(instrument.versions) for change in _between(earlier, later)
    )


def changes_between(earlier: Version, later: Version) -> tuple[Change, ...]:
    """从一个版本到另一个版本的变化, whatever lies between the two; in the order of the text."""
    return tuple(_between(earlier, later))


def _between(earlier: Version, later: Version) -> Iterator[Change]:
    cut = earlier.entry.last_article
    end = read_article(cut).whole if cut is not None else None
    before, after = _grouped(earlier, end), _grouped(later, end)
    for key in sorted(before.keys() | after.keys(), key=lambda k: (k[0], list(Topic).index(k[1]))):
        for old, new in _paired(before.get(key, []), after.get(key, [])):
            yield from _compared(earlier, later, old, new)
    beyond = later.entry.last_article is None or later.entry.last_article != cut
    if cut is not None and beyond:
        yield _change(
            earlier, later, "not_comparable", article=cut, path=f"{later.path}/{read_article(cut).anchor}"
        )


def _paired(
    before: list[Provision], after: list[Provision]
) -> Iterator[tuple[Provision | None, Provision | None]]:
    """What an article said on a topic with what it says now: the same with the same, the rest in order, so that
    one added in the middle does not make those after it look changed."""
    left = list(after)
    rest: list[Provision] = []
    for old in before:
        same = next((new for new in left if (_said(new), new.value) == (_said(old), old.value)), None)
        if same is None:
            rest.append(old)
        else:
            left.remove(same)
            yield old, same
    yield from zip_longest(rest, left)


def _grouped(
    version: Version, end: tuple[int, tuple[int, ...]] | None
) -> dict[tuple[Article, Topic], list[Provision]]:
    groups: dict[tuple[Article, Topic], list[Provision]] = defaultdict(list)
    for provision in version.provisions:
        if end is None or provision.position.whole <= end:
            groups[(provision.position, provision.topic)].append(provision)
    return groups


def _compared(
    earlier: Version, later: Version, old: Provision | None, new: Provision | None
) -> Iterator[Change]:
    if old is None and new is not None:
        yield _about(earlier, later, "added", new, after=new.summary)
    elif new is None and old is not None:
        yield _about(earlier, later, "removed", old, before=old.summary)
    elif old is not None and new is not None and old.typed_in != new.typed_in:
        found = list(_value_changes(earlier, later, old, new))
        if not found and _said(old) != _said(new):
            found = [_about(earlier, later, "reworded", new, before=old.summary, after=new.summary)]
        yield from found


def _said(provision: Provision) -> tuple[object, ...]:
    """What a change of must be told even where no figure and no list changed."""
    value = provision.value
    return (
        provision.summary,
        provision.status,
        provision.delegated_to,
        provision.benefit,
        provision.reach,
        value.joined,
        value.percent_to,
    )


def _value_changes(earlier: Version, later: Version, old: Provision, new: Provision) -> Iterator[Change]:
    if old.modality is not new.modality and old.modality is not None and new.modality is not None:
        before, after = modality_words(old.modality), modality_words(new.modality)
        yield _about(earlier, later, "modality", new, before=before, after=after)
    figure_before, figure_after = value_words(old.value), value_words(new.value)
    if figure_before is not None and figure_after is not None and figure_before != figure_after:
        yield _about(earlier, later, "figure", new, before=figure_before, after=figure_after)
    for names_before, names_after in _organs(old.value, new.value):
        gone = [name for name in names_before if name not in names_after]
        come = [name for name in names_after if name not in names_before]
        if gone and come:
            yield _about(earlier, later, "renamed", new, before="、".join(gone), after="、".join(come))
        else:
            yield from _listed(earlier, later, new, gone, come)
    for list_before, list_after in _lists(old.value, new.value):
        gone = [item for item in list_before if item not in list_after]
        come = [item for item in list_after if item not in list_before]
        yield from _listed(earlier, later, new, gone, come)


def _listed(
    earlier: Version, later: Version, new: Provision, gone: list[str], come: list[str]
) -> Iterator[Change]:
    if gone:
        yield _about(earlier, later, "items_removed", new, before="；".join(gone))
    if come:
        yield _about(earlier, later, "items_added", new, after="；".join(come))


def _organs(old: Value, new: Value) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return ((old.who, new.who), (old.where, new.where))


def _lists(old: Value, new: Value) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return (
        (old.items, new.items),
        (tuple(map(step_words, old.scale)), tuple(map(step_words, new.scale))),
        (old.titles, new.titles),
        (old.documents, new.documents),
        (old.conditions, new.conditions),
    )


def _about(
    earlier: Version,
    later: Version,
    kind: ChangeKind,
    provision: Provision,
    *,
    before: str = "",
    after: str = "",
) -> Change:
    return _change(
        earlier,
        later,
        kind,
        article=provision.article,
        path=provision.path,
        topic=provision.topic,
        before=before,
        after=after,
    )


def _change(
    earlier: Version,
    later: Version,
    kind: ChangeKind,
    *,
    article: str,
    path: str,
    topic: Topic | None = None,
    before: str = "",
    after: str = "",
) -> Change:
    return Change(
        kind=kind,
        from_version=earlier.slug,
        from_label=earlier.label,
        to_version=later.slug,
        to_label=later.label,
        article=article,
        path=path,
        topic=topic,
        before=before,
        after=after,
    )
