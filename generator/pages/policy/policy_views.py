"""规定的样子 (views): provisions and answers as the policy pages show them.

Every statement carries its article, the address of that article and the day it was last verified;
the three silences stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from generator.catalogue import Language, spoken, wording
from generator.law.instruments import BOTH_WAYS, Answer, AnswerStatus, Note, PolicyLibrary, Provision, Version
from generator.law.instruments.policy_words import (
    cited_words,
    modality_words,
    step_words,
    topic_words,
)
from generator.pages.policy.policy_benefit import benefit_words, modality_mark
from generator.pages.policy.policy_silence import Silence, silence, unread_words
from generator.pages.policy.policy_values import Figure, figure_of, plain_dates, span_words
from generator.pages.templating import cn_date
from generator.source.model.instrument import Value
from generator.source.model.law_words import Event, Modality, Status, Topic
from generator.system.identity import Same

STRETCHES_KEPT = 512
"""Of the law of places: the whole library has about a hundred, in each of two languages."""
_STATEMENTS_KEPT = 16_384
"""The whole library has about two thousand rules, each worded in two ways at most."""
NATION = "nation"
"""What the nation is as a level."""
_SHORT = 8
"""Characters of an entry that still reads well in a row with others."""
_LIMITS = ("conditions", "excludes")
"""Lists without which a figure is told wrongly."""
_LISTS = ("items", "scale", "titles", "documents", "who", "where", "conditions", "excludes")


_OF_ITSELF = frozenset({Topic.EFFECTIVE_DATE, Topic.REPEAL})
"""Topics on which a law speaks of itself alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """一份清单 of a provision. ``key`` is the field it stands in, ``label`` its name."""

    key: str
    label: str
    entries: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether the entries want a line each."""
        return any(len(entry) > _SHORT for entry in self.entries) and len(self.entries) > 1

    @property
    def words(self) -> str:
        """The entries in one line."""
        return str(wording("common")["marks"]["also" if self.long else "list"]).join(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """一句规定. ``source`` names the instrument where it is not the page's own, else empty."""

    topic: str
    topic_label: str
    summary: str
    article: str
    path: str
    anchor: str
    status: str
    verified_on: date
    figure: Figure | None
    span: str
    steps: tuple[Event | None, Event | None]
    """From which step of a case to which its period runs."""
    ground: str
    """理由 of an extension, whether the summary tells it or not."""
    listings: tuple[Listing, ...]
    lists: Mapping[str, tuple[str, ...]]
    """Every list of the value, by field."""
    joined: str | None
    """How the conditions go together, where there are several: ``any``, ``all``."""
    typed_in: str
    silence: Silence
    """Words for ``status`` where the article is ``silent``."""
    source: str = ""
    benefit: str = ""
    """Of a benefit: for whom and on what conditions, in one line."""
    modality: str = ""
    """应当、可以 …, where the summary does not say it."""
    against: str = ""
    """针对不予确认: which decision it is a way against."""
    hedge: str = ""
    """一般应当, for a figure that stands without its summary: exceptions are open."""
    unit_open: bool = False
    """Whether its days are said to be neither calendar days nor working days."""
    in_doubt: bool = False
    """Whether it is from above and it is not certain that its text holds on the day."""
    duty_of_others: bool = False
    """Whether it is what others must do on the spot, and nothing that somebody is given."""
    pays: bool = False
    """Whether it says who pays."""
    silent_on: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    """Why something here was concluded that the article does not say."""
    unasked: bool = False
    """What an organ does of its own where nobody applied."""

    @property
    def cited(self) -> str:
        """条款 as a link says it."""
        return cited_words(self.article)

    @property
    def on_condition(self) -> str:
        """Whom it is for, its conditions in one line: 有重大贡献，或者经司法医学鉴定为重伤的."""
        words = wording("policies")["values"]
        told = str(words["in_one"][self.joined or "one"]).join(self.lists["conditions"])
        end = str(words["whoever"])
        return told if told.endswith(end) else f"{told}{end}"

    @property
    def told(self) -> str:
        """What stands beside its figure where the summary does not: from which step to which, or on what condition.

        It is the summary after all where steps alone would tell it wrongly: where conditions apply, or where a step
        was concluded (自知道之日起, taken as 送达).
        """
        conditions = self.lists["conditions"]
        if self.figure is None:
            return self.summary
        if self.span:
            return self.summary if conditions or self.inferred else self.span
        return self.on_condition if conditions else self.summary

    @property
    def named(self) -> str:
        """The summary, of materials with what it only counts."""
        return self.with_items if self.topic == Topic.MATERIALS else self.summary

    @property
    def with_items(self) -> str:
        """The summary, with the items that it only counts: 应当提供三项材料：申请书；身份证明；事实材料。"""
        listed = next((item for item in self.listings if item.key == "items"), None)
        if listed is None:
            return self.summary
        marks = wording("common")["marks"]
        stop = str(marks["stop"]).strip()
        return f"{self.summary.removesuffix(stop)}{marks['colon']}{listed.words}{stop}"

    @property
    def aimed(self) -> str:
        """Which decision its figure is for, where only steps are told: 针对不予确认."""
        return self.against if self.told == self.span else ""

    @property
    def caveats(self) -> tuple[tuple[str, str], ...]:
        """(label, words) of what limits its figure and :attr:`told` does not say: conditions, days that do not
        count, when its longest time may be taken."""
        if self.figure is None:
            return ()
        told = self.told
        marks = wording("common")["marks"]
        found = [
            (_listed_as(self.topic, key, self.joined), str(marks["also"]).join(self.lists[key]))
            for key in _LIMITS
            if any(entry not in told for entry in self.lists[key])
        ]
        if self.ground and self.ground not in told:
            found.append((str(wording("policies")["values"]["ground"]), self.ground))
        return tuple(found)

    @property
    def is_complaint(self) -> bool:
        """申诉: whether it is a way for somebody who has not got what was granted, and no way against a decision."""
        return Event.COMPLAINT in self.steps

    @property
    def silent(self) -> bool:
        """Whether the article speaks of the matter and lays nothing down, or has a blank there."""
        return self.status != Status.STATED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """一个主题 on one day. ``status`` is that of the jurisdiction's own text.

    ``above`` are the views from above, nearest first, where the own text does not state the topic or a
    higher one opens a way beside it; ``by_above`` is the one of them to go by, if any.
    """

    topic: str
    label: str
    status: str
    statements: tuple[Statement, ...]
    notes: tuple[str, ...]
    silence: Silence
    """Words for ``status`` where it is not stated."""
    superiors: tuple[str, ...] = ()
    """Superior instruments that the texts name and that are not at hand, whatever the status."""
    level: str = ""
    """What the place is whose texts these are: ``province``."""
    above: tuple[TopicView, ...] = ()
    by_above: TopicView | None = None
    goes_on: Silence | None = None
    """原文不全, where something is stated and more may stand in the part of the text that is not at hand."""

    @property
    def effective(self) -> tuple[Statement, ...]:
        """Statements to go by."""
        return self.by_above.statements if self.by_above is not None else self.statements

    @property
    def in_doubt(self) -> bool:
        """Whether something here is from above and it is not certain that its text holds on the day."""
        return any(item.in_doubt for item in self.statements)

    @property
    def as_read_below(self) -> str:
        """What a text below says of this one where it cannot be called silent."""
        return unread_words(self.level, self.status)

    @property
    def spoken_above(self) -> tuple[TopicView, ...]:
        """Those from above that say something."""
        return tuple(view for view in self.above if view.statements)

    @property
    def in_brief(self) -> tuple[Statement, ...]:
        """What stands for the topic where there is room for a line: the first that somebody is given, before duties of
        others; of costs of treatment all that say who pays, of materials the first that says which."""
        said = (
            self.effective
            or self.statements
            or (self.spoken_above[0].statements if self.spoken_above else ())
        )
        if self.topic == Topic.MATERIALS:
            return tuple(item for item in said if item.lists["items"])[:1] or said[:1]
        if not self.topic.startswith("benefit_"):
            return said[:1]
        if self.topic == Topic.BENEFIT_MEDICAL and any(item.pays for item in said):
            return tuple(item for item in said if item.pays)
        return tuple(item for item in said if item.benefit and not item.duty_of_others)[:1] or said[:1]

    @property
    def opens_ways(self) -> bool:
        """Whether what a higher text says is a way of its own, whatever the own one says."""
        return Topic(self.topic) in BOTH_WAYS

    def only_compares(self, other: TopicView) -> bool:
        """Whether ``other``, from above, is neither what to go by nor a way of its own, and general: the
        nation's laws speak of these matters in passing."""
        return other.level == NATION and other != self.by_above and not self.opens_ways

    @property
    def figures(self) -> tuple[Statement, ...]:
        """Statements to go by that have a figure, or that leave one open."""
        return tuple(item for item in self.effective if item.figure is not None or item.silent)


