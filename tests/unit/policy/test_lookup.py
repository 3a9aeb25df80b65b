"""按日查询: which version answers on which day, and how it explains itself."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest

from generator.law.instruments import AnswerStatus, LibrarySettings, PolicyLibrary, Start, build_library
from generator.law.instruments.versions import passed_on, version_events
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.law_words import Topic


@pytest.mark.parametrize(
    ("on", "version", "certain"),
    [
        (date(2010, 6, 1), "wuhan/tiaoli-1997/2010", False),
        (date(2012, 3, 1), "wuhan/tiaoli-1997/2010", True),
        (date(2015, 12, 31), "wuhan/tiaoli-1997/2010", True),
        (date(2016, 1, 1), "wuhan/tiaoli-2015/2015", True),
        (date(2018, 5, 5), "wuhan/tiaoli-2015/2015", True),
        (date(2019, 7, 25), "wuhan/tiaoli-2015/2015", True),
        (date(2019, 7, 26), "wuhan/tiaoli-2015/2019", True),
        (date(2025, 5, 28), "wuhan/tiaoli-2015/2019", True),
        (date(2025, 5, 29), "wuhan/tiaoli-2015/2025", True),
        (date(2026, 1, 1), "wuhan/tiaoli-2015/2025", True),
    ],
)
def test_wuhan_by_day(library: PolicyLibrary, on: date, version: str, certain: bool) -> None:
    answer = library.version_on("wuhan", on)
    assert answer.version is not None
    assert (answer.version.key, answer.certain) == (version, certain)


def test_undated_amendment_is_labelled(library: PolicyLibrary) -> None:
    notes = [note.key for note in library.version_on("wuhan", date(2026, 1, 1)).notes]
    assert notes == ["start_approval"]
    words = library.version_on("wuhan", date(2026, 1, 1)).notes[0].words
    assert "2025-05-29" in words and "2025修正" in words


def test_without_the_setting_an_undated_amendment_stays_open(cautious: PolicyLibrary) -> None:
    answer = cautious.version_on("wuhan", date(2026, 1, 1))
    assert answer.version is not None and answer.version.slug == "2015"
    assert not answer.certain
    assert [note.key for note in answer.notes].count("amended_without_start") == 2


def test_no_text_holds_before_it_was_passed(library: PolicyLibrary, cautious: PolicyLibrary) -> None:
    """Under both readings of the setting, and on the very day before."""
    passed = {
        version.key: day
        for item in library.instruments
        for version in item.versions
        if (day := passed_on(version.entry)) is not None
    }
    assert len(passed) > 15
    for made in (library, cautious):
        for item in made.instruments:
            for version in item.versions:
                day = passed.get(version.key)
                if day is None:
                    continue
                assert version.starts_on is None or version.starts_on >= day, version.key
                before = made.version_on(version.jurisdiction, day - timedelta(days=1))
                assert version.key not in {text.key for text in before.texts}, version.key


@pytest.mark.parametrize(
    ("place", "day", "start"),
    [
        ("zhejiang", date(2020, 11, 27), Start.ADOPTION),
        ("beijing", date(2016, 11, 25), Start.ADOPTION),
        ("qingdao", date(2010, 11, 25), Start.APPROVAL),
    ],
)
def test_an_amendment_counts_from_the_act_that_completed_it(
    library: PolicyLibrary, place: str, day: date, start: Start
) -> None:
    answer = library.version_on(place, day)
    assert answer.version is not None and answer.version.start is start
    assert answer.certain and "推定" in answer.notes[0].words and day.isoformat() in answer.notes[0].words
    assert library.version_on(place, day - timedelta(days=1)).version is None


def test_a_text_of_unknown_days_answers_no_day_on_which_it_surely_did_not_hold(
    library: PolicyLibrary,
) -> None:
    """The body that approved Nanjing's text met for its eighteenth session on that day; the text names its 25th."""
    first = date(2015, 9, 22)
    before = library.version_on("nanjing", first - timedelta(days=1))
    assert before.texts == () and before.notes[0].words == "本站没有当日有效的文本。"
    assert library.provision("nanjing", "confirmation", date(2013, 12, 1)).provisions == ()
    since = library.version_on("nanjing", first)
    assert since.version is not None and not since.is_dated
    assert since.version.starts_on is None, "a day before which it did not hold is none from which it did"


def test_a_first_day_known_from_elsewhere_is_told_as_concluded(library: PolicyLibrary) -> None:
    (text,) = library.instrument("quanguo", "gongshang-baoxian-tiaoli").versions
    assert (text.starts_on, text.start, text.is_counted) == (date(2011, 1, 1), Start.INFERRED, True)
    assert text not in library.version_on("quanguo", date(2010, 12, 31)).beside
    assert text in library.version_on("quanguo", date(2011, 1, 1)).beside
    assert not any(provision.settled for provision in text.provisions)
    (begun,) = [event for event in version_events(text) if event.kind == "in_force"]
    assert (begun.on, begun.inferred) == (date(2011, 1, 1), True)


