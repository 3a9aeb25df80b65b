"""须保守的字句 (secrets): the words of a record that must not reach the public, and the texts that do.

Two lists, both exhaustive by construction: a test walks the fields of ``Case`` and fails when a new
one stands in neither. A name is kept from the public unless the public case itself shows it: that is
so by level and by person, for minors, before publication, and after names were taken down.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeGuard

from generator.cases.case import Case, HonourRecord, Person
from generator.cases.decision_files import GrantedHonour
from generator.cases.private_items import parts_of_item
from generator.disclosure.disclose import FAR_AND_WIDE
from generator.disclosure.masking import is_masked_form, parts_of_name, reduce_place, surname_of
from generator.disclosure.notes import names_in_note, numbers_in_note
from generator.disclosure.vacant import vacant_numbers
from generator.disclosure.ways_of_writing import unit_without_place
from generator.disclosure.who_is_shown import is_masked, is_minor, known_as, tells_injury, tells_portrait
from generator.public.public_case import PublicCase
from generator.source.model.authority import Desk
from generator.source.model.site_settings import Masking

SecretKind = Literal[
    "name",
    "unit",
    "address",
    "school",
    "birth_date",
    "number",
    "narrative",
    "case_number",
    "note",
    "id",
    "other",
]

_TELLING = frozenset(
    {"act.summary", "act.narrative", "act.verification", "act.place", "notice.title", "notice.opening"}
)
_FURTHER = re.compile(r"^further_acts\[[0-9]+\]\.")
_TELLING_IF_LONG = frozenset({"what", "was", "now", "public_reason", "ground", "loss_averted"})
_LONG, _TELLING_INJURY, _SHORTEST_NUMBER, _SHORTEST_PLACE = 12, 4, 5, 4
"""Characters."""
_OF_NAMES = frozenset({"name", "note", "other"})
_LANDLINE = re.compile(
    r"[(（]?(?:\+?86[-— ]?0?|0)[0-9]{2,3}[)）]?[-—－ ]?(?P<local>[0-9]{7,8})(?:(?:[-—转分机 ]|ext)+[0-9]{1,6})?"
)
_DOOR = re.compile("[0-9０-９〇零一二三四五六七八九十]")
_ANY_SCHOOL = re.compile(
    "(?:第?[一二三四五六七八九十百0-9]+|实验|中心|附属|希望|外国语|职业|高级|初级|完全|机关)*(?:中小?学|小学|中|小|幼儿园|学校|学院|高中)"
)
"""第一中学, 实验小学: every city has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """一处须保守的字句 with its kind, for the audit. The text is never printed.

    ``hidden``: a name of which not even the surname may be shown. A ``birth_date`` is written YYYY-MM-DD;
    :mod:`generator.disclosure.ways_of_writing` knows the other ways to write dates, addresses and names.
    """

    text: str
    kind: SecretKind
    hidden: bool = False


def guarded_words(case: Case, masking: Masking, today: date) -> tuple[Withheld, ...]:
    """公开文字中不得出现的字句 of one case: full names of masked and withheld persons, and all that is private,
    of objectors too.

    What another person of the case rightly shows (a brother who was honoured too, the unit of both) is
    not in it. Of 阿卜杜拉·买买提 either part is, unless it stands in the name of somebody shown.
    """
    words: dict[str, SecretKind] = {}
    parts: dict[str, SecretKind] = {}
    shown: set[str | None] = set()
    for person in case.persons:
        hidden = person.disclosure == "withheld" or is_masked(case, person, today)
        if not hidden:
            shown.add(known_as(person))
            if not is_minor(case, person, today):
                shown |= {person.unit, person.residence, person.native_place}
                # The short form of a withheld colleague's employer tells as much.
                shown |= {unit_without_place(person.unit)} if person.unit is not None else set()
        for item in _of_person(case, person, masking, today, shown=() if hidden else (known_as(person),)):
            if item.kind != "note":
                words.setdefault(item.text, item.kind)
            if item.kind == "name":
                parts.update((part, "name") for part in parts_of_name(item.text))
        if _tells_much(person.injured) and not (hidden or tells_injury(case, person, today)):
            words.setdefault(person.injured, "other")
    for item in (*_of_objectors(case), *_of_notes(case), *_of_items(case.private.never_publish, "other")):
        words.setdefault(item.text, item.kind)
        if item.kind == "name":
            parts.update((part, "name") for part in parts_of_name(item.text))
    whole = [Withheld(text=text, kind=kind) for text, kind in words.items() if text not in shown]
    rest = [part for part in parts if part not in words and not any(name and part in name for name in shown)]
    return (*whole, *(Withheld(text=part, kind="name") for part in rest))


