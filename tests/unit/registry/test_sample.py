"""示例登记册: the sample loads without an error, holds every variety, numbers without a gap and leaks nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from generator.cases.case import Case, HonourRecord, NoticeRecord
from generator.cases.case_clock import case_clock
from generator.cases.case_files import find_case_files, load_case
from generator.cases.decision_files import NO_GRANTS, grants_by_case, load_decisions, with_grants
from generator.checks.problem import CaseProblem
from generator.checks.record_check import check_case
from generator.disclosure.disclose import disclose
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.disclosure.masking import find_private_mentions
from generator.disclosure.withheld_words import published_names, withheld_words
from generator.law.notice_period.period_wording import working_out
from generator.project.settings import Settings, load_settings
from generator.public.public_case import HonourStatus, NoticeStatus, PublicCase, PublicHonour, PublicNotice
from generator.source.model.instant import SHANGHAI
from generator.spellings.identifiers import find_identifiers
from tests.every_row import every_row

ROOT = Path(__file__).parents[3]
AS_OF = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)
MARK = "# 示例数据：人物、单位、事件均为虚构"
CITIES = ("hangzhou", "kunming", "nanjing", "wuhan")

MEANT_WARNINGS = {
    ("km26-0078", "CLK011"),
    # Her injury is on record, and she has not yet consented to its being told.
    ("km26-0078", "DIS013"),
    # Before the texts at hand: no version to judge by.
    ("hz17-0004", "LAW013"),
    ("km12-0002", "LAW013"),
    ("km10-0030", "LAW013"),
    ("wh09-0030", "LAW013"),
    ("nj06-0011", "LAW013"),
    ("nj10-0030", "LAW013"),
    ("nj13-0009", "LAW013"),
    # Withheld until a day that has passed: staff must decide.
    ("hz26-0133", "DIS012"),
    ("hz26-0177", "DIS012"),
    ("km24-0083", "DIS012"),
}
"""Warnings that the sample is meant to show."""


def _settings() -> Settings:
    loaded = load_settings(ROOT)
    assert loaded.settings is not None, loaded.diagnostics
    return loaded.settings


def _cases() -> dict[Path, Case]:
    loaded = {path: load_case(path, ROOT) for path in find_case_files(ROOT)}
    assert {path.name: result.diagnostics for path, result in loaded.items() if result.diagnostics} == {}
    cases = {path: result.value for path, result in loaded.items() if result.value is not None}
    return {
        path: with_grants(case, GRANTS.get((case.jurisdiction, case.case), NO_GRANTS))
        for path, case in cases.items()
    }


SETTINGS = _settings()
DECISIONS, UNREAD = load_decisions(sorted(ROOT.glob("registry/decisions/*/*/*.yml")), ROOT)
assert not UNREAD
GRANTS = grants_by_case(DECISIONS)
FILES = _cases()
CASES = tuple(FILES.values())
RULES = disclosure_rules(SETTINGS, AS_OF)
DISCLOSED = {case.case: disclose(case, case_clock(case, SETTINGS, AS_OF.date()), RULES) for case in CASES}
PUBLIC = tuple(item for item in DISCLOSED.values() if item is not None)
NOTICES: tuple[PublicNotice, ...] = tuple(item.notice for item in PUBLIC if item.notice is not None)
HONOURS: tuple[PublicHonour, ...] = tuple(honour for item in PUBLIC for honour in item.honours)


def _texts(value: Any) -> Iterator[str]:
    """Every string that a public value holds, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)


def _public_text(item: PublicCase) -> str:
    # A clock holds a rule's origin and many days, none of it a record's own words.
    parts = [item.notice] if item.notice is not None else []
    return "\n".join(text for part in (*parts, *item.honours) for text in _texts(part))


def _records() -> Iterator[tuple[Case, NoticeRecord | HonourRecord]]:
    for case in CASES:
        if case.level != "confidential":
            yield from ((case, record) for record in (case.notice, *case.honours) if record is not None)


