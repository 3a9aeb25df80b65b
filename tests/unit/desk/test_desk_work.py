"""What one person does at a desk, and what another may do with it."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from generator.desk.desk_reading import RefusedError, Standing
from generator.desk.public_changes import pages_digest
from generator.diagnostics import has_errors
from generator.pipeline.prepare import check_project
from generator.pipeline.private_spool import private_spool
from tests.desks import DRAFT, PLACED, RECORD, desk_project, desk_work
from tests.projects import AS_OF, honour

SUMMARY = {"act.summary": "跳入湖中救起一人"}


def test_a_change_is_a_draft_and_the_record_stays(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path))
    before = (tmp_path / PLACED).read_bytes()
    opened = work.open(RECORD)
    assert opened.standing is Standing.PLACED
    assert work.save(RECORD, opened.shelved.digest, SUMMARY) is None
    assert (tmp_path / PLACED).read_bytes() == before
    assert "跳入湖中救起一人" in (tmp_path / DRAFT).read_text(encoding="utf-8")
    assert not (tmp_path / DRAFT).stat().st_mode & 0o007
    opened = work.open(RECORD)
    assert opened.standing is Standing.DRAFT and opened.begun is not None and opened.begun.by == "张三"
    assert not check_project(tmp_path, AS_OF, AS_OF, 1).diagnostics


def test_saving_unchanged_makes_no_draft_and_changing_back_takes_it_away(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path))
    digest = work.open(RECORD).shelved.digest
    work.save(
        RECORD, digest, {"act.summary": "跳入湖中救起一名落水者", "notice.period.closes_on": "2026年11月26日"}
    )
    assert not (tmp_path / DRAFT).exists()
    work.save(RECORD, digest, SUMMARY)
    work.save(RECORD, work.open(RECORD).shelved.digest, {"act.summary": "跳入湖中救起一名落水者"})
    assert not (tmp_path / DRAFT).exists() and work.open(RECORD).standing is Standing.PLACED


def test_half_a_record_can_be_saved_and_stops_nothing(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path))
    work.save(RECORD, work.open(RECORD).shelved.digest, {"act.happened_on": "去年", "act.kind": ""})
    judged = work.judge(RECORD, work.open(RECORD).shelved.text)
    assert judged.errors >= 2 and judged.produced == () and judged.by_step()["act"] >= 2
    assert has_errors(work.finish(RECORD, work.open(RECORD).shelved.digest))
    assert not check_project(tmp_path, AS_OF, AS_OF, 1).diagnostics


def test_a_change_made_elsewhere_is_told_and_not_written_over(tmp_path: Path) -> None:
    mine, other = desk_work(desk_project(tmp_path)), desk_work(tmp_path, "李四")
    mine.remember(mine.open(RECORD).shelved)
    loaded = mine.open(RECORD).shelved.digest
    other.save(RECORD, other.open(RECORD).shelved.digest, {**SUMMARY, "act.place": "墨水湖"})
    conflict = mine.save(RECORD, loaded, {"act.summary": "救起一人", "act.limb": "第七条"})
    assert conflict is not None
    assert conflict.elsewhere == ("act.place", "act.summary") and conflict.both == ("act.summary",)
    assert "救起一人\n" not in (tmp_path / DRAFT).read_text(encoding="utf-8").replace("湖中救起一人", "")
    # Of a form with every field of the step only what its owner changed goes on top.
    answers = {"act.summary": "救起一人", "act.place": "", "act.limb": "第七条"}
    assert mine.answers_since(loaded, answers) == {"act.summary": "救起一人", "act.limb": "第七条"}
    with pytest.raises(RefusedError, match="reload"):
        mine.save(RECORD, "0" * 64, SUMMARY)


def test_a_draft_that_was_overtaken_cannot_be_finished(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path))
    work.save(RECORD, work.open(RECORD).shelved.digest, SUMMARY)
    with (tmp_path / PLACED).open("a", encoding="utf-8") as file:
        file.write("# 改过\n")
    opened = work.open(RECORD)
    assert opened.overtaken
    with pytest.raises(RefusedError, match="overtaken"):
        work.finish(RECORD, opened.shelved.digest)


def test_one_person_alone_puts_it_in_its_place(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path))
    work.save(RECORD, work.open(RECORD).shelved.digest, SUMMARY)
    digest = work.open(RECORD).shelved.digest
    with pytest.raises(RefusedError, match="changed_meanwhile"):
        work.finish(RECORD, "0" * 64)
    assert work.finish(RECORD, digest) == ()
    assert work.open(RECORD).standing is Standing.PLACED and work.open(RECORD).shelved.digest == digest
    assert not (tmp_path / DRAFT).exists()


def test_two_people(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path, approval="names"))
    assert work.open(RECORD).standing is Standing.UNAPPROVED
    assert work.take_over() == 1 and work.open(RECORD).standing is Standing.PLACED
    before = (tmp_path / PLACED).read_bytes()
    work.save(RECORD, work.open(RECORD).shelved.digest, SUMMARY)
    digest = work.open(RECORD).shelved.digest
    assert work.finish(RECORD, digest) == () and (tmp_path / PLACED).read_bytes() == before
    page = pages_digest(work.judge(RECORD, work.open(RECORD).shelved.text).produced)
    with pytest.raises(RefusedError, match="own_work"):
        work.approve(RECORD, digest, page)
    other = desk_work(tmp_path, "李四", "li@b")
    with pytest.raises(RefusedError, match="page_changed"):
        other.approve(RECORD, digest, "0" * 64)
    with pytest.raises(RefusedError, match="changed_meanwhile"):
        other.approve(RECORD, "0" * 64, page)
    other.send_back(RECORD, "写明地点")
    assert work.open(RECORD).standing is Standing.RETURNED
    work.save(RECORD, digest, {"act.place": "墨水湖"})
    digest = work.open(RECORD).shelved.digest
    work.finish(RECORD, digest)
    page = pages_digest(work.judge(RECORD, work.open(RECORD).shelved.text).produced)
    assert other.approve(RECORD, digest, page) == ()
    assert work.open(RECORD).standing is Standing.PLACED and work.open(RECORD).shelved.digest == digest
    assert not check_project(tmp_path, AS_OF, AS_OF, 1).diagnostics
    steps = [entry.step.value for entry in work.entries(RECORD)]
    assert steps == ["taken_over", "begun", "submitted", "returned", "submitted", "approved"]


def test_a_change_voids_a_submission(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path, approval="names"))
    work.take_over()
    work.save(RECORD, work.open(RECORD).shelved.digest, SUMMARY)
    work.finish(RECORD, work.open(RECORD).shelved.digest)
    assert work.open(RECORD).standing is Standing.SUBMITTED
    work.save(RECORD, work.open(RECORD).shelved.digest, {"act.place": "墨水湖"})
    opened = work.open(RECORD)
    assert opened.standing is Standing.DRAFT and opened.voided is not None
    with pytest.raises(RefusedError, match="not_submitted"):
        desk_work(tmp_path, "李四").approve(RECORD, opened.shelved.digest, "")


def test_a_record_changed_past_the_desk_is_submitted_and_approved_as_it_stands(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path, approval="names"))
    digest = work.open(RECORD).shelved.digest
    work.submit_placed(RECORD, digest)
    other = desk_work(tmp_path, "李四")
    page = pages_digest(other.judge(RECORD, other.open(RECORD).shelved.text).produced)
    other.approve(RECORD, digest, page)
    assert not check_project(tmp_path, AS_OF, AS_OF, 1).diagnostics


def test_a_new_case_gets_its_numbers_from_notice_to_honour(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path))
    record = work.begin("wuhan-test", "2026-10-01")
    assert record == "wuhan/2026/wh26-0002"
    answers = {
        "level": "public",
        "persons[0].name": "滕月华",
        "persons[0].disclosure": "full",
        "persons[0].adult": "true",
        "act.kind": "water_rescue",
        "act.district": "汉阳区",
        "act.summary": "救起一名落水者",
        "procedure.applied_on": "2026年10月8日",
        "notice.published_at": "2026年11月20日 9:00",
        "notice.order": "before_decision",
        "notice.period.opens_on": "2026-11-20",
        "notice.period.closes_on": "2026-11-28",
    }
    work.save(record, work.open(record).shelved.digest, answers)
    judged = work.judge(record, work.open(record).shelved.text)
    assert judged.numbers == ("wuhan-2026-0002",) and judged.errors == 0
    assert [item.own.page.path for item in judged.produced] == ["notices/wuhan-2026-0002/"]
    assert "wuhan-2026-0002" not in work.open(record).shelved.text
    # A second draft takes a number of its own.
    assert work.begin("wuhan-test", "2026").endswith("wh26-0003")
    assert work.finish(record, work.open(record).shelved.digest) == ()
    text = work.open(record).shelved.text
    assert "id: wuhan-2026-0002" in text and "key: teng" in text
    grant = {
        f"honours[0].{key}": str(value) for key, value in honour().items() if key not in ("id", "recipients")
    }
    work.save(record, work.open(record).shelved.digest, grant)
    assert work.judge(record, work.open(record).shelved.text).numbers == ("wuhan-2026-h0001",)
    assert work.finish(record, work.open(record).shelved.digest) == ()
    assert "recipients: [teng]" in work.open(record).shelved.text


def test_what_the_public_will_see_change_and_what_else_was_written(tmp_path: Path) -> None:
    work = desk_work(desk_project(tmp_path))
    work.save(RECORD, work.open(RECORD).shelved.digest, {**SUMMARY, "private.note": "卷宗在甲柜"})
    judged = work.judge(RECORD, work.open(RECORD).shelved.text)
    assert {change.field for change in work.changes(RECORD, judged)} >= {"act.summary"}
    assert not any("甲柜" in change.new for change in work.changes(RECORD, judged))
    assert [(item.field, item.new) for item in work.record_changes(RECORD, judged)] == [
        ("act.summary", "跳入湖中救起一人"),
        ("private.note", "卷宗在甲柜"),
    ]


@pytest.mark.parametrize(
    "name", ["", "../x", "wuhan/2026/../../x", "wuhan/2026/wh26-0009", "/etc/passwd", "a/b"]
)
def test_a_name_that_is_no_record_opens_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError, match="no_record"):
        desk_work(desk_project(tmp_path)).open(name)


def test_nobody_takes_a_folder_away_that_is_just_going(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each keystroke at each desk is judged in a folder of its own. Somebody else's that goes is none left over."""
    root, events, remove = desk_project(tmp_path), [], shutil.rmtree

    def judge() -> None:
        with private_spool(root):
            events.append("entered")

    other = Thread(target=judge)

    def slowly(path: Path, **options: Any) -> None:
        if other.ident is None:
            other.start()
            other.join(0.3)
        remove(path, **options)
        events.append("gone")

    monkeypatch.setattr(shutil, "rmtree", slowly)
    with private_spool(root):
        pass
    other.join()
    assert events == ["gone", "entered", "gone"]
