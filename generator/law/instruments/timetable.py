"""时间表 (timetable): the days on which a jurisdiction's law changes, and what holds between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.catalogue import wording
from generator.law.instruments.provisions import Instrument, Note, Start, Version, VersionAnswer
from generator.law.instruments.versions import earliest_day, passed_on
from generator.source.model.instrument import Enactment, Repealed

_EARLIER_TEXT, _EARLIER_WORDING = "earlier_text", "earlier_wording"
TEXTS_NOT_HELD = frozenset(
    key for name in (_EARLIER_TEXT, _EARLIER_WORDING) for key in (name, f"{name}_dated")
)
"""Notes that name a text of the day which is not at hand."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """时间表: when which version holds; ``answers[0]`` before ``days[0]``, ``answers[i]`` from ``days[i-1]``."""

    days: tuple[date, ...]
    answers: tuple[VersionAnswer, ...]

    def index(self, on: date) -> int:
        """Which stretch of days ``on`` lies in."""
        return bisect_right(self.days, on)

    def at(self, on: date) -> VersionAnswer:
        """The answer of that stretch."""
        return self.answers[self.index(on)]


def timetable_of(jurisdiction: str, instruments: tuple[Instrument, ...]) -> Timetable:
    """时间表 of one jurisdiction's own instruments: those on 见义勇为 follow one another, those on other
    matters stand beside them, each for itself."""
    main = tuple(item for item in instruments if item.entry.matter == "bravery")
    others = [_timetable(jurisdiction, (item,)) for item in instruments if item.entry.matter == "other"]
    table = _timetable(jurisdiction, main)
    if not others:
        return table
    turning = tuple(sorted({day for each in (table, *others) for day in each.days}))
    answers = []
    for since, until in zip((None, *turning), (*turning, None), strict=True):
        on = since if since is not None else _before(until)
        beside = tuple(version for other in others for version in other.at(on).candidates)
        answer = table.at(on)
        answers.append(
            replace(
                answer,
                beside=beside,
                # Nothing on 见义勇为 itself was ever expected of a place that has only other laws.
                certain=answer.certain if main else bool(beside),
                notes=answer.notes if main or not beside else (),
                since=since,
                until=until - _DAY if until is not None else None,
            )
        )
    return Timetable(days=turning, answers=tuple(answers))


def _before(until: date | None) -> date:
    return until - _DAY if until is not None else date.min


def _timetable(jurisdiction: str, instruments: tuple[Instrument, ...]) -> Timetable:
    versions = tuple(version for item in instruments for version in item.versions)
    days: set[date] = set()
    for version in versions:
        if version.starts_on is not None:
            days.add(version.starts_on)
            if version.start is Start.TITLE_YEAR:
                days.add(date(version.starts_on.year + 1, 1, 1))
        elif (earliest := earliest_day(version.entry)) is not None:
            days.add(earliest)
        if version.ends_on is not None:
            days.add(version.ends_on + _DAY)
    for item in instruments:
        if (begun := _begun(item.entry.enacted)) is not None:
            days.add(begun)
        for repealed in item.repeals:
            days.add(repealed.repealed_on)
            if (begun := _begun(repealed)) is not None:
                days.add(begun)
    turning = tuple(sorted(days))
    answers = [
        _choose(jurisdiction, instruments, versions, since, until - _DAY if until is not None else None)
        for since, until in zip((None, *turning), (*turning, None), strict=True)
    ]
    return Timetable(days=turning, answers=tuple(answers))


def empty_timetable(jurisdiction: str) -> Timetable:
    """A jurisdiction none of whose instruments is at hand."""
    nothing = VersionAnswer(
        jurisdiction=jurisdiction,
        version=None,
        candidates=(),
        certain=False,
        notes=(Note(key="no_instrument"),),
        since=None,
        until=None,
    )
    return Timetable(days=(), answers=(nothing,))


def _choose(
    jurisdiction: str,
    instruments: tuple[Instrument, ...],
    versions: tuple[Version, ...],
    since: date | None,
    until: date | None,
) -> VersionAnswer:
    """The version of one stretch of days without a turning day inside."""
    on = since if since is not None else (until or date.min)
    dated = [v for v in versions if v.starts_on is not None and v.starts_on <= on and _not_over(v, on)]
    undated = [v for v in versions if v.starts_on is None and _not_over(v, on) and not _too_early(v, on)]
    notes: list[Note] = []
    certain = True
    version: Version | None = None
    candidates: tuple[Version, ...] = ()
    if dated:
        version = max(dated, key=lambda v: v.starts_on or date.min)
        # An amendment without a start of its own may have replaced this version already.
        for later in undated:
            if later.entry.inherits is not None and later.instrument == version.instrument:
                certain = False
                notes.append(_note("amended_without_start", later))
            elif later.instrument != version.instrument:
                certain = False
                notes.append(_note("also_undated", later))
    elif len(undated) == 1:
        version, certain = undated[0], False
    elif undated:
        candidates, certain = tuple(undated), False
        marks = wording("common")["marks"]
        titles = str(marks["list"]).join(
            str(marks["title"]).format(title=v.instrument_title) for v in undated
        )
        notes.append(Note(key="several_candidates", terms=(("titles", titles),)))
    if version is not None:
        candidates = (version,)
        certain = _explain_start(version, on, notes) and certain
        if version.entry.text_at_hand == "cut_off":
            terms = (("article", version.entry.last_article or ""), ("label", version.label))
            notes.append(Note(key="cut_off", terms=terms))
    elif not candidates:
        certain = False
        notes.extend(_explain_nothing(instruments, on))
    return VersionAnswer(
        jurisdiction=jurisdiction,
        version=version,
        candidates=candidates,
        certain=certain,
        notes=tuple(notes),
        since=since,
        until=until,
    )


def _not_over(version: Version, on: date) -> bool:
    return version.ends_on is None or on <= version.ends_on


def _too_early(version: Version, on: date) -> bool:
    earliest = earliest_day(version.entry)
    return earliest is not None and on < earliest


def _note(key: str, version: Version) -> Note:
    entry = version.entry
    approved = entry.approved_on.isoformat() if isinstance(entry.approved_on, date) else ""
    passed = passed_on(entry)
    start = version.starts_on.isoformat() if version.starts_on is not None else ""
    terms = {
        "title": version.instrument_title,
        "label": version.label,
        "approved_on": approved,
        "passed_on": passed.isoformat() if passed is not None else "",
        "starts_on": start,
        "amended_in": str(entry.amended_in or ""),
    }
    return Note(key=key, terms=tuple(terms.items()))


def _explain_start(version: Version, on: date, notes: list[Note]) -> bool:
    """Say where the start comes from; True when that leaves no doubt for this day."""
    match version.start:
        case Start.STATED:
            notes.append(_note("start_stated", version))
            return True
        case Start.INFERRED | Start.APPROVAL | Start.ISSUE | Start.ADOPTION | Start.SETTING:
            notes.append(_note(f"start_{version.start.value}", version))
            return True
        case Start.TITLE_YEAR:
            notes.append(_note("start_title_year", version))
            return version.starts_on is not None and on.year > version.starts_on.year
        case Start.UNKNOWN:
            notes.append(_note("start_unknown", version))
            return False


def _explain_nothing(instruments: tuple[Instrument, ...], on: date) -> list[Note]:
    notes = [Note(key="no_version")]
    at_hand = {item.title for item in instruments}
    for item in instruments:
        first = item.versions[0]
        if first.entry.kind == "amended" and not _is_begun(first, on):
            terms = (("title", item.title), ("label", first.label))
            notes += _not_held(_EARLIER_WORDING, item.entry.enacted, on, terms)
        for repealed in item.repeals:
            # Of a text at hand its own entry tells what held before the wording at hand.
            if on < repealed.repealed_on and repealed.title not in at_hand:
                terms = (("title", repealed.title), ("repealed_on", repealed.repealed_on.isoformat()))
                notes += _not_held(_EARLIER_TEXT, repealed, on, terms)
    return notes


def _not_held(
    key: str, made: Enactment | Repealed | None, on: date, terms: tuple[tuple[str, str], ...]
) -> Iterator[Note]:
    """That a text held on a day, or may have held, which is not at hand; nothing on a day before it was made."""
    since = made.in_force_from if made is not None else None
    begun = _begun(made)
    if begun is not None and on < begun:
        return
    if since is None:
        yield Note(key=key, terms=terms)
    else:
        yield Note(key=f"{key}_dated", terms=(*terms, ("from", since.isoformat())))


def _begun(made: Enactment | Repealed | None) -> date | None:
    """The first day on which a text that is not at hand held or may have held; None where that is not known."""
    if made is None:
        return None
    return made.in_force_from or made.approved_on or made.adopted_on


def _is_begun(version: Version, on: date) -> bool:
    return version.starts_on <= on if version.starts_on is not None else not _too_early(version, on)