def test_the_sample_is_built_for_its_own_instant() -> None:
    assert SETTINGS.site.sample is not None
    assert SETTINGS.site.sample.as_of == AS_OF
    assert "示例数据" in SETTINGS.site.sample.banner


def test_there_are_at_least_48_cases_over_the_four_cities() -> None:
    per_city = Counter(case.jurisdiction for case in CASES)
    assert sum(per_city.values()) >= 48
    assert tuple(sorted(per_city)) == CITIES
    assert min(per_city.values()) >= 8


@every_row("path", FILES, ids=lambda path: path.stem)
def test_each_file_says_that_it_is_invented(path: Path) -> None:
    case = FILES[path]
    assert path.read_text(encoding="utf-8").splitlines()[0] == MARK
    assert path.stem == case.case
    assert path.parts[-3] == case.jurisdiction


def test_offices_are_marked_as_samples_and_use_no_real_channel() -> None:
    for authority in SETTINGS.authorities.values():
        assert "（示例）" in authority.name
        channels = authority.channels
        for number in (*channels.telephone, *channels.fax):
            assert re.fullmatch(r"0[0-9]{2,3}-000000[0-9]{2}", number), number
        if channels.email is not None:
            assert channels.email.endswith("@yiyong.example")
        if channels.web_form is not None:
            assert re.match(r"https://form\.yiyong\.example/", channels.web_form)


def test_all_kinds_of_channel_occur() -> None:
    given = {
        name
        for authority in SETTINGS.authorities.values()
        for name in ("web_form", "email", "telephone", "fax", "post", "in_person")
        if getattr(authority.channels, name)
    }
    assert given == {"web_form", "email", "telephone", "fax", "post", "in_person"}
    posts = {a.channels.post.counts_by for a in SETTINGS.authorities.values() if a.channels.post is not None}
    assert posts == {"sent", "received"}


@every_row("path", FILES, ids=lambda path: path.stem)
def test_the_checks_find_nothing_but_what_is_meant(path: Path) -> None:
    case = FILES[path]
    clock = case_clock(case, SETTINGS, AS_OF.date())
    problems: list[CaseProblem] = check_case(case, clock, path.parts[-3], SETTINGS, AS_OF.date())
    assert {(case.case, item.code) for item in problems} == {
        item for item in MEANT_WARNINGS if item[0] == case.case
    }


def test_public_numbers_are_unique_and_without_a_gap() -> None:
    """A gap in numbers would betray a withheld case."""
    series: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for _, record in _records():
        prefix, number = re.fullmatch(r"(.+-[0-9]{4}-h?)([0-9]+)", record.id).groups()  # type: ignore[union-attr]
        when = record.published_at.date() if isinstance(record, NoticeRecord) else record.public_from
        series[prefix].append((int(number), when))
    assert len(series) > 20
    for prefix, entries in series.items():
        entries.sort()
        assert [number for number, _ in entries] == list(range(1, len(entries) + 1)), prefix
        days = [when for _, when in entries]
        assert days == sorted(days), f"{prefix}: numbers follow the order of publication"


def test_internal_numbers_have_nothing_to_do_with_public_ones() -> None:
    for case, record in _records():
        digits = record.id.rsplit("-", 1)[1].lstrip("h0")
        assert case.case.rsplit("-", 1)[1].lstrip("0") != digits


NARRATED = [case for case in CASES if case.act is not None and case.act.narrative is not None]


@every_row("case", NARRATED, ids=lambda case: case.case)
def test_narratives_have_the_length_of_real_ones(case: Case) -> None:
    assert case.act is not None
    assert case.act.narrative is not None
    assert 80 <= len(case.act.narrative) <= 350