def test_before_any_text_at_hand_the_earlier_one_is_named(library: PolicyLibrary) -> None:
    answer = library.version_on("wuhan", date(2005, 1, 1))
    assert answer.version is None and not answer.certain
    assert [note.key for note in answer.notes] == ["no_version", "earlier_wording"]
    assert library.provision("wuhan", "bonus", date(2005, 1, 1)).status is AnswerStatus.NO_VERSION


@pytest.mark.parametrize(
    ("place", "on", "said"),
    [
        ("qingdao", date(1997, 12, 12), None),
        (
            "qingdao",
            date(1997, 12, 13),
            "2010修正以前的《青岛市表彰与保护见义勇为公民条例》（1997-12-13 起施行）",
        ),
        (
            "qingdao",
            date(2010, 11, 24),
            "2010修正以前的《青岛市表彰与保护见义勇为公民条例》（1997-12-13 起施行）",
        ),
        ("beijing", date(2000, 7, 31), None),
        (
            "beijing",
            date(2005, 6, 1),
            "2016修正以前的《北京市见义勇为人员奖励和保护条例》（2000-08-01 起施行）",
        ),
        (
            "zhejiang",
            date(2000, 4, 1),
            "2020修正以前的《浙江省见义勇为人员奖励和保障条例》（2000-04-01 起施行）",
        ),
        (
            "zhejiang",
            date(2018, 6, 1),
            "2020修正以前的《浙江省见义勇为人员奖励和保障条例》（2000-04-01 起施行）",
        ),
        ("wuhan", date(1998, 1, 9), None),
        ("wuhan", date(1998, 1, 10), "可能适用2010修正以前的《武汉市奖励和保护见义勇为人员条例》"),
        ("shandong", date(2001, 4, 5), None),
        ("shandong", date(2012, 11, 30), "可能适用《山东省见义勇为保护条例》"),
        ("kunming", date(2009, 6, 30), None),
        ("kunming", date(2009, 7, 1), "（2009-07-01 起施行，2014-02-15 起废止）"),
    ],
)
def test_a_day_before_an_amendment_had_the_earlier_wording_and_a_day_before_any_text_had_none(
    library: PolicyLibrary, place: str, on: date, said: str | None
) -> None:
    answer = library.version_on(place, on)
    first, *others = answer.notes
    assert answer.texts == () and first.key == "no_version"
    assert len(others) == (said is not None)
    assert all(said in note.words and note.words.endswith("本站未收录该文本。") for note in others if said)


def test_what_was_in_force_before_every_amended_text_at_hand_is_said(library: PolicyLibrary) -> None:
    for item in library.instruments:
        first = item.versions[0]
        if first.entry.kind == "amended" and item.entry.matter == "bravery" and first.starts_on is not None:
            before = library.version_on(item.jurisdiction, first.starts_on - timedelta(days=1))
            assert any(item.title in note.words for note in before.notes), item.title


def test_three_silences_differ(library: PolicyLibrary) -> None:
    today = date(2026, 1, 1)
    assert library.provision("wuhan", "benefit_hukou", today).status is AnswerStatus.NOT_REGULATED
    assert library.provision("wuhan", "benefit_park", date(2018, 1, 1)).status is AnswerStatus.UNKNOWN
    assert library.provision("wuhan", "bonus", today).status is AnswerStatus.STATED


def test_inherited_article_belongs_to_the_version_that_holds(library: PolicyLibrary) -> None:
    (materials, help_given) = library.provision("wuhan", "materials", date(2026, 1, 1)).provisions
    assert len(materials.value.items) == 3
    assert materials.typed_in == "2019"
    assert materials.path == "policies/wuhan/tiaoli-2015/#2025/art-9"
    assert help_given.article == "第九条第二款"
    assert len(library.provision("wuhan", "materials", date(2018, 1, 1)).provisions[0].value.items) == 5


def test_unknown_topic_and_unknown_place(library: PolicyLibrary) -> None:
    with pytest.raises(ValueError):
        library.provision("wuhan", "weather", date(2026, 1, 1))
    nowhere = library.provision("nowhere", Topic.BONUS, date(2026, 1, 1))
    assert nowhere.status is AnswerStatus.NO_VERSION
    assert [note.key for note in nowhere.notes] == ["no_instrument"]


