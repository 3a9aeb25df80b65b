"""公开的唯一出口: what a record lets out, field by field, and that it lets out nothing else."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, create_model

from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.disclosure.disclose import DisclosureRules, disclose, paragraphs
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.disclosure.notice_standing import governing_history
from generator.disclosure.portrait_picture import Picture
from generator.disclosure.who_is_shown import is_minor, publishes_notice
from generator.disclosure.withheld_words import (
    guarded_words,
    lasting_texts,
    public_texts,
    published_names,
    withheld_words,
)
from generator.public.list_rows import by_kind, honour_row
from generator.public.public_case import HonourStatus, NoticeStatus, PublicCase, PublicHonour, PublicNotice
from generator.source.model import scalars as base
from generator.source.model.authority import Channels
from generator.source.model.instant import SHANGHAI
from generator.source.model.scalars import Entry
from generator.source.model.site_settings import Masking
from tests.every_row import every_row
from tests.projects import AS_OF, WITHHOLDING, case, honour, merged, person
from tests.quick import Quick
from tests.registries import canaries_in, random_registry

TODAY = AS_OF.date()
MASKING = Masking.model_validate({"age": "decade", "place": "district", "unit": "none"})
OPEN_MASKING = Masking.model_validate({"age": "exact", "place": "full", "unit": "full"})
REVOCATION = {"revoked_on": "2026-11-21", "organ": "x", "ground": "x"}
CONFIRMED = {"kind": "confirmed", "decided_on": "2026-11-27"}


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"))


def rules(quick: Quick, as_of: datetime = AS_OF, **site: Any) -> DisclosureRules:
    chosen = quick.settings
    changed = chosen.site.model_copy(update=site)
    return disclosure_rules(type(chosen)(**{**_slots(chosen), "site": changed}), as_of)


def _slots(settings: Any) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in settings.__slots__}


def shown(quick: Quick, tree: dict[str, Any], as_of: datetime = AS_OF, **site: Any) -> PublicCase | None:
    return disclosed(quick, Case.model_validate(tree), as_of, **site)


def disclosed(quick: Quick, record: Case, as_of: datetime = AS_OF, **site: Any) -> PublicCase | None:
    clock = case_clock(record, quick.settings, as_of.date())
    pictures = {item.key: Picture(data=b"JPEG", width=3, height=4) for item in record.persons}
    return disclose(record, clock, rules(quick, as_of, **site), pictures)


def notice(quick: Quick, tree: dict[str, Any], as_of: datetime = AS_OF, **site: Any) -> PublicNotice:
    found = shown(quick, tree, as_of, **site)
    assert found is not None and found.notice is not None
    return found.notice


def first_honour(quick: Quick, tree: dict[str, Any], as_of: datetime = AS_OF, **site: Any) -> PublicHonour:
    found = shown(quick, tree, as_of, **site)
    assert found is not None
    return found.honours[0]


def guarded(record: Case) -> tuple[str, ...]:
    return tuple(item.text for item in guarded_words(record, MASKING, TODAY))


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=SHANGHAI)


def tombstones(names: bool) -> dict[str, Any]:
    return {"retention": retention(36500, names)}


def retention(days: int, names: bool = False) -> Any:
    from generator.source.model.site_settings import Retention

    return Retention.model_validate({"identity_days": str(days), "tombstone_names": str(names).lower()})


# --- by construction ----------------------------------------------------------------------------------


def with_more(entry: Any) -> Any:
    """The same record, every mapping of which has one field more than its type knew."""
    if isinstance(entry, BaseModel):
        fields = {name: with_more(getattr(entry, name)) for name in type(entry).model_fields}
        wider = create_model(f"More{type(entry).__name__}", __base__=type(entry), more=(str, "㐀㐁㐂"))
        return wider.model_construct(**fields, more="㐀㐁㐂")
    return tuple(map(with_more, entry)) if isinstance(entry, tuple) else entry


FULL: dict[str, Any] = case(
    group={"name": "湖边救援小组", "head_count": "2"},
    persons=[person(), person(key="p2", name="祁向晨", age_at_act="15", born=None)],
    notice={
        "corrections": [{"corrected_on": "2026-11-19", "what": "更正时间"}],
        "postings": [{"kind": "residence", "place": "翠微社区", "posted_on": "2026-11-18"}],
    },
    objections=[
        {
            "received_on": "2026-11-19",
            "resolved_on": "2026-11-20",
            "result": "dismissed",
            "public_reason": "查无",
        }
    ],
    outcome={"kind": "confirmed", "decided_on": "2026-11-20", "certificate_on": "2026-11-21"},
    honours=[honour(corrections=[{"corrected_on": "2026-11-21", "what": "更正文号"}])],
)


def test_a_new_field_of_a_record_publishes_nothing(quick: Quick) -> None:
    record = Case.model_validate(FULL)
    wider = with_more(record)
    assert wider.more == wider.persons[0].more == wider.notice.period.more == "㐀㐁㐂"
    public = disclosed(quick, wider)
    assert public == disclosed(quick, record)
    assert canaries_in(repr(public)) == []


TEXTS = {base._single_line, base._prose}

GENERAL = {
    "withholding.article": "an article is a word of the public at large",
    "withholding.decided_by": "so is an organ",
    "persons.withholding.article": "the same",
    "persons.withholding.decided_by": "the same",
    "private.reviewed": "words of public texts, which a human judged fit to publish",
    "private.other_than": "numbers of other cases, each of which guards its own",
    "private.ambiguous": "the audit's answers repeat withheld words that are named elsewhere",
}
"""Texts that are never published and too general to be looked for. The soak looks for them all the same."""

GENERAL_WHEN_CONFIDENTIAL = {
    "act.at",
    "act.district",
    "act.limb",
    "notice.signatories",
    "notice.proposal",
    "notice.basis",
    "notice.desk.name",
    "notice.desk.contact",
    "notice.desk.requirements",
    "further_acts.at",
    "further_acts.district",
    "further_acts.limb",
    "outcome.organ",
    "revocation.organ",
    "revocation.article",
    "honours.title",
    "honours.grantor",
    "honours.basis",
    "honours.verb",
    "honours.batch",
    "honours.merit",
    "honours.revocation.organ",
    "honours.revocation.article",
    "persons.ethnicity",
    "persons.injured",
    "persons.political_status",
    "persons.portrait.description",
    "persons.post",
}
"""Texts of a confidential case that any other case may have too: 17时许, 汉阳区, 驾驶员."""


INJURY_CONSENT = {"given_on": "2026-01-01", "given_by": "person"}


def text_fields(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Paths of every free text of a model, however deep: ``persons.private.school``."""
    for name, info in model.model_fields.items():
        here = f"{path}.{name}" if path else name
        if any(getattr(item, "func", None) in TEXTS for item in info.metadata):
            yield here
            continue
        for part in parts_of(info.annotation):
            # Where an office receives objections is its own to publish.
            if isinstance(part, type) and issubclass(part, Entry) and part is not Channels:
                yield from text_fields(part, here)
            elif typing.get_origin(part) is typing.Annotated and any(
                getattr(item, "func", None) in TEXTS for item in typing.get_args(part)[1:]
            ):
                yield here