def _tells_much(injury: str | None) -> TypeGuard[str]:
    """擦伤 may be anybody's; 左手刀伤，轻伤二级 is one person's."""
    return injury is not None and len(injury) >= _TELLING_INJURY


def lasting_texts(case: Case) -> Iterator[tuple[str, str]]:
    """留在墓碑页上的文字: (field, text) of what stands there when names have been taken down."""
    if case.outcome is not None and case.outcome.kind != "confirmed":
        yield from _given("outcome", public_reason=case.outcome.public_reason)
    if case.revocation is not None:
        yield from _given("revocation", ground=case.revocation.ground)
    for index, honour in enumerate(case.honours):
        if honour.revocation is not None:
            yield from _given(f"honours[{index}].revocation", ground=honour.revocation.ground)


def public_texts(case: Case, masking: Masking, today: date) -> Iterator[tuple[str, str]]:
    """会公开的文字: (field, text) of every free text that pages, feeds or data would show on ``today`` or later."""
    for number, act in enumerate(case.acts):
        yield from _given(
            "act" if number == 0 else f"further_acts[{number - 1}]",
            at=act.at,
            place=act.place,
            district=act.district,
            summary=act.summary,
            narrative=act.narrative,
            verification=act.verification,
            limb=act.limb,
            loss_averted=act.loss_averted,
        )
    if case.group is not None:
        yield "group.name", case.group.name
    for index, person in enumerate(case.persons):
        field, minor = f"persons[{index}]", is_minor(case, person, today)
        if not is_masked(case, person, today):
            yield from _given(field, name=known_as(person), ethnicity=person.ethnicity)
            if not minor:
                yield from _given(
                    field, native_place=person.native_place, political_status=person.political_status
                )
            if tells_injury(case, person, today):
                yield from _given(field, injured=person.injured)
            if person.portrait is not None and tells_portrait(case, person, today):
                yield from _given(f"{field}.portrait", description=person.portrait.description)
            if not minor:
                yield from _given(field, unit=person.unit, post=person.post, residence=person.residence)
        elif person.disclosure != "withheld" and masking.unit == "full" and not minor:
            yield from _given(field, unit=person.unit)
    if case.notice is not None:
        notice = case.notice
        yield from _given(
            "notice",
            title=notice.title,
            number=notice.number,
            proposal=notice.proposal,
            basis=notice.basis,
            opening=notice.opening,
        )
        yield from _desk_texts(notice.desk)
        for index, organ in enumerate(notice.signatories):
            yield f"notice.signatories[{index}]", organ
        for index, posting in enumerate(notice.postings):
            yield f"notice.postings[{index}].place", posting.place
        for index, item in enumerate(notice.corrections):
            yield from _given(f"notice.corrections[{index}]", what=item.what, was=item.was, now=item.now)
    for index, objection in enumerate(case.objections):
        yield from _given(f"objections[{index}]", public_reason=objection.public_reason)
    if case.outcome is not None:
        yield from _given(
            "outcome",
            number=case.outcome.number,
            organ=case.outcome.organ,
            public_reason=case.outcome.public_reason,
        )
    if case.revocation is not None:
        yield from _given(
            "revocation",
            organ=case.revocation.organ,
            ground=case.revocation.ground,
            article=case.revocation.article,
        )
    for index, honour in enumerate(case.honours):
        field = f"honours[{index}]"
        if isinstance(honour, GrantedHonour):
            yield from _given(field, title=honour.title, verb=honour.verb, merit=honour.merit)
            yield from ((f"{field}.document.{name}", text) for name, text in honour.decision.texts())
        else:
            yield from _given(field, **_said_of(honour))
        for position, item in enumerate(honour.corrections):
            yield from _given(f"{field}.corrections[{position}]", what=item.what, was=item.was, now=item.now)
        if honour.revocation is not None:
            yield from _given(
                f"{field}.revocation",
                organ=honour.revocation.organ,
                ground=honour.revocation.ground,
                article=honour.revocation.article,
            )


def _desk_texts(desk: Desk | None) -> Iterator[tuple[str, str]]:
    """What an office publishes as its own, but for its numbers and addresses."""
    if desk is not None:
        yield from _given("notice.desk", name=desk.name, contact=desk.contact)
        for index, line in enumerate(desk.requirements):
            yield f"notice.desk.requirements[{index}]", line


def _said_of(honour: HonourRecord) -> dict[str, str | None]:
    return {
        "title": honour.title,
        "verb": honour.verb,
        "grantor": honour.grantor,
        "number": honour.number,
        "batch": honour.batch,
        "merit": honour.merit,
        "basis": honour.basis,
        "source": honour.source,
    }


