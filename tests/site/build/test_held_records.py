"""保留上次公布的内容: one wrong record keeps its last published form, and a fault of confidentiality stops all."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Severity
from generator.pipeline.build import BuildResult
from generator.pipeline.case_scan import ScannedCase
from generator.pipeline.held_records import SOURCE
from generator.pipeline.prepare import ChecksFailedError
from generator.pipeline.scan import SCANNED, Share
from generator.pipeline.shards import build_shard
from generator.publication_log.approval_book import (
    Step,
    entry_now,
    note_in_book,
    record_digest,
    record_name,
)
from generator.system.store import RECORDS, Store
from tests import quick_build
from tests.projects import AS_OF, WITHHOLDING, case, honour, merged, person, write_small_project, write_yaml

ONE, TWO = "registry/cases/wuhan/2026/wh26-0001.yml", "registry/cases/wuhan/2026/wh26-0002.yml"
THREE = "registry/cases/wuhan/2026/wh26-0003.yml"
OTHER = case(
    case="wh26-0002",
    persons=[person(name="祁向晨")],
    act={"summary": "扑灭邻居家的火", "narrative": "2026年9月12日，祁向晨扑灭邻居家的火。"},
    notice={"id": "wuhan-2026-0002"},
)
WRONG_DAY = {"procedure": {"accepted_on": "2026-02-30"}}
LATER = AS_OF + timedelta(days=5)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_small_project(
        tmp_path_factory.mktemp("published"),
        {"wuhan/2026/wh26-0001.yml": case(), "wuhan/2026/wh26-0002.yml": OTHER},
    )
    build(root, hold=False)
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """Two notices, published, to change at will."""
    return shutil.copytree(published, tmp_path, dirs_exist_ok=True)


def build(root: Path, as_of: datetime = AS_OF, *, hold: bool = True) -> BuildResult:
    return quick_build.build(root, root / "site", as_of, cached=True, hold=hold)


def page(root: Path, number: str = "wuhan-2026-0001") -> str:
    return (root / f"site/notices/{number}/index.html").read_text(encoding="utf-8")


def told(result: BuildResult) -> set[tuple[str, str]]:
    assert all(item.severity is Severity.WARNING for item in result.built.warnings)
    return {(item.code, item.place.real_path) for item in result.built.warnings}


def test_a_wrong_record_keeps_its_last_form_and_the_others_go_on(root: Path) -> None:
    write_yaml(root / ONE, case(act={"summary": "新写的一句话事迹"}, **WRONG_DAY))
    write_yaml(root / TWO, merged(OTHER, {"act": {"summary": "扑灭邻居家的大火"}}))
    with pytest.raises(ChecksFailedError):
        build(root, hold=False)
    assert {("REC011", ONE), ("BLD017", ONE)} <= told(build(root))
    assert "跳入湖中" in page(root) and "新写的" not in page(root)
    assert "大火" in page(root, "wuhan-2026-0002")
    write_yaml(root / ONE, case(act={"summary": "新写的一句话事迹"}))
    assert "BLD017" not in {code for code, _ in told(build(root))}
    assert "新写的" in page(root)


def test_the_last_form_is_of_today(root: Path) -> None:
    """What the page says of the period is true on the day of the build, not on that of the last sound one."""
    write_yaml(root / ONE, case(**WRONG_DAY))
    build(root, LATER)
    write_yaml(root / ONE, case())
    sound = page(root)
    build(root, LATER)
    assert page(root) == sound


def test_what_was_sound_and_never_published_is_no_last_form(root: Path) -> None:
    write_yaml(root / ONE, case(act={"summary": "没有公布过的写法"}))
    write_yaml(root / TWO, merged(OTHER, WRONG_DAY))
    with pytest.raises(ChecksFailedError):
        build(root, hold=False)
    write_yaml(root / ONE, case(act={"summary": "又一种写法"}, **WRONG_DAY))
    build(root)
    assert "跳入湖中" in page(root)


def test_an_honour_entered_wrongly_is_held_too(root: Path) -> None:
    write_yaml(root / ONE, case(honours=[honour(decided_on="2026-02-30")]))
    assert ("BLD017", ONE) in told(build(root))
    assert not (root / "site/honours/wuhan-2026-h0001").exists()


def test_a_new_record_that_is_wrong_waits(root: Path) -> None:
    new = case(case="wh26-0003", notice={"id": "wuhan-2026-0003"}, persons=[person(name="柏舟")], **WRONG_DAY)
    write_yaml(root / THREE, new)
    assert ("BLD018", THREE) in told(build(root))
    assert not (root / "site/notices/wuhan-2026-0003").exists() and "跳入湖中" in page(root)


def test_a_number_used_twice_is_held_at_the_later_record(root: Path) -> None:
    new = case(
        case="wh26-0003", persons=[person(name="柏舟")], act={"summary": "另一件事", "narrative": None}
    )
    write_yaml(root / THREE, new)
    with pytest.raises(ChecksFailedError) as failed:
        build(root)
    assert "BLD020" in {item.code for item in failed.value.diagnostics}, "a page stands under its number"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"persons": [person(disclosure="masked")]}, "BLD019"),
        ({"persons": [person(disclosure="ful")]}, "BLD019"),
        ({"level": "masked"}, "BLD019"),
        ({"private": {"never_publish": ["湖边"]}}, "BLD019"),
        ({"objections": [{"received_on": "2026-11-20", "objector": {"name": "祁向晨"}}]}, "BLD019"),
        ({"notice": {"period": {"closes_on": "2026-11-27"}}}, "BLD019"),
        ({"revocation": {"revoked_on": "2026-11-21", "organ": "机关", "ground": "不实"}}, "BLD019"),
    ],
)
def test_what_may_be_withheld_now_is_never_shown_again(
    root: Path, changes: dict[str, Any], code: str
) -> None:
    before = quick_build.tree(root / "site")
    write_yaml(root / ONE, merged(case(**WRONG_DAY), changes))
    with pytest.raises(ChecksFailedError) as failed:
        build(root)
    assert (code, ONE) in {(item.code, item.place.real_path) for item in failed.value.diagnostics}
    assert quick_build.tree(root / "site") == before


def test_a_fault_of_confidentiality_stops_all(root: Path) -> None:
    write_yaml(root / ONE, case(act={"summary": "救人，电话13800138000"}))
    with pytest.raises(ChecksFailedError) as failed:
        build(root)
    assert {"DIS002", "BLD019"} <= {item.code for item in failed.value.diagnostics}


@pytest.mark.parametrize("text", ["act: [\n", "act：\n", ""])
def test_a_record_that_cannot_be_read_may_withhold_anything(root: Path, text: str) -> None:
    (root / ONE).write_text(text, encoding="utf-8")
    with pytest.raises(ChecksFailedError) as failed:
        build(root)
    assert "BLD019" in {item.code for item in failed.value.diagnostics}


def test_a_new_record_that_is_not_public_must_be_known(root: Path) -> None:
    hidden = person(name="柏舟", disclosure="withheld", withholding=WITHHOLDING)
    new = case(case="wh26-0003", level="confidential", persons=[hidden], notice=None, withholding=WITHHOLDING)
    write_yaml(root / THREE, {**new, "procedure": {"accepted_on": "2026-02-30"}})
    with pytest.raises(ChecksFailedError) as failed:
        build(root)
    assert "BLD020" in {item.code for item in failed.value.diagnostics}


def test_without_what_was_kept_a_published_address_does_not_break(root: Path) -> None:
    for path in (root / ".yiyong/cache").rglob("*"):
        if path.is_file():
            path.unlink()
    write_yaml(root / ONE, case(**WRONG_DAY))
    with pytest.raises(ChecksFailedError) as failed:
        build(root)
    assert "BLD020" in {item.code for item in failed.value.diagnostics}


def test_a_shard_carries_no_whole_record(root: Path, tmp_path: Path) -> None:
    """A shard travels to other machines; what is held is a matter of the one that publishes."""
    build_shard(root, tmp_path / "shard", Share(number=1, count=1), AS_OF, AS_OF, 1)
    store = Store(path=tmp_path / "shard" / RECORDS, lasting=True)
    assert store.every(SCANNED, ScannedCase) and not store.every(SOURCE, bytes)


def test_faulty_settings_are_no_record(root: Path) -> None:
    with (root / "site_config/site.yml").open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    with pytest.raises(ChecksFailedError):
        build(root)


def approved(root: Path, *files: str) -> None:
    """两个人: somebody submits and somebody else approves what stands there."""
    for file in files:
        record = record_name(file)
        data = record_digest(root, record, (root / file).read_bytes())
        for step, by in ((Step.SUBMITTED, "张三"), (Step.APPROVED, "李四")):
            note_in_book(root, entry_now(step, record=record, by=by, account="a@pc", data=data, at=AS_OF))


def test_what_nobody_approved_waits_and_the_site_goes_on(root: Path) -> None:
    with (root / "site_config/site.yml").open("a", encoding="utf-8") as file:
        file.write("approval: names\n")
    approved(root, ONE, TWO)
    build(root, hold=False)
    write_yaml(root / ONE, case(act={"summary": "没有批准的写法"}))
    new = case(case="wh26-0003", notice={"id": "wuhan-2026-0003"}, persons=[person(name="柏舟")])
    write_yaml(root / THREE, new)
    with pytest.raises(ChecksFailedError):
        build(root, hold=False)
    assert {("DSK110", ONE), ("BLD017", ONE), ("DSK110", THREE), ("BLD018", THREE)} <= told(build(root))
    assert "跳入湖中" in page(root) and "没有批准" not in page(root)
    assert not (root / "site/notices/wuhan-2026-0003").exists()
    approved(root, ONE)
    assert ("BLD017", ONE) not in told(build(root)) and "没有批准的写法" in page(root)
    # Whoever is to be hidden is not shown for want of an approval.
    write_yaml(root / ONE, case(persons=[person(disclosure="masked", withholding=WITHHOLDING)]))
    with pytest.raises(ChecksFailedError) as refused:
        build(root)
    assert "BLD019" in {item.code for item in refused.value.diagnostics}