def parts_of(annotation: Any) -> Iterator[Any]:
    if typing.get_origin(annotation) in (tuple, typing.Union, types.UnionType):
        for part in typing.get_args(annotation):
            yield from parts_of(part)
    else:
        yield annotation


ALL_TEXTS = tuple(text_fields(Case))


def canary(number: int) -> str:
    """Words long enough to be looked for, and alike to no others."""
    return "".join(chr(0x3400 + number * 16 + step) for step in range(14))


def with_canaries(level: str, disclosure: str) -> tuple[Case, dict[str, str]]:
    """A case whose every free text is a canary, and which canary stands where."""
    tree = merged(
        FULL,
        {
            "level": level,
            "withholding": WITHHOLDING,
            "revocation": {"revoked_on": "2026-11-21", "organ": "x", "ground": "x"},
        },
    )
    tree["persons"] = [
        merged(
            person(disclosure=disclosure, withholding=WITHHOLDING),
            {
                "guardian_consent": {"given_on": "2026-01-01", "given_by": "x"},
                "injury_consent": INJURY_CONSENT,
                "portrait": {"file": "one.jpg", "consent": INJURY_CONSENT},
                "private": {},
            },
        )
    ]
    tree["further_acts"] = [{"happened_on": "2026-09-12", "kind": "other_rescue"}]
    tree["notice"]["desk"] = {"channels": {}}
    tree["honours"][0]["revocation"] = {"revoked_on": "2026-11-21", "organ": "x", "ground": "x"}
    planted: dict[str, str] = {}
    for number, path in enumerate(ALL_TEXTS):
        planted[path] = canary(number)
        plant(tree, path.split("."), planted[path])
    return Case.model_validate(tree), planted


LISTS = {"further_acts", "persons", "objections", "honours", "corrections", "postings"}
LISTS_OF_TEXT = {
    "requirements",
    "signatories",
    "joined_by",
    "kin",
    "never_publish",
    "reviewed",
    "ambiguous",
    "other_than",
}


def plant(tree: dict[str, Any], path: list[str], text: str) -> None:
    name, *rest = path
    if not rest:
        tree[name] = [text] if name in LISTS_OF_TEXT else text
        return
    inner = tree.setdefault(name, [{}] if name in LISTS else {})
    plant(inner[0] if name in LISTS else inner, rest, text)


def test_every_text_of_a_record_is_named_as_public_or_as_withheld() -> None:
    """A new field of a record fails here until somebody says what it is."""
    record, planted = with_canaries("public", "full")
    public = {text for _, text in public_texts(record, MASKING, TODAY)}
    withheld = {word.text for word in withheld_words(record, None, MASKING, TODAY)}
    for path, text in planted.items():
        named = [text in public, text in withheld, path in GENERAL]
        if path == "persons.name_as_published":  # not disclosed by anything here, so the audit looks for it
            assert named == [True, True, False]
        else:
            assert sum(named) == 1, path
    assert set(GENERAL) <= set(planted)


@pytest.mark.parametrize("disclosure", ["full", "masked", "withheld"])
def test_every_text_of_a_confidential_case_is_looked_for_or_general(disclosure: str) -> None:
    record, planted = with_canaries("confidential", disclosure)
    withheld = {word.text for word in withheld_words(record, None, MASKING, TODAY)}
    for path, text in planted.items():
        assert (text in withheld) is not (path in GENERAL or path in GENERAL_WHEN_CONFIDENTIAL), path
    general = {path for path in GENERAL_WHEN_CONFIDENTIAL if path in planted}
    assert general == GENERAL_WHEN_CONFIDENTIAL


def test_what_is_withheld_of_a_person_is_not_in_the_public_texts() -> None:
    for level, disclosure in (("public", "masked"), ("public", "withheld"), ("masked", "full")):
        record, planted = with_canaries(level, disclosure)
        public = {text for _, text in public_texts(record, MASKING, TODAY)}
        withheld = {word.text for word in withheld_words(record, None, MASKING, TODAY)}
        for path, text in planted.items():
            if path.startswith("persons."):
                assert text not in public, path
        for name in ("name", "unit", "residence"):
            assert planted[f"persons.{name}"] in withheld
            assert planted[f"persons.{name}"] in guarded(record)


