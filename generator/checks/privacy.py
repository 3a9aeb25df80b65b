"""保密核对 (privacy checks): what a record would show by mistake, told before anything is built.

A level without a recorded ground, a named minor, a withheld person's words in a public text, a
number that never appears anywhere: each is an error at its field.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.cases.case import Case, Person, Withholding
from generator.cases.case_clock import CaseClock
from generator.cases.decision_files import GrantedHonour
from generator.checks.allusions import check_lasting, check_telling
from generator.checks.grounds import check_grounds
from generator.checks.problem import CaseProblem, Problems
from generator.checks.reviewed import is_reviewed
from generator.checks.sensitive import check_sensitive, says_minor
from generator.disclosure.dictionary import is_known_as_name, is_ordinary_word
from generator.disclosure.masking import (
    find_private_mentions,
    folded_text,
    is_masked_form,
    parts_of_name,
)
from generator.disclosure.ways_of_writing import (
    Writing,
    address_writings,
    find_birth_date,
    may_stand_in,
    name_writings,
)
from generator.disclosure.who_is_shown import is_masked, is_minor, known_as, tells_injury
from generator.disclosure.withheld_words import Withheld, guarded_words, lasting_texts, public_texts
from generator.project.settings import Settings, channel_identifiers
from generator.spellings.identifiers import find_identifiers

_ORGANS = frozenset(("signatories", "organ", "grantor"))
"""Fields that name an organ, which may employ somebody who is masked."""


def check_privacy(case: Case, clock: CaseClock | None, settings: Settings, today: date) -> Problems:
    """Grounds, minors, guarded words and numbers of one case."""
    yield from _grounds(case, today)
    yield from _minors(case, today)
    yield from _injuries(case, today)
    yield from _group_count(case)
    yield from _shared_sums(case)
    yield from _tombstones(case, settings)
    yield from check_grounds(case, clock, settings, today)
    texts = list(public_texts(case, settings.site.masking, today))
    if case.level == "confidential":
        # A decision that others may rightly show must not name anybody of this case.
        texts = [(field, text) for field, text in texts if ".document." in field]
        if not texts:
            return
        case = _all_withheld(case)
    guarded = guarded_words(case, settings.site.masking, today)
    yield from _ages(case, texts, settings, today)
    yield from check_sensitive(case, texts, today)
    yield from check_telling(case, texts, guarded, settings.site.masking, today)
    yield from _guarded(case, guarded, texts)
    desk = case.notice.desk if case.notice is not None else None
    own = frozenset(channel_identifiers(desk.channels)) if desk is not None else frozenset()
    yield from _identifiers(texts, settings.office_identifiers | own)


def _shared_sums(case: Case) -> Iterator[CaseProblem]:
    """A sum for all recipients together, one of whom is withheld, says how many there were."""
    withheld = {person.key for person in case.persons if person.disclosure == "withheld"}
    for number, honour in enumerate(case.honours):
        if honour.bonus_for != "in_all" or isinstance(honour, GrantedHonour):
            continue
        hidden = [key for key in honour.recipients if key in withheld]
        if honour.bonus_cny is not None and hidden and len(hidden) < len(honour.recipients):
            yield CaseProblem(code="DIS030", field=f"honours[{number}].bonus_cny", quoted=False)


def _all_withheld(case: Case) -> Case:
    withheld = (person.model_copy(update={"disclosure": "withheld"}) for person in case.persons)
    return case.model_copy(update={"persons": tuple(withheld)})


def _guarded(
    case: Case, guarded: tuple[Withheld, ...], texts: list[tuple[str, str]]
) -> Iterator[CaseProblem]:
    """DIS001, and DIS024 for a name that is first of all a word: 时间. Staff may answer for any name that
    stands in the dictionary."""
    # Almost every record is clean. So look over all its texts at once, and field by field only if something is there.
    whole = "\n\n".join(text for _, text in texts)
    sought = [(writing.text, item) for item in guarded for writing in _writings(item, whole) if writing.sure]
    days = [date.fromisoformat(item.text) for item in guarded if item.kind == "birth_date"]
    strings = [text for text, _ in sought]
    if not find_private_mentions(whole, strings) and not any(any(find_birth_date(whole, d)) for d in days):
        return
    for field, text in texts:
        found = [
            (start, end, "birth_date", "DIS001") for day in days for start, end in find_birth_date(text, day)
        ]
        for mention in find_private_mentions(text, strings):
            written, item = sought[mention.index]
            if item.kind == "unit" and field.rpartition(".")[2].partition("[")[0] in _ORGANS:
                continue
            ordinary = item.kind == "name" and is_ordinary_word(written)
            if ordinary and is_reviewed(case, text, mention.start, written):
                continue
            code = "DIS024" if ordinary and not is_known_as_name(written) else "DIS001"
            found.append((mention.start, mention.end, item.kind, code))
        for start, kind, code in _longest(found):
            terms = {"position": start + 1, "kind": kind}
            yield CaseProblem(code=code, field=field, terms=terms, quoted=False)


def _longest(found: list[tuple[int, int, str, str]]) -> Iterator[tuple[int, str, str]]:
    """(start, kind, code) by place; of an address and its tail only the address."""
    reached = 0
    for start, end, kind, code in sorted(found, key=lambda item: (item[0], -item[1])):
        if end > reached:
            yield start, kind, code
        reached = max(reached, end)


def _writings(item: Withheld, whole: str) -> tuple[Writing, ...]:
    """Those that may stand in ``whole``."""
    if item.kind == "name":
        # Parts are words of their own, but for those in the name of somebody shown: 古丽·阿卜杜拉, the
        # daughter of 阿卜杜拉·买买提.
        parts = parts_of_name(item.text)
        return tuple(writing for writing in name_writings(item.text) if writing.text not in parts)
    if item.kind == "address":
        return address_writings(item.text) if may_stand_in(item.text, folded_text(whole)) else ()
    return () if item.kind == "birth_date" else (Writing(text=item.text),)


def _identifiers(texts: list[tuple[str, str]], allowed: frozenset[str]) -> Iterator[CaseProblem]:
    if not find_identifiers("\n\n".join(text for _, text in texts), allowed=allowed):
        return
    for field, text in texts:
        for hit in find_identifiers(text, allowed=allowed):
            yield CaseProblem(
                code="DIS002",
                field=field,
                terms={"kind": hit.kind, "position": hit.start + 1},
                quoted=False,
            )


def _grounds(case: Case, today: date) -> Iterator[CaseProblem]:
    if case.level != "public" and case.withholding is None:
        yield CaseProblem(code="DIS003", field="level", terms={"level": case.level})
    if case.level == "public" and _holds(case.withholding, today):
        yield CaseProblem(code="DIS004", field="withholding", terms={"level": case.level})
    for index, person in enumerate(case.persons):
        minor = is_minor(case, person, today)
        if case.level == "public" and person.disclosure == "full" and _holds(person.withholding, today):
            yield CaseProblem(
                code="DIS004", field=f"persons[{index}].withholding", terms={"level": person.disclosure}
            )
        if (
            person.disclosure != "full"
            and person.withholding is None
            and case.level == "public"
            and not (person.disclosure == "masked" and (minor or _published_masked(person)))
        ):
            yield CaseProblem(
                code="DIS003", field=f"persons[{index}].disclosure", terms={"level": person.disclosure}
            )
    if (
        case.persons
        and case.level != "confidential"
        and all(p.disclosure == "withheld" for p in case.persons)
    ):
        yield CaseProblem(code="DIS005", field="level", terms={"level": case.level})


def _published_masked(person: Person) -> bool:
    """The organ itself left the name out, so the site withholds nothing that the organ published."""
    return person.name_as_published is not None and is_masked_form(person.name_as_published)


def _holds(withholding: Withholding | None, today: date) -> bool:
    """Whether it still holds: one that has ended may stay in the record of what is public now."""
    return withholding is not None and (withholding.ends_on is None or withholding.ends_on >= today)


def _tombstones(case: Case, settings: Settings) -> Problems:
    """The reason that stays when names are taken down must not bring them back."""
    if settings.site.retention.tombstone_names or case.level == "confidential":
        return
    names = tuple({name for person in case.persons for name in (person.name, known_as(person))})
    lasting = list(lasting_texts(case))
    yield from check_lasting(case, lasting)
    for field, text in lasting:
        for mention in find_private_mentions(text, names):
            yield CaseProblem(code="DIS008", field=field, terms={"position": mention.start + 1})


def _minors(case: Case, today: date) -> Iterator[CaseProblem]:
    for index, person in enumerate(case.persons):
        minor = is_minor(case, person, today)
        if (
            minor
            and person.disclosure == "full"
            and case.level == "public"
            and person.guardian_consent is None
        ):
            yield CaseProblem(code="DIS006", field=f"persons[{index}].disclosure")


def _ages(case: Case, texts: list[tuple[str, str]], settings: Settings, today: date) -> Iterator[CaseProblem]:
    """If nothing tells a person's age, nobody can rule out a minor. Old honours may be that sparse, unless their
    words call somebody a child."""
    for index, person in enumerate(case.persons):
        if person.disclosure == "withheld" or _tells_age(person):
            continue
        shows_unit = settings.site.masking.unit == "full" and person.unit is not None
        if not shows_unit and is_masked(case, person, today):
            continue
        if case.notice is not None or says_minor(texts, known_as(person)):
            yield CaseProblem(code="DIS014", field=f"persons[{index}]")


def _tells_age(person: Person) -> bool:
    return (person.born, person.age_at_act, person.private.born_on, person.adult) != (None,) * 4


def _injuries(case: Case, today: date) -> Iterator[CaseProblem]:
    if case.level != "public":
        return
    for index, person in enumerate(case.persons):
        if (
            person.injured is not None
            and not is_masked(case, person, today)
            and not tells_injury(case, person, today)
        ):
            yield CaseProblem(code="DIS013", field=f"persons[{index}].injured")


def _group_count(case: Case) -> Iterator[CaseProblem]:
    """A head count above the number of members shown would say that somebody is hidden."""
    if case.group is None or case.group.head_count is None or case.level == "confidential":
        return
    shown = [person for person in case.persons if person.disclosure != "withheld"]
    hidden = len(case.persons) - len(shown)
    if hidden and shown and case.group.head_count != len(shown):
        yield CaseProblem(code="DIS007", field="group.head_count")