def test_no_withheld_word_of_any_case_stands_in_any_public_text() -> None:
    published = {name for case in CASES for name in published_names(case, DISCLOSED[case.case], AS_OF.date())}
    text = "\n".join(_public_text(item) for item in PUBLIC)
    for case in CASES:
        withheld = withheld_words(case, DISCLOSED[case.case], SETTINGS.site.masking, AS_OF.date())
        words = [word.text for word in withheld if word.text not in published]
        found = {words[mention.index] for mention in find_private_mentions(text, words)}
        assert found == set(), case.case


def test_no_public_text_holds_a_number_or_a_full_birth_date() -> None:
    allowed = SETTINGS.office_identifiers
    for item in PUBLIC:
        assert list(find_identifiers(_public_text(item), allowed=allowed)) == []
    for case in CASES:
        for person in case.persons:
            assert person.born is None or person.born.day is None
            born_on = person.private.born_on
            if born_on is not None:
                own = DISCLOSED[case.case]
                shown = _public_text(own) if own is not None else ""
                assert born_on.isoformat() not in shown
                assert f"{born_on.year}年{born_on.month}月{born_on.day}日" not in shown


def test_identity_numbers_are_well_formed_and_nobodys() -> None:
    """990000 is no administrative division, so no person can hold these numbers."""
    numbers = [p.private.id_number for case in CASES for p in case.persons if p.private.id_number is not None]
    assert len(numbers) == len(set(numbers)) > 30
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    for number in numbers:
        assert number.startswith("990000")
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
        assert number[17] == "10X98765432"[total % 11]


def test_confidential_cases_and_withheld_persons_leave_nothing() -> None:
    confidential = [case for case in CASES if case.level == "confidential"]
    assert len(confidential) >= 4
    assert all(DISCLOSED[case.case] is None for case in confidential)
    public_ids = {notice.id for notice in NOTICES} | {honour.id for honour in HONOURS}
    for case in confidential:
        ids = {case.notice.id} if case.notice is not None else set()
        assert public_ids.isdisjoint(ids | {honour.id for honour in case.honours})
    for case in CASES:
        item = DISCLOSED[case.case]
        visible = sum(person.disclosure != "withheld" for person in case.persons)
        if item is not None and item.notice is not None and not item.notice.status.is_tombstone:
            assert len(item.notice.persons) == visible


def test_one_confidential_case_would_be_open_now() -> None:
    now = AS_OF.date()
    periods = [c.notice.period for c in CASES if c.level == "confidential" and c.notice is not None]
    assert any(p.closes_on is not None and p.opens_on <= now <= p.closes_on for p in periods)


def test_nothing_decided_after_the_instant_shows() -> None:
    late = next(case for case in CASES if case.outcome is not None and case.outcome.decided_on > AS_OF.date())
    item = DISCLOSED[late.case]
    assert item is not None
    assert item.notice is not None
    assert item.notice.status is NoticeStatus.AWAITING
    assert late.honours
    assert item.honours == ()
    unpublished = [case for case in CASES if case.notice is not None and case.notice.published_at > AS_OF]
    assert unpublished
    assert all(DISCLOSED[case.case] is None for case in unpublished)


def test_open_notices_have_different_time_left() -> None:
    left = Counter(
        (notice.clock.closes_on - AS_OF.date()).days
        for notice in NOTICES
        if notice.status is NoticeStatus.OPEN
    )
    assert {0, 1, 4} <= set(left)
    assert any(days >= 7 for days in left)
    assert sum(left.values()) >= 7


def test_every_status_of_a_notice_and_an_honour_occurs() -> None:
    assert {notice.status for notice in NOTICES} == set(NoticeStatus)
    assert {honour.status for honour in HONOURS} == set(HonourStatus)
    assert {notice.order for notice in NOTICES} == {
        "before_decision",
        "after_decision",
        "before_award",
    }
    assert {honour.level for honour in HONOURS} >= {"province", "city", "district"}
    assert {honour.verb for honour in HONOURS} >= {"授予", "追授", "奖励", "记功", "嘉奖"}
    kinds = {notice.act.kind for notice in NOTICES if notice.act is not None}
    assert len(kinds) == 7