def test_texts_that_are_published_reach_the_public_case(quick: Quick) -> None:
    """The other way round: what the checks take for public is no more than what is shown."""
    record, planted = with_canaries("public", "full")
    alive = record.model_copy(update={"revocation": None})
    alive = alive.model_copy(
        update={
            "honours": (alive.honours[0].model_copy(update={"revocation": None}),),
            "persons": record.persons,
        }
    )
    seen = repr(disclosed(quick, alive))
    unseen = {
        path
        for path, text in planted.items()
        if text in {text for _, text in public_texts(alive, MASKING, TODAY)} and text not in seen
    }
    assert unseen == set()


# --- levels and persons -------------------------------------------------------------------------------


def test_a_confidential_case_is_nothing(quick: Quick) -> None:
    assert shown(quick, case(level="confidential", withholding=WITHHOLDING, honours=[honour()])) is None


def test_a_case_whose_persons_are_all_withheld_is_nothing(quick: Quick) -> None:
    tree = case(persons=[person(disclosure="withheld", withholding=WITHHOLDING)], group={"name": "小组"})
    assert shown(quick, tree) is None


def test_a_case_without_notice_or_honour_is_nothing(quick: Quick) -> None:
    assert shown(quick, case(notice=None)) is None


def test_a_masked_case_masks_everybody_and_reduces_the_place(quick: Quick) -> None:
    tree = case(
        level="masked",
        withholding=WITHHOLDING,
        act={"place": "沿湖大道8号", "narrative": "封某某下水救人。"},
        persons=[
            person(unit="长江航运公司", residence="武汉市", post="船员", injured="擦伤", ethnicity="汉族")
        ],
        notice={
            "postings": [
                {"kind": "residence", "place": "翠微社区", "posted_on": "2026-11-18"},
                {"kind": "media", "place": "长江日报", "posted_on": "2026-11-18"},
            ]
        },
    )
    told = notice(quick, tree)
    (only,) = told.persons
    assert (only.name, only.masked, only.born, only.age_at_act) == ("封某某", True, None, None)
    assert (only.unit, only.residence, only.post, only.injured, only.ethnicity) == (None,) * 5
    assert told.act is not None
    assert (told.act.place, told.act.district) == (None, "汉阳区")
    assert [item.kind for item in told.postings] == ["media"]
    tree["persons"][0]["age_at_act"] = "47"
    more = notice(quick, tree, masking=OPEN_MASKING)
    assert more.persons[0].unit == "长江航运公司" and more.persons[0].age_at_act == "47"
    assert more.act is not None and more.act.place == "沿湖大道8号"
    assert [item.kind for item in more.postings] == ["residence", "media"]
    assert ("persons[0].unit", "长江航运公司") in public_texts(Case.model_validate(tree), OPEN_MASKING, TODAY)


@pytest.mark.parametrize(
    ("age", "place", "expected"),
    [
        ("none", "city", (None, None)),
        ("decade", "district", ("40s", "汉阳区")),
        ("exact", "full", ("41", "汉阳区")),
    ],
)
def test_age_and_place_are_reduced_to_the_level_of_the_setting(
    age: str, place: str, expected: tuple[str | None, str | None], quick: Quick
) -> None:
    masking = Masking.model_validate({"age": age, "place": place, "unit": "none"})
    tree = case(
        persons=[person(disclosure="masked", withholding=WITHHOLDING, private={"born_on": "1985-04-09"})],
        act={"narrative": "一人下水。"},
    )
    told = notice(quick, tree, masking=masking)
    assert told.act is not None
    assert (told.persons[0].age_at_act, told.act.district) == expected


def test_masked_persons_of_one_surname_stay_apart_and_withheld_ones_take_no_mark(quick: Quick) -> None:
    persons = [
        person(name="张伟", disclosure="masked", withholding=WITHHOLDING),
        person(key="p2", name="张明", disclosure="withheld", withholding=WITHHOLDING),
        person(key="p3", name="张强", disclosure="masked", withholding=WITHHOLDING),
        person(key="p4", name="祁向晨"),
    ]
    told = notice(quick, case(persons=persons, act={"narrative": "数人下水。"}))
    assert [item.name for item in told.persons] == ["张某甲", "张某乙", "祁向晨"]
    # One is shown in full: the place is no secret.
    assert told.act is not None and told.act.place is None and told.act.district == "汉阳区"
    without = [persons[0], *persons[2:]]
    assert notice(quick, case(persons=without, act={"narrative": "数人下水。"})) == told


def test_an_honour_leaves_withheld_recipients_out_and_is_nothing_without_others(quick: Quick) -> None:
    persons = [person(), person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING)]
    tree = case(
        persons=persons,
        honours=[honour(recipients=["p2", "p1"]), honour(id="wuhan-2026-h0002", recipients=["p2"])],
    )
    found = shown(quick, tree)
    assert found is not None and found.notice is not None
    assert [item.id for item in found.honours] == ["wuhan-2026-h0001"]
    assert [item.name for item in found.honours[0].recipients] == ["封玉琢"]
    assert found.notice.honours == ("wuhan-2026-h0001",)