def withheld_words(
    case: Case,
    public: PublicCase | None,
    masking: Masking,
    today: date,
    sample_codes: tuple[str, ...] = (),
) -> tuple[Withheld, ...]:
    """审核用的全部须保守字句 of one case: what the audit looks for in every built file.

    ``public`` is what :func:`~generator.disclosure.disclose.disclose` made of the case. ``sample_codes``: those that a
    sample shows; they are withheld all the same where their honour is not public.
    """
    found: list[Withheld] = [Withheld(text=case.case, kind="case_number")]
    found += [Withheld(text=act.case, kind="case_number") for act in case.acts if act.case is not None]
    confidential = case.level == "confidential"
    shown = set(published_names(case, public, today))
    for person in case.persons:
        found += _of_person(case, person, masking, today, shown=shown)
    found += _of_items(case.private.never_publish, "name")
    found += _of_objectors(case)
    found += (item for item in _of_notes(case) if item.text not in shown)
    found += [Withheld(text=text, kind="note") for text in _notes(case)]
    if case.private.handler is not None:
        found += _of_items((case.private.handler,), "note")
    published = {honour.id for honour in public.honours} if public is not None else set()
    for honour in case.honours:
        code = honour.certificate_code
        if code is not None and not (code in sample_codes and honour.id in published):
            found.append(Withheld(text=code, kind="number"))
    if confidential:
        found += _of_confidential(case, masking, today)
    out = {item.id for item in vacant_numbers(case, today)}
    out |= published
    if public is not None:
        out |= {public.notice.id} if public.notice is not None else set()
    if case.notice is not None and case.notice.id not in out:
        found.append(Withheld(text=case.notice.id, kind="id"))
    found += [Withheld(text=honour.id, kind="id") for honour in case.honours if honour.id not in out]
    # If a word is withheld twice, once whole, the whole withholding counts.
    return tuple({item.text: item for item in sorted(found, key=lambda item: item.hidden)}.values())


def published_names(case: Case, public: PublicCase | None, today: date) -> tuple[str, ...]:
    """合法公开的姓名 of one case: on its pages, or in the narrative of an honour that still stands.

    Only names that the record itself allows: a name that ``public`` holds by mistake does not count.
    """
    if public is None:
        return ()
    shown = set() if public.notice is None else {person.name for person in public.notice.persons}
    shown |= {person.name for honour in public.honours for person in honour.recipients}
    # Members of a group that is honoured as a whole are honoured too; the group's name may name them.
    told = any(honour.act is not None or honour.group is not None for honour in public.honours)
    names = (
        known_as(person)
        for person in case.persons
        if not is_masked(case, person, today) and (told or known_as(person) in shown)
    )
    return tuple(dict.fromkeys(names))


def published_words(case: Case, public: PublicCase | None, masking: Masking, today: date) -> tuple[str, ...]:
    """合法公开的字句 of one case that another may have to withhold, or that hold one together: names, names as masked, units,
    districts, places where somebody lives or a notice hung, the name of a group."""
    if public is None:
        return ()
    names = published_names(case, public, today)
    shown = () if public.notice is None else public.notice.persons
    shown += tuple(person for honour in public.honours for person in honour.recipients)
    masked = (person.name for person in shown if person.masked and "某" in person.name)
    # 周某 beside 周兰丽 counts as her. Staff are asked before the build and may say otherwise.
    called = (f"{surname_of(person.name)}某" for person in shown if not person.masked)
    texts = (text for field, text in public_texts(case, masking, today) if _SHARED.fullmatch(field))
    return tuple(dict.fromkeys((*names, *masked, *called, *texts)))


_SHARED = re.compile(
    r"(?:act|further_acts\[[0-9]+\])\.district|group\.name|persons\[[0-9]+\]\.(?:unit|residence|native_place)|notice\.postings\[[0-9]+\]\.place"
)
"""Public texts that are no one record's own."""