def test_what_was_found_on_an_objection_is_no_part_of_a_deed() -> None:
    """The account was published before the objection came; its outcome stands among the steps."""
    for record in (*NOTICES, *HONOURS):
        assert not any("异议" in text for act in record.acts for text in act.narrative), record.id


def test_three_cases_of_wuhan_are_judged_by_three_versions() -> None:
    versions = {
        honour.id: {ref.version for ref in honour.provisions}
        for honour in HONOURS
        if honour.id in ("wuhan-2012-h0001", "wuhan-2018-h0001", "wuhan-2026-h0002")
    }
    assert len(versions) == 3
    seen = [frozenset(v) for v in versions.values()]
    assert all(seen), versions
    assert all(a.isdisjoint(b) for n, a in enumerate(seen) for b in seen[:n]), versions


def test_working_days_over_national_day_count_the_makeup_saturday() -> None:
    clock = next(notice.clock for notice in NOTICES if notice.id == "wuhan-2026-0006")
    assert clock.unit == "working_day"
    assert clock.closes_on.isoformat() == "2026-10-13"
    moved = next(notice.clock for notice in NOTICES if notice.id == "wuhan-2026-0005")
    assert moved.reckoned_closes_on.isoformat() == "2026-10-01"
    assert moved.closes_on.isoformat() == "2026-10-08"


def _persons(case: Case) -> Iterator[Any]:
    return (person for person in case.persons if case.level != "confidential")


VARIETIES: dict[str, tuple[int, Callable[[Case], bool]]] = {
    "a notice corrected, its last day moved": (
        2,
        lambda c: c.notice is not None and any(x.moved_closes_on for x in c.notice.corrections),
    ),
    "a notice that replaces another": (1, lambda c: c.notice is not None and c.notice.replaces is not None),
    "a period declared": (20, lambda c: c.notice is not None and c.notice.period.closes_on is not None),
    "a length of calendar days": (
        1,
        lambda c: (
            c.notice is not None
            and c.notice.period.length is not None
            and c.notice.period.unit == "calendar_day"
        ),
    ),
    "a length of working days": (
        5,
        lambda c: (
            c.notice is not None
            and c.notice.period.length is not None
            and c.notice.period.unit == "working_day"
        ),
    ),
    "a length with the authority's unit": (
        3,
        lambda c: (
            c.notice is not None and c.notice.period.length is not None and c.notice.period.unit is None
        ),
    ),
    "a group with a head count": (4, lambda c: c.group is not None and c.group.head_count is not None),
    "a group without names": (2, lambda c: c.group is not None and not c.persons),
    "a withheld member of a group": (
        3,
        lambda c: c.level == "public" and len({p.disclosure for p in c.persons} & {"full", "withheld"}) == 2,
    ),
    "somebody dead": (2, lambda c: any(p.deceased for p in c.persons)),
    "a masked minor": (
        1,
        lambda c: any(p.disclosure == "masked" and (p.age_at_act or 99) < 18 for p in c.persons),
    ),
    "a minor with a guardian's consent": (
        2,
        lambda c: any(p.guardian_consent and p.disclosure == "full" for p in c.persons),
    ),
    "merit together with a title": (1, lambda c: any(h.merit and h.verb == "授予" for h in c.honours)),
    "honours without a notice": (8, lambda c: bool(c.honours) and c.notice is None and c.level == "public"),
    "a sparse old record": (5, lambda c: bool(c.honours) and c.act is None),
    "several honours": (3, lambda c: len(c.honours) > 1),
    "a batch": (5, lambda c: any(h.batch for h in c.honours)),
    "honours of province, city and district in one case": (
        1,
        lambda c: {h.level for h in c.honours} >= {"province", "city", "district"},
    ),
    "two masked persons of one surname": (
        2,
        lambda c: (
            max(Counter(p.name[0] for p in _persons(c) if p.disclosure == "masked").values(), default=0) > 1
        ),
    ),
    "a withholding that has run out": (
        2,
        lambda c: any(
            p.withholding and p.withholding.ends_on and p.withholding.ends_on < AS_OF.date()
            for p in _persons(c)
        ),
    ),
    "a name in Latin letters": (1, lambda c: any(re.fullmatch(r"[A-Za-z .-]+", p.name) for p in c.persons)),
    "a name with a middle dot": (3, lambda c: any("·" in p.name for p in c.persons)),
    "a compound surname": (
        1,
        lambda c: any(p.name.startswith("欧阳") and p.disclosure == "full" for p in c.persons),
    ),
    "a compound surname, masked": (
        1,
        lambda c: any(p.name.startswith("欧阳") and p.disclosure == "masked" for p in c.persons),
    ),
    "an objection under review": (2, lambda c: any(o.resolved_on is None for o in c.objections)),
    "an objection dismissed": (1, lambda c: any(o.result == "dismissed" for o in c.objections)),
    "a notice revoked": (2, lambda c: c.revocation is not None and c.notice is not None),
    "an honour revoked": (1, lambda c: any(h.revocation for h in c.honours)),
    "a certificate with a code": (4, lambda c: any(h.certificate_code for h in c.honours)),
    "a review asked for": (1, lambda c: c.procedure.review_requested_on is not None),
    "an application resting on another organ's conclusion": (
        1,
        lambda c: c.procedure.conclusion_on is not None,
    ),
    "a complicated case": (2, lambda c: c.procedure.complicated),
    "several signatories": (2, lambda c: c.notice is not None and len(c.notice.signatories) > 1),
}