def statement(
    provision: Provision,
    place: str,
    *,
    superiors: Iterable[str] = (),
    unread: str = "",
    alone: bool = True,
    named: bool = False,
    in_doubt: bool = False,
    level: str = "",
) -> Statement:
    """一句规定, with the lists that its summary does not already spell out.

    ``place`` is the full name of its jurisdiction; ``superiors`` are those of its version that are not at hand; ``alone``
    says that no other text has a say, ``unread`` what of one above is not known, ``level`` whose text it is where it is
    from above.
    """
    value = provision.value
    against = wording("policies")["path"]["against"]
    return Statement(
        topic=provision.topic.value,
        topic_label=topic_words(provision.topic),
        summary=provision.summary,
        article=provision.article,
        path=provision.path,
        anchor=provision.anchor,
        status=provision.status.value,
        verified_on=provision.last_verified_on,
        figure=figure_of(value),
        span=span_words(value),
        steps=(value.from_, value.to),
        ground=value.extension_ground or "",
        lists={key: _entries(value, key) for key in _LISTS},
        listings=tuple(_listings(provision)),
        joined=value.joined,
        typed_in=provision.typed_in,
        silence=silence(
            provision.status.value, superiors=superiors, elsewhere=not alone, unread=unread, level=level
        ),
        source=version_title(provision.instrument_title, provision.version_label) if named else "",
        benefit=benefit_words(provision.benefit, place) if provision.benefit is not None else "",
        against=str(against[value.against.value]) if value.against is not None else "",
        modality=modality_mark(provision.modality, provision.summary),
        hedge=modality_words(Modality.SHOULD_GENERALLY)
        if provision.modality is Modality.SHOULD_GENERALLY
        else "",
        unit_open=value.days is not None and value.day_unit == "unspecified",
        in_doubt=in_doubt,
        duty_of_others=provision.benefit is not None and provision.benefit.duty_of_others,
        pays=provision.benefit is not None and bool(provision.benefit.payers),
        silent_on=provision.silent_on,
        inferred=tuple(reason for _, reason in provision.inferred),
        unasked=value.without_application,
    )


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _stated(
    provision: Same[Provision],
    place: str,
    superiors: tuple[str, ...],
    unread: str,
    language: Language,
    *,
    alone: bool,
    named: bool,
    in_doubt: bool,
    level: str,
) -> Statement:
    """:func:`statement` in the ``language`` spoken: most rules are the same from one stretch of law to the next, and
    in every place below."""
    return statement(
        provision.value,
        place,
        superiors=superiors,
        unread=unread,
        alone=alone,
        named=named,
        in_doubt=in_doubt,
        level=level,
    )