def test_an_honour_of_a_group_as_a_whole(quick: Quick) -> None:
    group = {"name": "湖边救援小组", "head_count": "5"}
    whole = case(persons=None, group=group, honours=[honour(recipients=None)])
    told = first_honour(quick, whole)
    assert told.group is not None and told.group.head_count == 5 and told.display_name == "湖边救援小组"
    assert notice(quick, whole).title.find("湖边救援小组") >= 0
    both = first_honour(quick, case(group=group, honours=[honour(to_group="true")]))
    assert both.group is not None and both.recipients
    assert first_honour(quick, case(group=group, honours=[honour()])).group is None


def test_an_honour_of_a_group_is_found_by_whom_its_own_account_names(quick: Quick) -> None:
    persons = [
        person(),
        person(key="p2", name="祁向晨"),
        person(key="p3", name="张伟", disclosure="masked", withholding=WITHHOLDING),
        person(key="p4", name="张明", disclosure="withheld", withholding=WITHHOLDING),
    ]
    group = {"name": "湖边救援小组", "head_count": "5"}
    told = case(
        persons=persons,
        group=group,
        act={"narrative": "封玉琢和张某甲等人下水。"},
        honours=[honour(to_group="true", recipients=None)],
    )
    assert first_honour(quick, told | {"notice": None}).members == ("封玉琢",)
    assert first_honour(quick, {**told, "honours": [honour(to_group="true")]}).members == ()
    assert first_honour(quick, told).members == ("封玉琢", "祁向晨"), "whom its notice names"
    long_after = datetime(2031, 1, 1, 9, tzinfo=SHANGHAI)
    later = first_honour(quick, told | {"outcome": CONFIRMED}, long_after, retention=retention(1))
    assert not later.notice_names_people and later.members == ("封玉琢",), "the notice keeps surnames alone"
    of_unit = {**told, "group": {"name": "湖边消防站", "head_count": None, "kind": "unit"}}
    assert first_honour(quick, of_unit).members == ("封玉琢",)
    revoked = honour(to_group="true", recipients=None, revocation=REVOCATION)
    assert first_honour(quick, {**told, "honours": [revoked]}).members == ()


def test_honours_for_one_deed_know_each_other(quick: Quick) -> None:
    several = [
        honour(id="wuhan-2026-h0001", decided_on="2026-11-10"),
        honour(id="wuhan-2026-h0002", decided_on="2026-11-15", title="武汉市见义勇为先进个人"),
        honour(id="wuhan-2026-h0003", decided_on="2026-11-12", revocation=REVOCATION),
        honour(id="wuhan-2026-h0004", decided_on="2026-11-18", published_on="2026-12-20"),
    ]
    found = shown(quick, case(honours=several))
    assert found is not None
    first, second, revoked = found.honours
    (other,) = first.fellows
    assert (other.id, other.name, other.title) == (second.id, "封玉琢", second.title)
    assert [item.id for item in second.fellows] == [first.id]
    assert not revoked.fellows


def test_honours_for_other_deeds_of_a_case_are_no_fellows(quick: Quick) -> None:
    persons = [person(), person(key="p2", name="祁向晨")]
    other = {"happened_on": "2026-09-13", "kind": "other_rescue", "summary": "又救一人。", "persons": ["p2"]}
    told = case(
        persons=persons,
        act={"persons": ["p1"]},
        further_acts=[other],
        honours=[honour(), honour(id="wuhan-2026-h0002", recipients=["p2"])],
    )
    found = shown(quick, told)
    assert found is not None and not any(item.fellows for item in found.honours)


def test_each_of_several_deeds_is_counted_to_its_own_people(quick: Quick) -> None:
    """By their places among those who are shown: a withheld person between them has none."""
    withheld = person(key="p2", name="万俟青", disclosure="withheld", withholding=WITHHOLDING)
    others = [
        {"happened_on": "2026-09-13", "kind": kind, "summary": "又救一人。", "persons": [key]}
        for key, kind in (("p2", "fire_rescue"), ("p3", "other_rescue"))
    ]
    told = case(
        persons=[person(), withheld, person(key="p3", name="祁向晨")],
        act={"persons": ["p1"]},
        further_acts=others,
        honours=[honour(recipients=["p1", "p2", "p3"])],
    )
    of_kinds = by_kind([honour_row(first_honour(quick, told))])
    assert {kind: [(row.name, row.people.whose) for row in rows] for kind, rows in of_kinds.items()} == {
        "water_rescue": [("封玉琢", (0,))],
        "other_rescue": [("祁向晨", (1,))],
    }


# --- minors -------------------------------------------------------------------------------------------

CONSENT = {"given_on": "2026-11-20", "given_by": "封青山"}


@every_row(
    ("changes", "act_on", "minor"),
    [
        ({"age_at_act": "17", "born": None}, "2026-09-12", True),
        ({"age_at_act": "18", "born": None}, "2026-09-12", False),
        ({"born": "2008"}, "2026-09-12", True),
        ({"born": "2008-11"}, "2026-09-12", True),
        ({"born": "2007"}, "2026-09-12", False),
        # In doubt the latest birthday and the earliest day of the act count.
        ({"born": "2008-09"}, "2026-09-12", True),
        ({"born": "2008-09"}, "2026-10-12", False),
        ({"born": "2008-09"}, "2026-09", True),
        ({"born": "2008-09"}, "2026-10", False),
        ({"born": "2008-09"}, "2026", True),
        ({"born": "2006"}, "2026-09-12", False),
        ({"born": None}, "2026-09-12", False),
        ({"born": "1980", "private": {"born_on": "2008-09-13"}}, "2026-09-12", True),
        ({"born": "1980", "private": {"born_on": "2008-09-12"}}, "2026-09-12", False),
        # A child then, grown up today: still a minor's act.
        ({"born": "2000"}, "2012-09-12", True),
        ({"born": "2000-06-30"}, "2018-06-29", True),
        ({"born": "2000-06-30"}, "2018-06-30", False),
    ],
)
def test_minor_on_the_day_of_the_act_or_today(changes: dict[str, Any], act_on: str, minor: bool) -> None:
    record = Case.model_validate(case(act={"happened_on": act_on}, persons=[person(**changes)]))
    assert is_minor(record, record.persons[0], TODAY) is minor