def _of_person(
    case: Case, person: Person, masking: Masking, today: date, *, shown: Collection[str]
) -> list[Withheld]:
    """What is withheld of one person: of the names those that are not ``shown``, and that tell a whole name."""
    found: list[Withheld] = []
    withheld = person.disclosure == "withheld" or case.level == "confidential"
    names = (person.name, person.name_as_published)
    kept = [name for name in names if name is not None and name not in shown and not is_masked_form(name)]
    found += (replace(item, hidden=withheld) for item in _of_items(kept, "name"))
    if withheld or is_masked(case, person, today):
        if person.unit is not None and (withheld or masking.unit == "none" or is_minor(case, person, today)):
            found.append(Withheld(text=person.unit, kind="unit"))
            # 消防救援支队 and 第一医院 are every city's; a company's name is its own.
            if withheld and "公司" in person.unit and (short := unit_without_place(person.unit)):
                found.append(Withheld(text=short, kind="unit"))
        # A city or a district is a word of the public at large.
        found += (
            Withheld(text=place, kind="address")
            for place in (person.residence, person.native_place)
            if place is not None and reduce_place(place, "district") != place
        )
    private = person.private
    found += _of_items((private.id_number, private.phone, private.bank_card, private.email), "number")
    found += _of_items((private.home_address,), "address")
    if private.born_on is not None:
        found.append(Withheld(text=private.born_on.isoformat(), kind="birth_date"))
    elif person.born is not None and person.born.day is not None:
        found.append(Withheld(text=str(person.born), kind="birth_date"))
    found += _of_items((private.school,), "school")
    # 五（2）班 stands in every school.
    found += (Withheld(text=text, kind="school") for text in (private.class_name,) if text is not None)
    found += _of_items((*private.kin, *private.never_publish), "name")
    if person.guardian_consent is not None:
        found += _of_items((person.guardian_consent.given_by,), "name")
    notes = (private.note, person.withholding.note if person.withholding else None)
    found += [Withheld(text=text, kind="note") for text in notes if text is not None]
    return found


def _of_items(items: Iterable[str | None], kind: SecretKind) -> Iterator[Withheld]:
    """各项及其各部分: each item as written, and each name, number or place in one that holds more than one."""
    for item in items:
        if item is None:
            continue
        parts = [item, *(part for part in parts_of_item(item) if part != item)]
        for part in parts if kind in _OF_NAMES else list(_telling_parts(parts, kind)):
            yield Withheld(text=part, kind=kind)


def _telling_parts(parts: list[str], kind: SecretKind) -> Iterator[str]:
    """Of numbers and places the parts that point at somebody, and the short forms in which they are told: a
    telephone without its area code, a school without its city. 武汉市 and 南区 are anybody's, and so is an estate."""
    whole, *rest = parts
    yield whole
    for part in rest:
        if _tells_by_itself(part, kind):
            yield part
    for part in parts:
        if kind == "number" and (found := _LANDLINE.fullmatch(part)) is not None:
            yield found["local"]
        elif kind == "school":
            short = part.removeprefix(reduce_place(part, "district") or "")
            if short != part and _tells_by_itself(short, kind):
                yield short


def _tells_by_itself(part: str, kind: SecretKind) -> bool:
    if kind == "number":
        return len(part) >= _SHORTEST_NUMBER
    if kind == "school":
        return len(part) >= _SHORTEST_PLACE and not _ANY_SCHOOL.match(part)
    return len(part) >= _SHORTEST_PLACE and _DOOR.search(part) is not None


def _of_objectors(case: Case) -> Iterator[Withheld]:
    """异议人: name, telephone and address, for whatever is public of the case."""
    for objection in case.objections:
        if (objector := objection.objector) is not None:
            # Nobody may learn even the surname of an objector.
            names = _of_items((objector.name, *objector.joined_by), "name")
            yield from (replace(item, hidden=True) for item in names)
            yield from _of_items((objector.phone,), "number")
            yield from _of_items((objector.address,), "address")


def _notes(case: Case) -> Iterator[str]:
    notes = [case.private.note, *(objection.note for objection in case.objections)]
    notes.append(case.withholding.note if case.withholding else None)
    yield from (note for note in notes if note is not None)


def _of_notes(case: Case) -> Iterator[Withheld]:
    """What notes say of somebody for certain: a number, a name after 异议人 or 举报人."""
    persons = (person.private.note for person in case.persons)
    for note in (*_notes(case), *(note for note in persons if note is not None)):
        for name in names_in_note(note):
            yield Withheld(text=name, kind="name")
        for number in numbers_in_note(note):
            yield Withheld(text=number, kind="number")


def _of_confidential(case: Case, masking: Masking, today: date) -> Iterator[Withheld]:
    """What tells of a case of which nothing may be known. General words (a title, a district, an organ)
    and short ones that any other case may have too are not looked for."""
    for field, text in public_texts(case, masking, today):
        name = field.rpartition(".")[2]
        if ".document." in field:
            continue  # of a decision that others may rightly show
        if field == "group.name":
            yield Withheld(text=text, kind="name")
        elif name == "number":
            yield Withheld(text=text, kind="id")
        elif _FURTHER.sub("act.", field) in _TELLING or (name in _TELLING_IF_LONG and len(text) >= _LONG):
            yield Withheld(text=text, kind="narrative")
    for posting in case.notice.postings if case.notice is not None else ():
        if posting.kind not in FAR_AND_WIDE:
            yield Withheld(text=posting.place, kind="address")


def _given(field: str, **texts: str | None) -> Iterator[tuple[str, str]]:
    for name, text in texts.items():
        if text is not None:
            yield f"{field}.{name}", text