def version_title(title: str, label: str) -> str:
    """文本的名称: 《条例》2025修正."""
    return str(wording("common")["marks"]["version"]).format(title=title, label=label)


def _listings(provision: Provision) -> Iterator[Listing]:
    for key in _LISTS:
        entries = _entries(provision.value, key)
        if any(entry not in provision.summary for entry in entries):
            label = _listed_as(provision.topic.value, key, provision.value.joined)
            yield Listing(key=key, label=label, entries=entries)


def _listed_as(topic: str, key: str, joined: str | None) -> str:
    """What a list of a topic is called: 条件（有其一即可）."""
    forms = wording("policies")["values"]
    label = str(forms["lists_of"].get(topic, {}).get(key, forms["lists"][key]))
    return forms["joined"][joined].format(label=label) if key == "conditions" and joined else label


def _entries(value: Value, key: str) -> tuple[str, ...]:
    """A list of the value in words."""
    return tuple(map(step_words, value.scale)) if key == "scale" else getattr(value, key)


def topic_view(
    answer: Answer,
    library: PolicyLibrary,
    shared: Iterable[Note] = (),
    above: Iterable[Note] = (),
    *,
    named: bool = False,
) -> TopicView:
    """一个主题的样子.

    ``shared`` are the notes on the choice of version, ``above`` those on the texts above: a page prints
    them once, so they are left out here. ``named`` makes every statement name its instrument; several
    texts that may hold, and those from above, always do.
    """
    known = set(shared)
    several = named or len(answer.texts) > 1
    higher = [
        (item, topic_view(replace(item, province=None), library, above, named=True))
        for item in answer.above
        # Of a law on another matter only what was taken from it is worth a word, and not its own days.
        if not library.only_beside(item.jurisdiction) or (item.provisions and answer.topic not in _OF_ITSELF)
    ]
    effective = answer.effective
    is_told = any(not all(item.silent for item in view.statements) for _, view in higher)
    # What a text above says is shown; only where none says anything does it matter that one is not known whole.
    unread = "" if is_told else next(filter(None, (view.as_read_below for _, view in higher)), "")
    superiors = {version.key: version.superior_not_at_hand for version in answer.texts}
    missing = tuple(dict.fromkeys(title for titles in superiors.values() for title in titles))
    level = library.levels.get(answer.jurisdiction, "province")
    return TopicView(
        topic=answer.topic.value,
        label=topic_words(answer.topic),
        status=answer.status.value,
        statements=tuple(
            _stated(
                Same(p),
                library.names.get(p.jurisdiction, ""),
                superiors[p.version_key],
                unread,
                spoken(),
                alone=not (several or is_told),
                named=several,
                # The head of the place's own page says so of all of them.
                in_doubt=named and not answer.is_dated,
                level=level if named else "",
            )
            for p in answer.provisions
        ),
        notes=tuple(
            plain_dates(note.words)
            for note in answer.notes
            # The article's own summary says what it leaves open, and the text above is shown, not only looked up.
            if note not in known and note.key not in ("left_open", "province_consulted", "province_beside")
        ),
        silence=silence(
            answer.status.value,
            superiors=missing,
            elsewhere=named or is_told,
            unread=unread,
            level=level if named else "",
        ),
        superiors=missing,
        level=level,
        above=tuple(view for _, view in higher),
        by_above=next((view for item, view in higher if item is effective), None),
        goes_on=silence(AnswerStatus.UNKNOWN.value)
        if answer.status is AnswerStatus.STATED
        and any(library.goes_on(version, answer.topic) for version in answer.texts)
        else None,
    )