def test_without_an_act_today_decides() -> None:
    record = Case.model_validate(case(act=None, persons=[person(born="2010")]))
    assert is_minor(record, record.persons[0], TODAY)
    assert not is_minor(record, record.persons[0], date(2040, 1, 1))


@pytest.mark.parametrize("child", [{"born": "2012-03"}, {"born": None, "age_at_act": "14"}])
def test_a_minor_is_masked_until_the_day_of_consent_and_never_tells_the_school(
    child: dict[str, Any], quick: Quick
) -> None:
    school = {"unit": "第三中学", "post": "学生", "residence": "武汉市汉阳区"}
    tree = case(persons=[person(**child, **school)], act={"narrative": "一名少年下水救人。"})
    (masked,) = notice(quick, tree).persons
    assert (masked.name, masked.masked, masked.minor, masked.unit) == ("封某某", True, True, None)
    (masked,) = notice(quick, tree, masking=OPEN_MASKING).persons
    assert masked.unit is None
    tree["persons"][0]["guardian_consent"] = CONSENT
    assert notice(quick, tree, at("2026-11-19")).persons[0].name == "封某某"
    (full,) = notice(quick, tree, at("2026-11-20")).persons
    assert (full.name, full.masked, full.minor) == ("封玉琢", False, True)
    assert (full.unit, full.post, full.residence) == (None, None, None)
    record = Case.model_validate(tree)
    words = guarded(record)
    assert "封玉琢" not in words and "封青山" in words
    fields = {field for field, _ in public_texts(record, MASKING, TODAY) if field.startswith("persons")}
    assert fields == {"persons[0].name"}


def test_the_age_of_a_masked_person_is_of_the_day_of_the_act(quick: Quick) -> None:
    hidden = person(disclosure="masked", withholding=WITHHOLDING, private={"born_on": "1985-09-13"})
    told = notice(quick, case(persons=[hidden], act={"narrative": "一人下水。"}), masking=OPEN_MASKING)
    assert told.persons[0].age_at_act == "40"
    bare = case(persons=[hidden], act=None, notice=None, honours=[honour()])
    assert first_honour(quick, bare, masking=OPEN_MASKING).recipients[0].age_at_act is None


# --- time ---------------------------------------------------------------------------------------------


def test_a_notice_is_nothing_before_its_minute(quick: Quick) -> None:
    moment = datetime(2026, 11, 18, 9, 0, tzinfo=SHANGHAI)
    assert shown(quick, case(), moment - timedelta(minutes=1)) is None
    assert notice(quick, case(), moment).status is NoticeStatus.OPEN


def test_the_states_of_a_notice(quick: Quick) -> None:
    tree = case(
        notice={"period": {"opens_on": "2026-11-19", "closes_on": "2026-11-27"}},
        objections=[{"received_on": "2026-11-25", "resolved_on": "2026-11-30", "result": "dismissed"}],
        outcome={"kind": "confirmed", "decided_on": "2026-12-02", "certificate_on": "2026-12-03"},
        revocation={"revoked_on": "2027-01-05", "organ": "测试机关", "ground": "材料不实"},
    )
    expected = [
        ("2026-11-18", NoticeStatus.SCHEDULED, "2026-11-18", NoticeStatus.AWAITING),
        ("2026-11-19", NoticeStatus.OPEN, "2026-11-19", NoticeStatus.AWAITING),
        ("2026-11-25", NoticeStatus.OPEN, "2026-11-19", NoticeStatus.AWAITING),
        ("2026-11-28", NoticeStatus.UNDER_REVIEW, "2026-11-28", NoticeStatus.UNDER_REVIEW),
        ("2026-11-30", NoticeStatus.AWAITING, "2026-11-28", NoticeStatus.AWAITING),
        ("2026-12-02", NoticeStatus.CONFIRMED, "2026-12-02", NoticeStatus.CONFIRMED),
        ("2027-01-05", NoticeStatus.REVOKED, "2027-01-05", NoticeStatus.REVOKED),
    ]
    for day, status, since, after in expected:
        told = notice(quick, tree, at(day))
        assert (told.status, told.status_since, told.status_after_close) == (
            status,
            date.fromisoformat(since),
            after,
        ), day
        assert all(event.on <= date.fromisoformat(day) for event in told.history)
    events = [event.event for event in told.history]
    assert events == ["published", "objection_dismissed", "confirmed", "certificate", "revoked"]


def test_an_award_is_an_event_where_its_honour_alone_tells_it(quick: Quick) -> None:
    def told(day: str = "2026-12-20", **changes: Any) -> list[tuple[str, date]]:
        tree = case(
            notice={"order": "before_award", "period": {"opens_on": "2026-11-19", "closes_on": "2026-11-27"}},
            honours=[honour(decided_on="2026-12-10", published_on="2026-12-15") | changes],
        )
        return [(event.event, event.on) for event in notice(quick, tree, at(day)).history[1:]]

    assert told() == [("awarded", date(2026, 12, 10))]
    assert told("2026-12-14") == []
    assert told(decided_on="2026-12") == [("awarded", date(2026, 12, 15))]
    assert told(decided_on="2026-12", published_on="2026-12") == []


