"""台账核对: what was published does not vanish, change or move without saying so."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import has_errors
from generator.diagnostics.report import format_text
from generator.pipeline.build import BuildOptions, build
from generator.pipeline.publish_step import LedgerMovedError, Publishing
from generator.publication_log.publication_event import Event, logged_document
from generator.publication_log.publication_ledger import FOLDER
from generator.publication_log.waiting_events import Waiting
from generator.source.model.instant import SHANGHAI
from tests.log_projects import (
    CASE,
    LATER,
    checked,
    codes,
    counted_salts,
    ledger_of,
    project,
    publish,
    published_project,
    rewrite_case,
)
from tests.projects import AS_OF, WITHHOLDING, case, honour, person
from tests.quick_build import no_posters, plain_host


def changed(**changes: Any) -> dict[str, Any]:
    return case(**{"honours": [honour()], **changes})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return published_project(tmp_path)


def told(root: Path, code: str) -> str:
    (found,) = (item for item in checked(root) if item.code == code)
    return format_text([found])


def test_while_nothing_was_published_nothing_is_demanded(tmp_path: Path) -> None:
    made = project(tmp_path)
    assert codes(made) == []
    rewrite_case(made, None)
    assert codes(made) == []


def test_what_stands_as_it_was_published_passes(root: Path) -> None:
    assert codes(root) == []
    events = [line.event for line in ledger_of(root).lines]
    told = [(event.event, event.id) for event in events if isinstance(event, Event)]
    assert told == [("published", "wuhan-2026-0001"), ("published", "wuhan-2026-h0001")]


def test_a_deleted_record_is_told_with_the_next_free_number(root: Path) -> None:
    rewrite_case(root, None)
    assert codes(root) == ["PUB010", "PUB010"]
    assert "wuhan-2026-0001" in format_text(checked(root)) and "wuhan-2026-0002" in format_text(checked(root))


def test_a_renumbered_record_is_told(root: Path) -> None:
    rewrite_case(root, changed(notice={"id": "wuhan-2026-0009"}))
    assert codes(root) == ["PUB010"]
    assert "wuhan-2026-0010" in told(root, "PUB010")


def test_a_notice_that_is_put_off_after_it_was_published_is_told(root: Path) -> None:
    later = {"opens_on": "2026-12-02", "closes_on": "2026-12-10"}
    rewrite_case(root, changed(notice={"published_at": "2026-12-01T09:00", "period": later}))
    assert "PUB010" in codes(root)


def test_a_last_day_that_moves_is_told(root: Path) -> None:
    rewrite_case(root, changed(notice={"period": {"closes_on": "2026-12-01"}}))
    assert codes(root) == ["PUB014"]
    text = told(root, "PUB014")
    assert "2026-11-26" in text and "2026-12-01" in text and f"registry/cases/{CASE}:" in text


def test_a_last_day_that_a_correction_moves_is_not(root: Path) -> None:
    moved = {"corrected_on": "2026-11-23", "what": "截止日顺延", "moved_closes_on": "2026-12-01"}
    rewrite_case(root, changed(notice={"corrections": [moved]}))
    assert codes(root) == []
    publish(root, LATER)
    assert codes(root) == []
    # Whoever takes the correction back moves the day back.
    rewrite_case(root, changed())
    assert codes(root) == ["PUB014", "PUB015"]


@pytest.mark.parametrize(
    "changes",
    [
        {"persons": [person(sex="女")]},
        {"act": {"narrative": "2026年9月12日，封玉琢跳入水中救起两人。"}},
        {"notice": {"number": "武公示〔2026〕9号"}},
    ],
)
def test_a_change_without_a_correction_is_told_and_with_one_it_is_not(
    root: Path, changes: dict[str, Any]
) -> None:
    rewrite_case(root, changed(**changes))
    assert set(codes(root)) == {"PUB013"}
    correction = {"corrected_on": "2026-11-23", "what": "核对后改正"}
    notice = {**changes.get("notice", {}), "corrections": [correction]}
    corrected = honour(corrections=[correction])
    rewrite_case(root, changed(**{**changes, "notice": notice, "honours": [corrected]}))
    assert codes(root) == []


def test_what_comes_in_due_course_needs_no_correction(root: Path) -> None:
    rewrite_case(root, changed(outcome={"kind": "confirmed", "decided_on": "2026-11-28"}))
    assert codes(root, datetime(2026, 11, 29, 9, tzinfo=SHANGHAI)) == []


def test_a_revocation_and_a_withdrawal_are_no_silent_change(root: Path) -> None:
    gone = {"revoked_on": "2026-11-23", "organ": "武汉市测试机关（示例）", "ground": "弄虚作假"}
    rewrite_case(root, changed(revocation=gone))
    assert codes(root) == []
    publish(root, LATER)
    events = [line.event for line in ledger_of(root).lines]
    assert [e.event for e in events if isinstance(e, Event)] == ["tombstoned", "tombstoned"]
    # And it does not come back in silence.
    rewrite_case(root, changed())
    assert set(codes(root)) == {"PUB013"}


def test_what_is_withheld_later_needs_no_word_about_it(root: Path) -> None:
    hidden = {**WITHHOLDING, "decided_on": "2026-11-23"}
    masked = person(disclosure="masked", withholding=hidden)
    texts = {"narrative": "2026年9月12日，封某某跳入水中救起一人。"}
    rewrite_case(root, changed(persons=[masked], act=texts))
    assert codes(root) == []
    rewrite_case(root, changed(level="confidential", withholding=hidden))
    assert codes(root) == []


def test_what_should_never_have_been_shown_goes_at_once(root: Path) -> None:
    """The organ decided before the publication, and somebody forgot to enter it: that is the most urgent of all."""
    assert date.fromisoformat(WITHHOLDING["decided_on"]) < AS_OF.date()
    masked = person(disclosure="masked", withholding=WITHHOLDING)
    texts = {"narrative": "2026年9月12日，封某某跳入水中救起一人。"}
    rewrite_case(root, changed(persons=[masked], act=texts))
    assert codes(root) == []
    publish(root, LATER)
    kept = [line.event for line in ledger_of(root).lines]
    assert kept[:2] == [None, None], "who has an old copy could prove it genuine"
    assert [event.at[:10] for event in kept[2:] if event is not None] == [LATER.date().isoformat()] * 2
    assert codes(root) == []


def test_a_consent_that_is_taken_back_needs_no_word_about_it(tmp_path: Path) -> None:
    told = {"injured": "轻伤", "injury_consent": {"given_on": "2026-10-01", "given_by": "person"}}
    made = project(tmp_path, persons=[person(**told)])
    publish(made)
    rewrite_case(made, changed())
    assert codes(made, LATER) == []
    publish(made, LATER)
    # What is told again, or otherwise, is no withdrawal.
    rewrite_case(made, changed(persons=[person(**told)]))
    assert set(codes(made, LATER)) == {"PUB013"}


def test_somebody_who_goes_is_not_withheld(tmp_path: Path) -> None:
    both = [person(), person(key="p2", name="祁向晨")]
    made = project(tmp_path, persons=both, honours=[honour(recipients=["p1"])])
    publish(made)
    rewrite_case(made, changed(persons=both[:1]))
    assert "PUB013" in codes(made)


def test_an_older_withholding_is_no_leave_to_change(tmp_path: Path) -> None:
    masked = person(disclosure="masked", withholding=WITHHOLDING)
    texts = {"narrative": "2026年9月12日，封某某跳入水中救起一人。"}
    made = project(tmp_path, persons=[masked], act=texts)
    publish(made)
    texts["narrative"] = "2026年9月12日，封某某跳入水中救起两人。"
    rewrite_case(made, changed(persons=[masked], act=texts))
    assert set(codes(made)) == {"PUB013"}
    shown = format_text([item for item in checked(made) if item.code == "PUB013"])
    assert "封玉琢" not in shown and "wuhan-2026-0001" in shown


def test_the_number_of_a_withheld_record_is_never_given_again(root: Path) -> None:
    hidden = changed(level="confidential", withholding={**WITHHOLDING, "decided_on": "2026-11-23"})
    rewrite_case(root, hidden)
    publish(root, LATER)
    assert codes(root) == []
    rewrite_case(root, None)
    assert codes(root) == []
    other = changed(case="wh26-0009", persons=[person(name="卜云汀")], honours=None)
    rewrite_case(root, other, "wuhan/2026/wh26-0009.yml")
    assert codes(root) == ["PUB012"]
    assert "wuhan-2026-0002" in told(root, "PUB012")
    # The same case may come back under its number once it need not be withheld any more.
    rewrite_case(root, None, "wuhan/2026/wh26-0009.yml")
    rewrite_case(root, changed())
    assert codes(root) == []


def test_an_earlier_day_is_judged_by_what_was_known_then(root: Path) -> None:
    moved = {"corrected_on": "2026-11-23", "what": "截止日顺延", "moved_closes_on": "2026-12-01"}
    rewrite_case(root, changed(notice={"corrections": [moved]}))
    publish(root, LATER)
    assert codes(root, AS_OF) == []


def test_a_record_with_errors_is_not_called_missing(root: Path) -> None:
    rewrite_case(root, changed(persons=[person(sex="人")]))
    assert codes(root) == []


def test_an_empty_field_that_a_later_version_adds_changes_nothing() -> None:
    before = {"id": "x", "persons": [{"name": "甲", "masked": False}], "act": None}
    after = {**before, "persons": [{**before["persons"][0], "later": None, "more": []}], "new": ""}  # type: ignore[index]
    assert logged_document(before) == logged_document(after)
    assert logged_document(before)["persons"] == [{"name": "甲", "masked": False}]


def test_the_digests_of_a_record_that_did_not_change_stay_the_same(root: Path) -> None:
    """When this fails, raise FORM in publication_event.py and write the new digests down here: else an office that takes
    the new version is told that each of its records was changed without a correction."""
    events = [line.event for line in ledger_of(root).lines]
    found = {
        event.id: (event.state.form, event.state.facts[:8], event.state.shown[:8], event.state.document[:8])
        for event in events
        if isinstance(event, Event)
    }
    assert found == {
        "wuhan-2026-0001": (1, "92eMeAL+", "E2nV/Yf9", "AeVrHGsd"),
        "wuhan-2026-h0001": (1, "t8yEVMfg", "RzejQ993", "9R+8HQPe"),
    }


def test_another_form_is_no_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.publication_log.publication_event.FORM", 2)
    monkeypatch.setattr("generator.publication_log.publication_event._SHOWN", ("persons",))
    monkeypatch.setattr(
        "generator.publication_log.publication_event.NOT_OF_THE_RECORD", frozenset(("as_of",))
    )
    assert codes(root) == []
    publish(root, LATER)
    events = [line.event for line in ledger_of(root).lines]
    assert [e.event for e in events if isinstance(e, Event)] == [
        "published",
        "published",
        "restated",
        "restated",
    ]
    assert codes(root) == []


def test_the_files_of_the_ledger_are_read_and_no_others_may_lie_there(root: Path) -> None:
    assert [item for item in checked(root) if item.place.path.startswith(FOLDER)] == []
    for name in ("2026.jsonl.bak", "notes.txt", "2026.json", "timestamps/a.tsr"):
        path = root / FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
        assert has_errors(checked(root)), name
        path.unlink()


def test_two_who_publish_at_once_do_not_fork_the_ledger(root: Path) -> None:
    rewrite_case(root, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))

    def meanwhile(site: Path, waiting: Waiting) -> bool:
        other = root / "elsewhere"
        publishing = Publishing(
            root=root, salt=counted_salts(50), sign=lambda note: note, confirm=lambda site, waiting: True
        )
        with no_posters():
            build(
                BuildOptions(
                    root=root, out=other, as_of=LATER, now=LATER, search=False, publishing=publishing
                ),
                plain_host,
            )
        return True

    before = (root / "site/log/checkpoint").read_bytes()
    with pytest.raises(LedgerMovedError):
        publish(root, LATER, confirm=meanwhile)
    assert (root / "site/log/checkpoint").read_bytes() == before
    assert ledger_of(root).size == 3 and codes(root) == []


def edit(root: Path, name: str, old: bytes, new: bytes) -> None:
    path = root / FOLDER / name
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


@pytest.fixture(scope="module")
def published_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = published_project(tmp_path_factory.mktemp("twice"))
    correction = {"corrected_on": "2026-11-23", "what": "核对后改正"}
    both = changed(notice={"corrections": [correction]}, honours=[honour(corrections=[correction])])
    rewrite_case(root, both)
    publish(root, LATER)
    return root


@pytest.fixture
def long(published_twice: Path, tmp_path: Path) -> Path:
    """A ledger of four events, to change at will."""
    return shutil.copytree(published_twice, tmp_path, dirs_exist_ok=True)


def lines_of(root: Path) -> list[bytes]:
    return (root / FOLDER / "2026.jsonl").read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("order", "code"),
    [([0, 2, 3], "PUB002"), ([1, 0, 2, 3], "PUB002"), ([0, 1, 1, 2, 3], "PUB003"), ([0, 1, 2], "PUB006")],
)
def test_a_ledger_that_was_rewritten_is_told(long: Path, order: list[int], code: str) -> None:
    lines = lines_of(long)
    assert len(lines) == 4
    (long / FOLDER / "2026.jsonl").write_bytes(b"".join(lines[number] for number in order))
    assert codes(long) == [code]


def test_a_changed_event_is_told(long: Path) -> None:
    edit(long, "2026.jsonl", b'"closes_on":"2026-11-26"', b'"closes_on":"2026-11-25"')
    assert codes(long) == ["PUB004"]


def test_a_line_written_otherwise_is_told(long: Path) -> None:
    edit(long, "2026.jsonl", b'"n":0', b'"n": 0')
    (found,) = checked(long)
    assert (found.code, found.place.path, found.place.line) == ("PUB001", f"{FOLDER}/2026.jsonl", 1)


def test_a_line_cut_off_is_told(long: Path) -> None:
    path = long / FOLDER / "2026.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    assert codes(long) == ["PUB001"]


def test_a_lost_salt_is_told(long: Path) -> None:
    (long / FOLDER / "2026.salts.jsonl").unlink()
    assert codes(long) == ["PUB005"]


def test_a_publication_that_was_not_finished_is_told(long: Path) -> None:
    path = long / FOLDER / "checkpoints.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert codes(long) == ["PUB007"]


def test_a_number_of_another_kind_is_told(root: Path) -> None:
    from generator.publication_log.publication_ledger import rewrite

    ledger = ledger_of(root)
    event = ledger.lines[0].event
    assert isinstance(event, Event)
    forged = Event.from_json({**event.as_json(), "kind": "honour"})
    other, _ = type(ledger)().extended([forged], counted_salts(9))
    other.checkpoints.append(other.checkpoint("yiyong.example/log"))
    rewrite(root, other)
    assert codes(root) == ["PUB011"]
