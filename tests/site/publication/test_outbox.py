"""待发文稿 of a project that publishes: made once, kept true while they wait, gone once they are sent."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.desk.desk_pages import DeskPages
from generator.outputs.outbox import outbox_text
from generator.pipeline.audit_step import AuditFailedError
from generator.pipeline.publish_step import NotConfirmedError
from tests.commands import yiyong
from tests.desks import RECORD, desk_work
from tests.log_projects import LATER, ledger_of, project, publish, rewrite_case
from tests.projects import AS_OF, SITE, WITHHOLDING, case, honour, merged, person, write_yaml

NAME = "封玉琢"
FILES = ["mail.eml", "message.json", "sms.txt", "wechat.html", "wechat.md", "wechat.txt"]


def office(folder: Path, ways: tuple[str, ...] = ("公众号", "短信", "邮件"), **changes: Any) -> Path:
    root = project(folder / "project", **changes)
    return with_ways(root, ways)


def with_ways(root: Path, ways: tuple[str, ...]) -> Path:
    write_yaml(root / "site_config/site.yml", merged(SITE, {"alerts": {"outbox": list(ways)}}))
    return root


def waiting(root: Path) -> dict[str, dict[str, str]]:
    """Every message that waits, with its texts."""
    folders = sorted(path for path in (root / "outbox").glob("*/"))
    return {
        folder.name: {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
        for folder in folders
    }


def listed(root: Path, status: int = 0, as_of: str = LATER.isoformat()) -> str:
    result = yiyong("outbox", "list", "--root", str(root), "--as-of", as_of, "--jobs", "1")
    assert result.exit_code == status, result.output
    return result.output


def sent(root: Path, *arguments: str, status: int = 0) -> str:
    result = yiyong("outbox", "sent", *arguments, "--root", str(root))
    assert result.exit_code == status, result.output
    return result.output


def test_a_publication_leaves_texts_beside_the_site_and_another_none(tmp_path: Path) -> None:
    root = office(tmp_path)
    publish(root)
    made = waiting(root)
    assert list(made) == ["2026-11-22-wuhan-1"]
    (texts,) = made.values()
    assert list(texts) == FILES
    assert "新公示 1 件，荣誉 1 项" in texts["wechat.txt"] and NAME in texts["wechat.html"]
    assert not list((root / "site").rglob("*outbox*")) and not list((root / "site").rglob("*.eml"))
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (root / "outbox").rglob("*")}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())
    assert stat.S_IMODE((root / "outbox").stat().st_mode) == 0o700
    assert (root / "outbox/.gitignore").read_text() == "*\n"
    before = {path: path.read_bytes() for path in (root / "outbox").rglob("*") if path.is_file()}
    publish(root)
    assert before == {path: path.read_bytes() for path in (root / "outbox").rglob("*") if path.is_file()}


def test_a_withdrawal_tells_what_waits_and_what_is_out_already(tmp_path: Path) -> None:
    root = office(tmp_path)
    publish(root)
    ground = [f"--set={key}={value}" for key, value in WITHHOLDING.items()] + ["--set=ends_on="]

    def withdrawn(*more: str) -> str:
        arguments = ("wh26-0001", "p1", *ground, "--root", str(root), "--jobs", "1", *more)
        return yiyong("withdraw", *arguments).output

    def part(output: str, heading: str) -> str:
        return output.partition(heading)[2].partition("\n\n")[0]

    said = withdrawn("--dry-run")
    assert "2026-11-22-wuhan-1  公众号、短信、邮件" in part(said, "待发文稿里写到这件记录")
    assert "已经发出去了" not in said and NAME not in part(said, "待发文稿")
    sent(root, "2026-11-22-wuhan-1", "--way", "sms")
    said = withdrawn("--dry-run")
    assert "2026-11-22-wuhan-1  公众号、邮件\n" in part(said, "待发文稿里写到这件记录") + "\n"
    assert "2026-11-22-wuhan-1  短信  20" in part(said, "收不回来")
    # The desk says the same, to whoever withdraws and to whoever confirms.
    work = desk_work(root)
    work.save(RECORD, work.open(RECORD).shelved.digest, {"persons[0].disclosure": "masked"})
    at_desk = DeskPages(work=work, base="/", site=root / "site").review(RECORD)
    assert "先不要发" in at_desk and "2026-11-22-wuhan-1（公众号、邮件）" in at_desk
    assert "2026-11-22-wuhan-1（短信，20" in at_desk.partition("收不回来")[2]
    work.discard(RECORD, work.open(RECORD).shelved.digest)
    sent(root, "2026-11-22-wuhan-1")
    said = withdrawn()
    assert "待发文稿" not in said and part(said, "收不回来").count("2026-11-22-wuhan-1") == 3
    other = case(case="wh26-0002", persons=[person(name="祁向晨")], notice={"id": "wuhan-2026-0002"})
    rewrite_case(root, {**other, "honours": []}, "wuhan/2026/wh26-0002.yml")
    arguments = ("withdraw", "wh26-0002", "p1", *ground, "--root", str(root), "--dry-run", "--jobs", "1")
    assert "收不回来" not in yiyong(*arguments).output


def test_only_what_is_new_is_told(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    publish(root)
    assert not (root / "outbox").exists()
    with_ways(root, ("短信",))
    publish(root, LATER)
    assert waiting(root) == {}, "what was published before is no news"
    moved = {"corrected_on": "2026-11-24", "what": "截止日", "moved_closes_on": "2026-11-27"}
    rewrite_case(
        root,
        case(honours=[honour()], notice={"corrections": [moved], "period": {"closes_on": "2026-11-27"}}),
    )
    publish(root, AS_OF + timedelta(days=2))
    (texts,) = waiting(root).values()
    assert "截止改为11月27日24:00" in texts["sms.txt"]
    assert "截止" not in listed(root, as_of=(AS_OF + timedelta(days=9)).isoformat()), "and it is over by then"
    assert waiting(root) == {}


def test_a_name_that_is_withheld_leaves_the_texts_that_wait(tmp_path: Path) -> None:
    root = office(tmp_path)
    publish(root)
    assert NAME in str(waiting(root))
    rewrite_case(root, case(level="confidential", withholding=WITHHOLDING, honours=[honour()]))
    output = listed(root)
    assert "没有待发的文稿" in output and waiting(root) == {}
    held = "".join(path.read_text() for path in (root / "outbox").rglob("*") if path.is_file())
    assert NAME not in held and "wuhan-2026-0001" not in held


def test_a_masked_person_is_masked_there_too(tmp_path: Path) -> None:
    masked = person(disclosure="masked", withholding=WITHHOLDING)
    root = office(
        tmp_path, persons=[masked], act={"summary": "下水救起一人。", "narrative": "下水救起一人。"}
    )
    publish(root)
    texts = str(waiting(root))
    assert "封某" in texts and NAME not in texts


def test_a_text_with_a_withheld_name_stops_the_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = office(tmp_path)
    hidden = case(case="wh26-0002", level="confidential", withholding=WITHHOLDING)
    hidden["persons"][0]["name"] = "骆仲予"
    hidden["notice"]["id"] = "wuhan-2026-0002"
    rewrite_case(root, hidden, "wuhan/2026/wh26-0002.yml")
    monkeypatch.setattr(
        outbox_text.OutboxText, "url", property(lambda self: "https://yiyong.example/?骆仲予")
    )
    with pytest.raises(AuditFailedError) as caught:
        publish(root)
    found = {item.place.path.rpartition("/")[2] for item in caught.value.diagnostics if item.code == "AUD001"}
    assert found == {"mail.eml", "sms.txt", "wechat.txt"}
    assert not (root / "site").exists() and not ledger_of(root) and waiting(root) == {}


def test_texts_are_kept_until_they_are_sent(tmp_path: Path) -> None:
    root = office(tmp_path)
    publish(root)
    output = listed(root)
    assert "2026-11-22-wuhan-1" in output and "短信（" in output and "mail.eml" in output
    assert "还有公众号、邮件没有发" in sent(root, "2026-11-22-wuhan-1", "--way", "sms")
    assert [*waiting(root)["2026-11-22-wuhan-1"]] == [name for name in FILES if name != "sms.txt"]
    assert "sms.txt" not in listed(root)
    sent(root, "2026-11-22-wuhan-1")
    assert waiting(root) == {}
    assert "没有待发的文稿" in listed(root)
    publish(root, LATER)
    assert waiting(root) == {}
    ways = [line["way"] for line in json.loads((root / "outbox/state.json").read_text())["sent"]]
    assert sorted(ways) == ["email", "sms", "wechat"]
    assert "DSK121" in sent(root, "2026-11-22-wuhan-1", status=1)


def test_a_publication_that_was_not_agreed_to_leaves_no_text(tmp_path: Path) -> None:
    root = office(tmp_path)
    with pytest.raises(NotConfirmedError):
        publish(root, confirm=lambda site, waits: False)
    assert waiting(root) == {}
    publish(root)
    assert list(waiting(root)) == ["2026-11-22-wuhan-1"]


def test_misuse_is_told(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    assert "DSK123" in listed(root, 1)
    with_ways(root, ("短信",))
    publish(root)
    (root / "outbox/state.json").write_text("{")
    assert "DSK122" in listed(root, 1)
    write_yaml(
        root / "site_config/site.yml",
        merged(SITE, {"alerts": {"outbox": ["sms"], "sms_signature": "一" * 40}}),
    )
    (root / "outbox/state.json").write_text('{"position": 0}')
    assert "DSK120" in listed(root)