def test_an_award_of_somebody_withheld_is_not_told_by_the_notice_of_the_others(quick: Quick) -> None:
    hidden = person(key="p2", name="冉秋白", disclosure="withheld", withholding=WITHHOLDING)

    def told(recipient: str) -> tuple[NoticeStatus, date]:
        tree = case(
            persons=[person(), hidden],
            notice={"order": "before_award", "period": {"opens_on": "2026-11-19", "closes_on": "2026-11-27"}},
            honours=[honour(decided_on="2026-12-10", published_on="2026-12-15", recipients=[recipient])],
        )
        found = notice(quick, tree, at("2026-12-20"))
        return found.status, found.status_since

    assert told("p1") == (NoticeStatus.AWARDED, date(2026, 12, 15))
    assert told("p2") == (NoticeStatus.AWAITING_AWARD, date(2026, 11, 28))


OBJECTED = case(objections=[{"received_on": "2026-11-19", "objector": {"name": "冉秋白"}}])


def test_no_day_tells_when_an_objection_came(quick: Quick) -> None:
    """Whoever looks at the page each day learns of it when the period has ended, and then no day of it."""
    for day in ("2026-11-18", "2026-11-19", "2026-11-22", "2026-11-26"):
        assert notice(quick, OBJECTED, at(day)) == notice(quick, case(), at(day)), day
    closed = notice(quick, OBJECTED, at("2026-11-27"))
    assert closed.status is NoticeStatus.UNDER_REVIEW and closed.status_since == date(2026, 11, 27)
    later = merged(OBJECTED, {"objections": [{"received_on": "2026-11-25"}]})
    assert notice(quick, later, at("2026-11-27")) == closed
    assert "2026, 11, 19" not in repr(closed.history)


def test_a_site_may_tell_when_an_objection_came(quick: Quick) -> None:
    allowed = {"publish_objection_received_on": True}
    told = notice(quick, OBJECTED, at("2026-11-20"), **allowed)
    assert [(event.event, event.on) for event in told.history][-1] == (
        "objection_received",
        date(2026, 11, 19),
    )
    assert told.status_after_close is NoticeStatus.UNDER_REVIEW
    assert "冉秋白" not in repr(told)


@pytest.mark.parametrize(
    ("age", "given_by", "given_on", "told"),
    [
        ("41", "person", "2026-11-01", True),
        ("41", "kin", "2026-11-22", True),
        ("41", "person", "2026-11-23", False),
        ("41", None, None, False),
        ("15", "guardian", "2026-11-01", True),
        ("15", "person", "2026-11-01", False),
        ("15", "kin", "2026-11-01", False),
    ],
)
def test_an_injury_is_told_with_consent_only(
    age: str, given_by: str | None, given_on: str | None, told: bool, quick: Quick
) -> None:
    consent = {"given_on": given_on, "given_by": given_by} if given_by else None
    hurt = person(
        born=None,
        age_at_act=age,
        injured="左臂挫裂伤",
        injury_consent=consent,
        guardian_consent={"given_on": "2026-01-01", "given_by": "封青山"},
    )
    tree = case(persons=[hurt], honours=[honour()])
    assert notice(quick, tree).persons[0].injured == ("左臂挫裂伤" if told else None)
    assert ("挫裂伤" in repr(first_honour(quick, tree))) is told
    record = Case.model_validate(tree)
    assert (("persons[0].injured", "左臂挫裂伤") in public_texts(record, MASKING, TODAY)) is told
    assert ("左臂挫裂伤" in guarded(record)) is not told


@pytest.mark.parametrize("kind", ["not_confirmed", "withdrawn"])
def test_decisions_against_turn_the_page_into_a_tombstone(kind: str, quick: Quick) -> None:
    outcome = {"kind": kind, "decided_on": "2026-11-20", "public_reason": "证据不足", "organ": "测试机关"}
    told = notice(quick, case(outcome=outcome))
    assert told.status == kind and told.status_since == date(2026, 11, 20)
    assert (told.outcome_reason, told.outcome_organ, told.outcome_on) == (
        "证据不足",
        "测试机关",
        date(2026, 11, 20),
    )


END_OF_LIFE = case(
    title=None,
    group={"name": "湖边救援小组"},
    notice={
        "title": "关于封玉琢的公示",
        "corrections": [
            {"corrected_on": "2026-11-19", "what": "姓名误作封玉卓", "was": "封玉卓", "now": "封玉琢"}
        ],
        "postings": [{"kind": "residence", "place": "翠微社区", "posted_on": "2026-11-18"}],
    },
    objections=[
        {
            "received_on": "2026-11-19",
            "resolved_on": "2026-11-20",
            "result": "dismissed",
            "public_reason": "封玉琢事迹属实",
        }
    ],
    outcome=CONFIRMED,
    honours=[honour(decided_on="2026-11-27", published_on="2026-11-28", bonus_cny="10000")],
)
REVOKED = merged(
    END_OF_LIFE, {"revocation": {"revoked_on": "2027-01-05", "organ": "测试机关", "ground": "申报材料不实"}}
)


def test_a_tombstone_has_no_name_and_no_narrative(quick: Quick) -> None:
    found = shown(quick, REVOKED, at("2027-02-01"))
    assert found is not None and found.notice is not None
    for word in ("封", "湖边", "翠微", "落水", "10000"):
        assert word not in repr(found), word
    told, (medal,) = found.notice, found.honours
    assert told.persons == () and told.act is None and told.group is None and told.honours == ()
    assert medal.status is HonourStatus.REVOKED and medal.recipients == () and medal.act is None
    assert (medal.revoked_on, medal.revoked_ground) == (date(2027, 1, 5), "申报材料不实")
    record = Case.model_validate(REVOKED)
    assert published_names(record, found, date(2027, 2, 1)) == ()
    assert "封玉琢" in {word.text for word in withheld_words(record, found, MASKING, date(2027, 2, 1))}