def test_stretches_cover_every_day_once(library: PolicyLibrary) -> None:
    for place in library.jurisdictions:
        days = library.turning_days(place)
        for day in days:
            before, after = library.version_on(place, day - timedelta(days=1)), library.version_on(place, day)
            assert before.until == day - timedelta(days=1)
            assert after.since == day


def test_every_note_has_words(library: PolicyLibrary, cautious: PolicyLibrary) -> None:
    for made in (library, cautious):
        for place in made.jurisdictions:
            for on in (date(1990, 1, 1), *made.turning_days(place)):
                for topic in Topic:
                    for note in made.provision(place, topic, on).notes:
                        assert note.words.endswith("。") and "{" not in note.words


def test_library_survives_pickling(library: PolicyLibrary) -> None:
    copy = pickle.loads(pickle.dumps(library))
    on = date(2026, 1, 1)
    assert copy.provision("wuhan", "bonus", on) == library.provision("wuhan", "bonus", on)


@pytest.mark.parametrize(
    ("place", "topic", "days", "comparison"),
    [
        ("wuhan", "publicity_period", 7, "at_least"),
        ("kunming", "publicity_period", 7, "at_least"),
    ],
)
def test_publicity_figures(
    library: PolicyLibrary, place: str, topic: str, days: int, comparison: str
) -> None:
    (provision,) = library.provision(place, topic, date(2026, 1, 1)).provisions
    assert (provision.value.days, provision.value.comparison) == (days, comparison)


def test_nanjing_requires_publicity_without_a_length(library: PolicyLibrary) -> None:
    on = date(2026, 1, 1)
    answer = library.provision("nanjing", "publicity_period", on)
    assert answer.status is AnswerStatus.NOT_REGULATED
    assert "left_open" in [note.key for note in answer.notes]
    assert library.provision("nanjing", "publicity_required", on).provisions[0].value.attaches_to == "award"
    assert library.provision("nanjing", "effective_date", on).status is AnswerStatus.UNKNOWN
    assert not answer.certain


def test_two_undated_texts_of_a_province_are_both_shown(library: PolicyLibrary) -> None:
    answer = library.provision("hubei", "publicity_period", date(2020, 1, 1))
    assert answer.version is None and len(answer.candidates) == 2
    assert answer.status is AnswerStatus.UNKNOWN
    assert [p.value.comparison for p in answer.provisions] == ["exactly"]


def test_province_stands_beside_a_silent_city(library: PolicyLibrary) -> None:
    answer = library.provision("wuhan", "honour_title", date(2026, 1, 1))
    assert answer.status is AnswerStatus.NOT_REGULATED
    assert answer.province is not None and len(answer.province.provisions) == 2
    assert "province_consulted" in [note.key for note in answer.notes]
    assert answer.effective is answer


def test_an_assumed_start_is_labelled_and_settles_the_province(
    entries: tuple[InstrumentEntry, ...],
) -> None:
    settings = LibrarySettings(
        undated_amendments_count_from="approval",
        assumed_in_force_from={"hubei/guiding/original": date(2000, 1, 1)},
    )
    made = build_library(entries, parents={"wuhan": "hubei"}, settings=settings)
    answer = made.provision("wuhan", "honour_title", date(2026, 1, 1))
    assert answer.province is not None and answer.province.status is AnswerStatus.STATED
    assert answer.effective is answer.province
    assert "start_setting" in [note.key for note in answer.effective.notes]
    with pytest.raises(ValueError, match="hubei/nothing"):
        build_library(
            entries, settings=LibrarySettings(assumed_in_force_from={"hubei/nothing": date(2000, 1, 1)})
        )


def test_lookups_are_fast_enough_for_a_large_registry(library: PolicyLibrary) -> None:
    on = date(2026, 1, 1)
    first = library.provision("wuhan", "publicity_period", on)
    assert all(library.provision("wuhan", "publicity_period", on) is first for _ in range(1000))


def test_what_lies_beyond_a_cut_is_no_blank(library: PolicyLibrary) -> None:
    answer = library.provision("wuhan", "bonus", date(2012, 6, 1))
    assert answer.status is AnswerStatus.UNKNOWN
    assert "beyond_cut" in [note.key for note in answer.notes]
    blank = library.provision("nanjing", "effective_date", date(2026, 6, 1))
    assert "blank_in_text" in [note.key for note in blank.notes]


def test_what_is_left_to_another_organ_is_delegated(library: PolicyLibrary) -> None:
    answer = library.provision("nanjing", "competent_authority", date(2026, 6, 1))
    assert answer.status is AnswerStatus.STATED
    guiding = library.instrument("hubei", "guiding").version("original")
    assert [p.delegated_to for p in guiding.by_topic[Topic.BONUS]] == [("省见义勇为基金会",)]
