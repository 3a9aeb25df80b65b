"""A record is published as somebody else than its author approved it, or not at all."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image

from generator.desk.desk_reading import RefusedError
from generator.desk.public_changes import pages_digest
from generator.pipeline.prepare import ChecksFailedError, check_project, prepared_alone
from generator.publication_log.approval_book import (
    ApprovalRule,
    Step,
    digest_of_bytes,
    entry_now,
    note_in_book,
    read_book,
    record_digest,
)
from tests.desks import DRAFT, PLACED, RECORD, Visitor, a_desk, desk_project, desk_work
from tests.projects import AS_OF, case, decision, honour, person, write_small_project, write_yaml


def jpeg(width: int = 900) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, 1200), (120, 60, 30)).save(made, "JPEG")
    return made.getvalue()


def codes(root: Path) -> list[str]:
    return [item.code for item in check_project(root, AS_OF, AS_OF, 1).diagnostics]


def note(root: Path, step: Step, by: str, *, account: str = "a@pc", data: str | None = None) -> None:
    data = digest_of_bytes((root / PLACED).read_bytes()) if data is None else data
    note_in_book(root, entry_now(step, record=RECORD, by=by, account=account, data=data, at=AS_OF))


def test_without_the_rule_nobody_has_to_approve(tmp_path: Path) -> None:
    assert codes(desk_project(tmp_path)) == []


def test_what_nobody_approved_is_refused_by_check_and_build(tmp_path: Path) -> None:
    root = desk_project(tmp_path, approval="names")
    assert codes(root) == ["DSK110"]
    with pytest.raises(ChecksFailedError), prepared_alone(root, AS_OF, AS_OF, 1):
        pass


@pytest.mark.parametrize(
    ("rule", "approver", "account", "code"),
    [
        ("names", "李四", "a@pc", []),
        ("names", "张三", "b@pc", ["DSK111"]),
        ("accounts", "李四", "b@pc", []),
        ("accounts", "李四", "A@PC", ["DSK111"]),
    ],
)
def test_somebody_else_must_approve(
    tmp_path: Path, rule: ApprovalRule, approver: str, account: str, code: list[str]
) -> None:
    root = desk_project(tmp_path, approval=rule)
    note(root, Step.SUBMITTED, "张三")
    assert codes(root) == ["DSK110"]
    note(root, Step.APPROVED, approver, account=account)
    assert codes(root) == code


def test_an_approval_is_void_as_soon_as_anything_changes(tmp_path: Path) -> None:
    root = desk_project(tmp_path, approval="names")
    before = (root / PLACED).read_bytes()
    note(root, Step.SUBMITTED, "张三")
    note(root, Step.APPROVED, "李四")
    assert codes(root) == []
    (root / PLACED).write_bytes(before + b"# x\n")
    assert codes(root) == ["DSK110"]
    note(root, Step.SUBMITTED, "张三")
    note(root, Step.APPROVED, "李四")
    assert codes(root) == []
    # What was approved once, and replaced by what was approved later, is not approved any more.
    (root / PLACED).write_bytes(before)
    assert codes(root) == ["DSK110"]


def test_an_approval_of_other_bytes_than_were_submitted_counts_for_nothing(tmp_path: Path) -> None:
    root = desk_project(tmp_path, approval="names")
    note(root, Step.SUBMITTED, "张三", data="0" * 64)
    note(root, Step.APPROVED, "李四")
    assert codes(root) == ["DSK111"]


def test_records_of_before_are_taken_over_as_they_stand(tmp_path: Path) -> None:
    root = desk_project(tmp_path, approval="accounts")
    note(root, Step.TAKEN_OVER, "张三")
    assert codes(root) == []


@pytest.mark.parametrize("line", ["", "{}", "[1]", '{"step": "blessed"}', "半行"])
def test_a_line_that_cannot_be_read_stops_everything(tmp_path: Path, line: str) -> None:
    root = desk_project(tmp_path, approval="names")
    note(root, Step.SUBMITTED, "张三")
    note(root, Step.APPROVED, "李四")
    (book,) = (root / "registry/approvals").iterdir()
    book.write_text(f"{book.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    assert "DSK112" in codes(root)
    assert read_book(root).faults == (("registry/approvals/2026.jsonl", 3),)


def test_the_book_is_private_and_one_line_an_event(tmp_path: Path) -> None:
    root = desk_project(tmp_path)
    note(root, Step.SUBMITTED, "张三")
    note(root, Step.APPROVED, "李四")
    (book,) = (root / "registry/approvals").iterdir()
    assert not book.stat().st_mode & 0o007
    assert [json.loads(line)["by"] for line in book.read_text(encoding="utf-8").splitlines()] == [
        "张三",
        "李四",
    ]


def test_drafts_and_book_are_known_and_nothing_else_may_lie_beside_them(tmp_path: Path) -> None:
    root = desk_project(tmp_path)
    note(root, Step.SUBMITTED, "张三")
    (root / DRAFT).parent.mkdir(parents=True)
    (root / DRAFT).write_text("half: a record\n", encoding="utf-8")
    assert codes(root) == []
    (root / "registry/approvals/notes.jsonl").write_text("")
    (root / "registry/drafts/old.yml").write_text("")
    assert sorted(codes(root)) == ["REG022", "REG027"]


def test_a_portrait_that_is_exchanged_was_not_approved(tmp_path: Path) -> None:
    portrait = {
        "file": "one.jpg",
        "description": "站着",
        "consent": {"given_on": "2026-01-01", "given_by": "person"},
    }
    root = desk_project(tmp_path, approval="names", persons=[person(portrait=portrait)], honours=[honour()])
    picture = root / "registry/portraits/wuhan/2026/one.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(jpeg())
    data = record_digest(root, RECORD, (root / PLACED).read_bytes())
    note(root, Step.SUBMITTED, "张三", data=data)
    note(root, Step.APPROVED, "李四", data=data)
    assert codes(root) == []
    picture.write_bytes(jpeg(901))
    assert codes(root) == ["DSK110"]


def test_a_decision_is_approved_like_a_case(tmp_path: Path) -> None:
    root = write_small_project(
        tmp_path,
        {"wuhan/2026/wh26-0001.yml": case(notice=None)},
        site={"approval": "accounts"},
    )
    path = root / "registry/decisions/wuhan/2026/wuhan-2026-d0001.yml"
    write_yaml(path, decision())
    work, other = desk_work(root), desk_work(root, "李四", "li@b")
    decided = "decisions/wuhan/2026/wuhan-2026-d0001"
    assert set(work.unapproved()) == {RECORD, decided}
    note(root, Step.TAKEN_OVER, "张三")
    assert codes(root) == ["DSK110"], "of the decision"
    seen = work.open(decided).shelved.digest
    work.submit_placed(decided, seen)
    page = pages_digest(other.judge(decided, other.open(decided).shelved.text).produced)
    with pytest.raises(RefusedError, match="own_work"):
        work.approve(decided, seen, page)
    assert other.approve(decided, seen, page) == () and codes(root) == []
    clerk, reviewer = Visitor(a_desk(root)), Visitor(a_desk(root, "李四", "li@b"))
    clerk.enter(), reviewer.enter()
    text = path.read_text(encoding="utf-8")
    assert "wuhan-2026-d0001" not in clerk.ask("GET", "").body.decode(), "nothing is to be done"
    path.write_text(text.replace("关于表彰", "关于奖励"), encoding="utf-8")
    assert codes(root) == ["DSK110"]
    assert "wuhan-2026-d0001" in clerk.ask("GET", "").body.decode()
    shown = f"case/{decided}/review"
    assert clerk.ask("GET", f"case/{decided}").headers["Location"].endswith(shown), "it has no form"
    review = clerk.ask("GET", shown).body.decode()
    assert "关于奖励" in review and "按现状送审" in review
    seen = work.open(decided).shelved.digest
    assert clerk.ask("POST", f"case/{decided}?step=act", {"_loaded": seen, "title": "x"}).status == 409
    assert clerk.ask("POST", f"case/{decided}/submit-placed", {"seen": seen}).status == 303
    page = re.search(r'name="page" value="([0-9a-f]+)"', reviewer.ask("GET", shown).body.decode())
    form = {"seen": seen, "page": page[1] if page is not None else ""}
    assert reviewer.ask("POST", f"case/{decided}/approve", form).status == 303
    assert codes(root) == []