def test_a_tombstone_may_keep_names_where_the_site_says_so(quick: Quick) -> None:
    found = shown(quick, REVOKED, at("2027-02-01"), **tombstones(names=True))
    assert found is not None and found.notice is not None
    assert [item.name for item in found.notice.persons] == ["封某某"]
    assert [item.name for item in found.honours[0].recipients] == ["封玉琢"]


def test_a_single_honour_can_be_revoked_and_not_before_its_day(quick: Quick) -> None:
    gone = honour(revocation={"revoked_on": "2026-12-01", "organ": "测试机关", "ground": "重复授予"})
    before = first_honour(quick, case(honours=[gone]), at("2026-11-30"))
    assert before.status is HonourStatus.VALID and before.recipients and before.revoked_on is None
    after = first_honour(quick, case(honours=[gone]), at("2026-12-01"))
    assert after.status is HonourStatus.REVOKED and after.revoked_by == "测试机关"
    assert list(lasting_texts(Case.model_validate(case(honours=[gone])))) == [
        ("honours[0].revocation.ground", "重复授予")
    ]


def test_a_corrected_honour(quick: Quick) -> None:
    told = first_honour(quick, FULL)
    assert told.status is HonourStatus.CORRECTED and told.confirmed_on == date(2026, 11, 20)
    assert first_honour(quick, FULL, at("2026-11-20")).status is HonourStatus.VALID


def test_a_closed_notice_is_thinned_after_the_set_time_and_the_honour_is_not(quick: Quick) -> None:
    last = {"retention": retention(60)}
    found = shown(quick, END_OF_LIFE, at("2027-01-26"), **last)
    assert found is not None and found.notice is not None and not found.notice.thinned
    assert found.notice.title == "关于封玉琢的公示"
    found = shown(quick, END_OF_LIFE, at("2027-01-27"), **last)
    assert found is not None and found.notice is not None
    thin = found.notice
    assert thin.thinned and [item.name for item in thin.persons] == ["封某某"]
    for word in ("封玉", "翠微", "听见", "走访"):
        assert word not in repr(thin), word
    assert thin.act is not None and thin.act.narrative == () and thin.title
    assert found.honours[0].recipients[0].name == "封玉琢"
    assert published_names(Case.model_validate(END_OF_LIFE), found, date(2027, 1, 27)) == ("封玉琢",)


@pytest.mark.parametrize(
    "tree",
    [
        case(),
        case(objections=[{"received_on": "2026-11-20"}]),
        case(notice={"period": {"opens_on": "2026-11-24", "closes_on": "2026-12-10"}}),
    ],
)
def test_an_undecided_notice_is_never_thinned(tree: dict[str, Any], quick: Quick) -> None:
    for day in ("2026-11-20", "2026-12-31"):
        assert not notice(quick, tree, at(day), retention=retention(1)).thinned


def test_a_correction_can_move_the_last_day_from_its_own_day_on(quick: Quick) -> None:
    moved = {"corrected_on": "2026-11-20", "what": "延长公示", "moved_closes_on": "2026-11-30"}
    tree = case(notice={"corrections": [moved]})
    assert notice(quick, tree, at("2026-11-19")).clock.closes_on == date(2026, 11, 26)
    assert notice(quick, tree, at("2026-11-19")).corrections == ()
    assert notice(quick, tree, at("2026-11-20")).clock.closes_on == date(2026, 11, 30)


def test_titles_that_the_record_leaves_to_us(quick: Quick) -> None:
    persons = [
        person(key=f"p{n}", name=name) for n, name in enumerate(("封玉琢", "祁向晨", "殷若水", "阮青"))
    ]
    assert "封玉琢" in notice(quick, case()).title
    assert "封玉琢、祁向晨" in notice(quick, case(persons=persons[:2])).title
    several = notice(quick, case(persons=persons)).title
    assert "封玉琢" in several and "4" in several and "阮青" not in several
    after = notice(quick, case(notice={"order": "after_decision"})).title
    assert after != notice(quick, case()).title


@given(seed=st.integers(1, 10**9), days=st.integers(-450, 450))
def test_nothing_after_the_build_is_told(seed: int, days: int, quick: Quick) -> None:
    """What happens later changes nothing: the record cut off at ``as_of`` gives the same public case."""
    as_of = AS_OF + timedelta(days=days)
    for tree in random_registry(seed).cases.values():
        whole = shown(quick, tree, as_of, **tombstones(names=False))
        cut = cut_off(tree, as_of.date())
        assert whole == (shown(quick, cut, as_of) if cut is not None else None)
        for word in canaries_in(repr(whole)):
            pytest.fail(f"seed {seed}: canary {word!r}")


def cut_off(tree: dict[str, Any], today: date) -> dict[str, Any] | None:
    """The record as it stood on ``today``; None when nothing of it was public."""
    past = str(today)
    tree = merged(tree, {})
    if tree["notice"]["published_at"][:10] > past:
        return None
    tree["notice"]["corrections"] = [
        c for c in tree["notice"].get("corrections", ()) if c["corrected_on"] <= past
    ]
    tree["notice"]["postings"] = [p for p in tree["notice"].get("postings", ()) if p["posted_on"] <= past]
    tree["objections"] = [o for o in tree.get("objections", ()) if o["received_on"] <= past]
    for objection in tree["objections"]:
        if objection.get("resolved_on", "") > past:
            del objection["resolved_on"], objection["result"]
    for key, day in (("outcome", "decided_on"), ("revocation", "revoked_on")):
        if key in tree and tree[key][day] > past:
            del tree[key]
    tree["honours"] = [item for item in tree.get("honours", ()) if item["published_on"] <= past]
    for someone in tree["persons"]:
        if someone.get("guardian_consent", {}).get("given_on", "") > past:
            del someone["guardian_consent"]
    return tree