def topic_views(library: PolicyLibrary, jurisdiction: str, on: date) -> Mapping[Topic, TopicView]:
    """每个主题的样子 in a jurisdiction on a day, in the order of topics."""
    return _views_since(library, jurisdiction, same_law_since(library, jurisdiction, on), spoken())


def same_law_since(library: PolicyLibrary, jurisdiction: str, on: date) -> date:
    """从哪天起就是这样: the first day since when the law of a jurisdiction, and of those above it, is that of ``on``."""
    return max((day for day in library.law_days(jurisdiction) if day <= on), default=date.min)


@lru_cache(maxsize=STRETCHES_KEPT)
def _views_since(
    library: PolicyLibrary, jurisdiction: str, since: date, language: Language
) -> Mapping[Topic, TopicView]:
    """The same for all days on which the law is that of ``since``, in the ``language`` spoken: the overview, the
    digest and the comparison of a place show the same views."""
    shared = library.version_on(jurisdiction, since).notes
    above = [
        note for place in library.chain(jurisdiction)[1:] for note in library.version_on(place, since).notes
    ]
    return {
        topic: topic_view(library.provision(jurisdiction, topic, since), library, shared, above)
        for topic in Topic
    }


def since_words(version: Version) -> str:
    """从哪天起适用、从何得知, in one phrase: 推定自2020年11月27日起（通过之日；施行日期本站未收录）. Empty where no day and
    no year is known."""
    if version.starts_on is None:
        return ""
    form = str(wording("policies")["digest"]["since_by"][version.start.value])
    return form.format(day=cn_date(version.starts_on), year=version.starts_on.year)


def last_day_words(version: Version) -> str:
    """到哪天为止, and whether that day is only counted: 推定2025年5月28日. Empty where it has no end."""
    if version.ends_on is None:
        return ""
    day = cn_date(version.ends_on)
    return str(wording("policies")["compare"]["assumed"]).format(day=day) if version.ends_by_count else day


def verified_since(versions: Iterable[Version]) -> date | None:
    """最后核对: the day since which every one of the versions counts as verified; None without versions."""
    return min((version.entry.last_verified_on for version in versions), default=None)