@every_row("variety", VARIETIES)
def test_the_variety_is_there(variety: str) -> None:
    least, holds = VARIETIES[variety]
    assert sum(holds(case) for case in CASES) >= least


def test_rare_characters_occur_in_published_names() -> None:
    names = "".join(person.name for notice in NOTICES for person in notice.persons if not person.masked)
    assert set("玥翀昇喆堃垚彧祎") <= set(names)
    # 珺 stands in an honour (its old notice shows surnames only), 璟 in a notice not yet published.
    assert any("珺" in person.name for honour in HONOURS for person in honour.recipients)
    assert any("璟" in person.name for case in CASES for person in case.persons)


def test_every_ground_of_withholding_occurs() -> None:
    given = {
        w.ground for c in CASES for w in (c.withholding, *(p.withholding for p in c.persons)) if w is not None
    }
    assert given == {"safety", "asked_by_person", "asked_by_kin", "decided_by_organ", "other"}


def test_kunming_posts_where_the_law_asks_for_it() -> None:
    """昆明办法第十五条第二款: local media, the residence and the place of the act."""
    notices = [c.notice for c in CASES if c.jurisdiction == "kunming" and c.notice is not None]
    assert len(notices) >= 6
    for notice in notices:
        assert {posting.kind for posting in notice.postings} >= {"media", "residence", "place_of_act"}
        first, last = notice.period.opens_on - timedelta(days=7), notice.period.opens_on + timedelta(days=7)
        assert all(first <= posting.posted_on <= last for posting in notice.postings)


def test_publicity_under_the_province_s_text_says_whose_rule_it_is() -> None:
    """洛阳 is silent on publicity: 河南's seven days hold there, and the working says so."""
    case = next(case for case in CASES if case.notice is not None)
    made = case_clock(case.model_copy(update={"jurisdiction": "luoyang"}), SETTINGS, AS_OF.date())
    clock = made.period if made is not None else None
    assert clock is not None and clock.rule.minimum is not None
    told = clock.rule.minimum.origin.words
    assert "河南省" in told and told.endswith("（本地文本没有规定，适用上级规定）")
    assert any(told in step for step in working_out(clock))