# --- what else the checks and the audit are told --------------------------------------------------------


def test_words_that_another_person_of_the_case_rightly_shows_are_not_guarded() -> None:
    brother = person(
        key="p2",
        name="封玉琳",
        unit="长江航运公司",
        disclosure="masked",
        withholding=WITHHOLDING,
        private={"kin": ["封玉琢"]},
    )
    tree = case(persons=[person(unit="长江航运公司"), brother], private={"never_publish": ["老地方茶馆"]})
    assert guarded(Case.model_validate(tree)) == ("封玉琳", "老地方茶馆")


def test_a_city_or_district_is_no_secret_and_a_neighbourhood_is() -> None:
    def words(residence: str) -> set[str]:
        hidden = person(disclosure="withheld", withholding=WITHHOLDING, residence=residence)
        record = Case.model_validate(case(persons=[hidden]))
        return {word.text for word in withheld_words(record, None, MASKING, TODAY)}

    assert "武汉市汉阳区" not in words("武汉市汉阳区")
    assert "武汉市汉阳区翠微社区" in words("武汉市汉阳区翠微社区")


def test_numbers_that_are_not_yet_public_are_looked_for(quick: Quick) -> None:
    tree = case(honours=[honour(certificate_code="a-b-c")], notice={"published_at": "2026-11-30T09:00"})
    record = Case.model_validate(tree)
    public = disclosed(quick, record)
    assert public is not None and public.notice is None
    words = {word.text: word.kind for word in withheld_words(record, public, MASKING, TODAY)}
    assert (
        words["wuhan-2026-0001"] == "id"
        and words["a-b-c"] == "number"
        and words["wh26-0001"] == "case_number"
    )
    assert "wuhan-2026-h0001" not in words and "封玉琢" not in words


def test_a_code_may_be_read_only_where_a_sample_lists_it_and_its_honour_is_public(quick: Quick) -> None:
    record = Case.model_validate(case(honours=[honour(certificate_code="a-b-c")]))
    public = disclosed(quick, record)

    def kept(shown: PublicCase | None, codes: tuple[str, ...]) -> bool:
        return "a-b-c" in {word.text for word in withheld_words(record, shown, MASKING, TODAY, codes)}

    assert public is not None and public.honours
    assert not kept(public, ("a-b-c",))
    assert kept(public, ()) and kept(public, ("d-e-f",)) and kept(None, ("a-b-c",))


def test_a_word_withheld_twice_is_looked_for_once() -> None:
    record = Case.model_validate(case(private={"never_publish": ["重复", "重复"]}))
    words = [word.text for word in withheld_words(record, None, MASKING, TODAY)]
    assert words.count("重复") == 1


def test_short_words_of_a_confidential_case_are_left_to_the_rest(quick: Quick) -> None:
    tree = case(
        level="confidential",
        withholding=WITHHOLDING,
        outcome={"kind": "withdrawn", "decided_on": "2026-11-20", "public_reason": "本人撤回"},
    )
    record = Case.model_validate(tree)
    words = {word.text for word in withheld_words(record, None, MASKING, TODAY)}
    assert "本人撤回" not in words and "跳入湖中救起一名落水者" in words
    assert list(lasting_texts(record)) == [("outcome.public_reason", "本人撤回")]
    assert list(lasting_texts(Case.model_validate(REVOKED))) == [("revocation.ground", "申报材料不实")]


def test_sparse_records_have_no_texts_to_guard() -> None:
    record = Case.model_validate(case(act=None, persons=None, notice=None))
    assert list(public_texts(record, MASKING, TODAY)) == list(lasting_texts(record)) == []
    assert guarded_words(record, MASKING, TODAY) == ()
    assert [word.kind for word in withheld_words(record, None, MASKING, TODAY)] == ["case_number"]
    assert governing_history(record, TODAY, (), objection_days=True) == ()


def test_a_newspaper_tells_nothing_and_a_notice_board_does() -> None:
    boards = [
        {"kind": "media", "place": "长江日报", "posted_on": "2026-11-18"},
        {"kind": "residence", "place": "翠微社区公告栏", "posted_on": "2026-11-18"},
    ]
    hidden = case(level="confidential", withholding=WITHHOLDING, notice={"postings": boards})
    words = {word.text for word in withheld_words(Case.model_validate(hidden), None, MASKING, TODAY)}
    assert "翠微社区公告栏" in words and "长江日报" not in words


def test_paragraphs() -> None:
    assert paragraphs(None) == ()
    assert paragraphs("甲\n乙\r\n\r\n丙\n\n \n\n丁") == ("甲乙", "丙", "丁")


@given(seed=st.integers(1, 10**9), days=st.integers(-450, 450))
def test_what_publishes_a_notice_is_told_without_disclosing_it(quick: Quick, seed: int, days: int) -> None:
    as_of = AS_OF + timedelta(days=days)
    for tree in random_registry(seed).cases.values():
        for level in ("public", "confidential"):
            tree["level"] = level
            found = shown(quick, tree, as_of)
            published = found is not None and found.notice is not None
            assert publishes_notice(Case.model_validate(tree), as_of) is published
