"""Somebody in danger is hidden at once by one person, and nothing else gets past the second one so."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from generator.desk.desk_reading import RefusedError, Standing
from generator.desk.desk_work import DeskWork
from generator.desk.public_changes import pages_digest
from generator.desk.pure_withdrawal import beyond_withdrawal, showing_more
from generator.desk.site_diff import ChangeKind, SiteChange
from generator.pipeline.prepare import check_project
from generator.publication_log.approval_book import Step
from tests.desks import DRAFT, PLACED, RECORD, Visitor, a_desk, desk_project, desk_work
from tests.every_row import every_row
from tests.offices import yiyong
from tests.projects import AS_OF, case, honour, person

GROUND = {
    "ground": "本人要求保密",
    "article": "第十一条第一款",
    "decided_by": "武汉市测试机关（示例）",
    "decided_on": "2026-11-20",
}
ON_THE_COMMAND_LINE = [f"--set={key}={value}" for key, value in GROUND.items()] + ["--set=ends_on="]
CONSENT = {"given_on": "2026-10-01", "given_by": "person"}
TREE = case(
    persons=[
        person(unit="某某厂", portrait={"file": "a.jpg", "description": "站着", "consent": CONSENT}),
        person(key="p2", name="祁向晨"),
    ],
    honours=[honour()],
)
Change = Callable[[dict[str, Any]], None]


def hidden(tree: dict[str, Any]) -> None:
    """The first person is masked, in the texts too."""
    one = tree["persons"][0]
    one |= {"disclosure": "masked", "withholding": GROUND}
    del one["portrait"]
    tree["act"]["narrative"] = tree["act"]["narrative"].replace("封玉琢", "封某某")


def whole_case(tree: dict[str, Any]) -> None:
    tree |= {"level": "confidential", "withholding": GROUND}


@pytest.mark.parametrize(
    "change",
    [
        hidden,
        whole_case,
        lambda tree: tree["persons"][0].update(disclosure="不公开", withholding=GROUND),
        lambda tree: tree["persons"][0].pop("portrait"),
        lambda tree: tree["act"].pop("narrative"),
        lambda tree: (hidden(tree), tree["persons"][0].pop("unit")),
        lambda tree: tree["persons"][0].pop("unit"),
    ],
)
def test_what_only_withdraws(change: Change) -> None:
    tree = deepcopy(TREE)
    change(tree)
    assert beyond_withdrawal(TREE, tree) == ()


def _put(*path: Any, value: Any) -> Change:
    def change(tree: dict[str, Any]) -> None:
        here: Any = tree
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = value

    return change


SMUGGLED: dict[str, tuple[Change, str]] = {
    "another name": (_put("persons", 1, "name", value="齐向晨"), "persons[1].name"),
    "another date": (_put("notice", "period", "closes_on", value="2026-11-27"), "notice.period.closes_on"),
    "a statement": (
        lambda tree: tree["act"].update(narrative=tree["act"]["narrative"].replace("救起一人", "救起两人")),
        "act.narrative",
    ),
    "a masked name that is another's": (
        lambda tree: tree["act"].update(summary="跳入湖中救起一名落水者某"),
        "act.summary",
    ),
    "an honour that comes later": (
        lambda tree: tree["honours"].append(honour(id="wuhan-2026-h0002", published_on="2026-12-24")),
        "honours[1].id",
    ),
    "an honour that goes": (lambda tree: tree.pop("honours"), "honours[0].id"),
    "a person who goes": (lambda tree: tree["persons"].pop(), "persons[1].key"),
    "a decision": (
        _put("outcome", value={"kind": "confirmed", "decided_on": "2026-12-01"}),
        "outcome.kind",
    ),
    "somebody else uncovered": (
        _put("persons", 1, "withholding", value=GROUND),
        "persons[1].withholding.ground",
    ),
    "an age that goes": (lambda tree: tree["persons"][1].pop("born"), "persons[1].born"),
    "a unit of somebody who is not hidden": (_put("persons", 1, "unit", value="某某厂"), "persons[1].unit"),
    "a private note": (_put("private", value={"note": "x"}), "private.note"),
    "another portrait": (
        _put("persons", 1, "portrait", value={"file": "b.jpg", "description": "x", "consent": CONSENT}),
        "persons[1].portrait.file",
    ),
}


@every_row("name", SMUGGLED)
def test_whatever_else_comes_along_is_told(name: str) -> None:
    change, field = SMUGGLED[name]
    tree = deepcopy(TREE)
    hidden(tree)
    change(tree)
    assert field in beyond_withdrawal(TREE, tree)


def told(narrative: str, changed: str, change: Change = lambda tree: None) -> tuple[str, ...]:
    """What goes beyond a withdrawal where one narrative became another."""
    before = case(persons=[person()], act={"narrative": narrative, "further": None})
    after = deepcopy(before)
    after["act"]["narrative"] = changed
    change(after)
    return beyond_withdrawal(before, after)


FACTS = "封玉琢住在墨水湖边。他没有受伤，不需要救治。他说：“快跑。有人落水。”随后跳入湖中！救起一人"
QUOTED = "他说：“快跑。有人落水。”随后跳入湖中！"


@pytest.mark.parametrize(
    "shorter",
    [
        "他没有受伤，不需要救治。" + QUOTED + "救起一人",
        "封玉琢住在墨水湖边。" + QUOTED + "救起一人",
        "封玉琢住在墨水湖边。他没有受伤，不需要救治。" + QUOTED,
        "封玉琢住在墨水湖边。\n" + QUOTED,
    ],
)
def test_a_sentence_that_goes_whole_is_a_withdrawal(shorter: str) -> None:
    assert told(FACTS, shorter) == ()


@every_row(
    "changed",
    [
        FACTS.replace("没有受伤，不需要救治", "受伤，需要救治"),
        FACTS.replace("他没有受伤，", ""),
        FACTS.replace("快跑。", ""),
        FACTS.replace("他说：“快跑。有人落水。”", ""),
        FACTS.replace(QUOTED, "") + "。",
        "他没有受伤，不需要救治。封玉琢住在墨水湖边。" + QUOTED + "救起一人",
        "封玉琢住在墨水湖边。" * 2 + QUOTED,
        FACTS.replace("封玉琢住在墨水湖边。", "祁向晨住在墨水湖边。"),
        FACTS.replace("封玉琢住在墨水湖边。", "").replace("救起一人", "救起两人"),
        FACTS.replace("封玉琢", "封某某"),
        FACTS.replace("。他没有", "\n他没有"),
        "",
        "。",
    ],
)
def test_half_a_sentence_another_order_or_another_word_is_none(changed: str) -> None:
    assert told(FACTS, changed) == ("act.narrative",)


@pytest.mark.parametrize(
    "text", ["甲。“乙。丙。", "甲。乙”。丙。", '甲："乙。丙。丁。', "他没有\n受伤。乙\n丙。"]
)
def test_a_text_whose_quotes_do_not_match_is_never_cut(text: str) -> None:
    for place in range(len(text)):
        for end in range(place + 1, len(text) + 1):
            shorter = text[:place] + text[end:]
            assert told(text, shorter) or shorter in ("", "乙\n丙。", "他没有\n受伤。"), shorter


def test_of_other_texts_no_sentence_goes_at_once() -> None:
    before = case(persons=[person()], act={"summary": "甲。乙。"}, notice={"opening": "甲。乙。"})
    for place, path in ((("act", "summary"), "act.summary"), (("notice", "opening"), "notice.opening")):
        after = deepcopy(before)
        _put(*place, value="甲。")(after)
        assert beyond_withdrawal(before, after) == (path,)


def test_a_hidden_name_may_be_masked_in_what_stays() -> None:
    shorter = "封某某住在墨水湖边。" + QUOTED
    assert told(FACTS, shorter) == ("act.narrative",)
    mask = {"disclosure": "masked", "withholding": GROUND}
    assert told(FACTS, shorter, lambda tree: tree["persons"][0].update(mask)) == ()


def test_showing_more_is_no_withdrawal() -> None:
    tree = deepcopy(TREE)
    hidden(tree)
    assert {"persons[0].disclosure", "persons[0].portrait.file"} <= set(beyond_withdrawal(tree, TREE))


def seen(kind: ChangeKind, field: str, old: str = "", new: str = "", record: str = "r") -> SiteChange:
    return SiteChange(kind=kind, record=record, field=field, old=old, new=new)


def test_what_the_public_sees_is_looked_at_too() -> None:
    """A masked person's age is told in tens where a month of birth stood; anything else that is new is told."""
    masked = seen(ChangeKind.CHANGED, "persons[0].masked", "false", "true")
    decade = seen(ChangeKind.EXPOSED, "persons[0].age_at_act", new='"20s"')
    assert showing_more([masked, decade]) == ()
    for more in (
        decade,
        seen(ChangeKind.EXPOSED, "persons[1].age_at_act", new='"20s"'),
        seen(ChangeKind.EXPOSED, "persons[0].age_at_act", new='"20s"', record="another"),
        seen(ChangeKind.ADDED, ""),
        seen(ChangeKind.DEADLINE, "closes_on", "a", "b"),
        seen(ChangeKind.CHANGED, "status", "a", "b"),
    ):
        others = [] if more is decade else [masked]
        assert showing_more([*others, more]) == (more,)


WITHOUT_PICTURE = case(persons=[person(), person(key="p2", name="祁向晨")], honours=[honour()])
MASKED = {
    "persons[0].disclosure": "masked",
    **{f"persons[0].withholding.{key}": value for key, value in GROUND.items()},
    "act.narrative": WITHOUT_PICTURE["act"]["narrative"].replace("封玉琢", "封某某"),
}


def office(folder: Path, **more: Any) -> DeskWork:
    """A record that was approved, in an office where two people must."""
    changes = {key: WITHOUT_PICTURE[key] for key in ("persons", "honours")}
    work = desk_work(desk_project(folder, approval="accounts", **changes, **more))
    assert work.take_over() == 1
    return work


def codes(root: Path) -> list[str]:
    return [item.code for item in check_project(root, AS_OF, AS_OF, 1).diagnostics if item.code[:3] == "DSK"]


def test_one_person_withdraws_and_another_confirms(tmp_path: Path) -> None:
    work = office(tmp_path)
    work.save(RECORD, work.open(RECORD).shelved.digest, MASKED)
    digest = work.open(RECORD).shelved.digest
    assert work.withdraw_draft(RECORD, digest) == ()
    assert "masked" in (tmp_path / PLACED).read_text(encoding="utf-8") and not (tmp_path / DRAFT).exists()
    assert codes(tmp_path) == ["DSK115"], "it may be published, and is told until somebody has looked"
    assert work.open(RECORD).standing is Standing.WITHDRAWN
    (entry,) = [item for item in work.entries(RECORD) if item.step is Step.WITHDRAWN]
    assert "人员1·" in entry.note and "封玉琢" not in entry.note
    page = pages_digest(work.judge(RECORD, work.open(RECORD).shelved.text).produced)
    with pytest.raises(RefusedError, match="own_work"):
        work.approve(RECORD, digest, page)
    other = desk_work(tmp_path, "李四", "li@b")
    with pytest.raises(RefusedError, match="not_submitted"):
        other.send_back(RECORD, "不")
    assert other.approve(RECORD, digest, page) == ()
    assert codes(tmp_path) == [] and work.open(RECORD).standing is Standing.PLACED


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({**MASKED, "act.summary": "跳入湖中救起两名落水者"}, "beyond_withdrawal"),
        ({**MASKED, "persons[1].private.phone": "13900000000"}, "beyond_withdrawal"),
        ({"act.summary": "跳入湖中救起两名落水者"}, "nothing_withdrawn"),
    ],
)
def test_a_withdrawal_that_smuggles_anything_waits_for_the_second_person(
    tmp_path: Path, answers: dict[str, str], why: str
) -> None:
    work = office(tmp_path)
    before = (tmp_path / PLACED).read_bytes()
    work.save(RECORD, work.open(RECORD).shelved.digest, answers)
    with pytest.raises(RefusedError, match=why):
        work.withdraw_draft(RECORD, work.open(RECORD).shelved.digest)
    assert (tmp_path / PLACED).read_bytes() == before and codes(tmp_path) == []


def test_a_change_made_past_the_desk_is_not_carried_along(tmp_path: Path) -> None:
    work = office(tmp_path)
    text = (tmp_path / PLACED).read_text(encoding="utf-8")
    (tmp_path / PLACED).write_text(text.replace("一名落水者", "两名落水者"), encoding="utf-8")
    work.save(RECORD, work.open(RECORD).shelved.digest, MASKED)
    with pytest.raises(RefusedError, match="nothing_withdrawn"):
        work.withdraw_draft(RECORD, work.open(RECORD).shelved.digest)
    assert codes(tmp_path) == ["DSK110"]


def test_one_byte_after_it_voids_it(tmp_path: Path) -> None:
    work = office(tmp_path)
    work.save(RECORD, work.open(RECORD).shelved.digest, MASKED)
    work.withdraw_draft(RECORD, work.open(RECORD).shelved.digest)
    with (tmp_path / PLACED).open("a", encoding="utf-8") as file:
        file.write("# x\n")
    assert codes(tmp_path) == ["DSK110"]


def test_a_decision_older_than_the_publication_stops_no_withdrawal(tmp_path: Path) -> None:
    """Whoever forgot to enter it finds out when the name is public already."""
    work = office(tmp_path)
    told = yiyong("log", "import", "--root", tmp_path, "--as-of", AS_OF.isoformat(), "--yes", "--jobs", "1")
    assert told.exit_code == 0 and GROUND["decided_on"] < AS_OF.date().isoformat(), told.output
    work.save(RECORD, work.open(RECORD).shelved.digest, MASKED)
    assert work.withdraw_draft(RECORD, work.open(RECORD).shelved.digest) == ()
    assert codes(tmp_path) == ["DSK115"]
    assert not [
        item for item in check_project(tmp_path, AS_OF, AS_OF, 1).diagnostics if item.code[:3] == "PUB"
    ]


LONG = "2026年9月12日，封玉琢听见呼救，跳入湖中救起一人。他住在湖边唯一的白房子里。"
SHORT = LONG.partition("。")[0] + "。"


def logged(folder: Path) -> DeskWork:
    """An office of which a record with a telling sentence, and the honour from it, were published and logged."""
    work = office(folder, act={"narrative": LONG})
    done = yiyong("log", "import", "--root", folder, "--as-of", AS_OF.isoformat(), "--yes", "--jobs", "1")
    assert done.exit_code == 0, done.output
    return work


def test_a_telling_sentence_goes_at_once_with_the_correction_that_the_ledger_wants(tmp_path: Path) -> None:
    """Somebody whom a sentence gives away: one person takes it out, and adds no word of their own."""
    work = logged(tmp_path)
    work.save(RECORD, work.open(RECORD).shelved.digest, {"act.narrative": SHORT})
    clerk = Visitor(a_desk(tmp_path))
    clerk.enter()
    review = clerk.ask("GET", f"case/{RECORD}/review").body.decode()
    assert "立即撤下</button>" in review and "删去部分文字，其余内容不变。" in review
    seen = {"seen": work.open(RECORD).shelved.digest}
    assert clerk.ask("POST", f"case/{RECORD}/withdraw", seen).status == 303
    assert not (tmp_path / DRAFT).exists() and codes(tmp_path) == ["DSK115"]
    tree = work.open(RECORD).tree
    assert tree is not None and tree["act"]["narrative"] == SHORT
    note = {"corrected_on": AS_OF.date().isoformat(), "what": "删去部分文字，其余内容不变。"}
    assert [tree["notice"]["corrections"], tree["honours"][0]["corrections"]] == [[note], [note]]
    assert not [
        item for item in check_project(tmp_path, AS_OF, AS_OF, 1).diagnostics if item.code[:3] == "PUB"
    ]
    other, shelved = desk_work(tmp_path, "李四", "li@b"), work.open(RECORD).shelved
    page = pages_digest(work.judge(RECORD, shelved.text).produced)
    assert other.approve(RECORD, shelved.digest, page) == () and codes(tmp_path) == []


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"act.narrative": SHORT.replace("一人", "两人")}, None),
        ({"act.narrative": SHORT, "act.summary": "跳入湖中救起两名落水者"}, "事迹"),
        (
            {
                "act.narrative": SHORT,
                "notice.corrections[0].corrected_on": "2026-11-22",
                "notice.corrections[0].what": "封玉琢的事迹有假",
            },
            "更正",
        ),
        (
            {
                "act.narrative": SHORT,
                "notice.corrections[0].corrected_on": "2026-11-22",
                "notice.corrections[0].what": "删去部分文字，其余内容不变。",
                "notice.corrections[0].moved_closes_on": "2026-11-27",
            },
            "更正",
        ),
    ],
)
def test_a_correction_of_ones_own_waits_for_the_second_person(
    tmp_path: Path, answers: dict[str, str], fields: str | None
) -> None:
    work = office(tmp_path, act={"narrative": LONG})
    before = (tmp_path / PLACED).read_bytes()
    work.save(RECORD, work.open(RECORD).shelved.digest, answers)
    with pytest.raises(RefusedError, match="beyond_withdrawal" if fields else "nothing_withdrawn") as refused:
        work.withdraw_draft(RECORD, work.open(RECORD).shelved.digest)
    assert (fields or "") in str(refused.value.facts) and (tmp_path / PLACED).read_bytes() == before


def test_at_the_desk_the_button_is_there_for_a_withdrawal_alone(tmp_path: Path) -> None:
    work = office(tmp_path)
    work.save(RECORD, work.open(RECORD).shelved.digest, {**MASKED, "act.place": "墨水湖"})
    clerk, reviewer = Visitor(a_desk(tmp_path)), Visitor(a_desk(tmp_path, "李四", "li@b"))
    clerk.enter(), reviewer.enter()
    review = f"case/{RECORD}/review"
    assert "这次还改了：行为·地点" in clerk.ask("GET", review).body.decode()
    seen = work.open(RECORD).shelved.digest
    assert clerk.ask("POST", f"case/{RECORD}/withdraw", {"seen": seen}).status == 409
    work.save(RECORD, seen, {"act.place": ""})
    seen = work.open(RECORD).shelved.digest
    assert "立即撤下</button>" in clerk.ask("GET", review).body.decode()
    done = clerk.ask("POST", f"case/{RECORD}/withdraw", {"seen": seen})
    assert done.status == 303 and done.headers["Location"].endswith("publish")
    assert "等别人确认" in clerk.ask("GET", "").body.decode()
    assert "等您确认" in reviewer.ask("GET", "").body.decode()
    assert "确认撤下</button>" in reviewer.ask("GET", review).body.decode()


def test_the_desk_masks_the_name_in_the_texts(tmp_path: Path) -> None:
    work = office(tmp_path)
    said = {name: value for name, value in MASKED.items() if name != "act.narrative"}
    work.save(RECORD, work.open(RECORD).shelved.digest, {**said, "private.note": "封玉琢来过"})
    clerk = Visitor(a_desk(tmp_path))
    clerk.enter()
    review = f"case/{RECORD}/review"
    assert "改成隐去的写法</button>" in clerk.ask("GET", review).body.decode()
    form = {"seen": work.open(RECORD).shelved.digest}
    assert clerk.ask("POST", f"case/{RECORD}/mask-texts", form).status == 303
    shelved = work.open(RECORD).shelved
    assert MASKED["act.narrative"].split("，")[1] in shelved.text and "note: 封玉琢来过" in shelved.text
    assert work.judge(RECORD, shelved.text).errors == 0
    assert "改成隐去的写法</button>" not in clerk.ask("GET", review).body.decode()


def test_a_broken_outbox_stops_no_withdrawal_and_is_told(tmp_path: Path) -> None:
    work = office(tmp_path)
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox/state.json").write_text("{", encoding="utf-8")
    work.save(RECORD, work.open(RECORD).shelved.digest, MASKED)
    clerk = Visitor(a_desk(tmp_path))
    clerk.enter()
    review = clerk.ask("GET", f"case/{RECORD}/review").body.decode()
    assert "state.json" in review.partition("读不出来")[2] and "立即撤下</button>" in review
    assert work.withdraw_draft(RECORD, work.open(RECORD).shelved.digest) == ()


def withdraw(root: Path, *more: str) -> str:
    told = yiyong(
        "withdraw",
        "wh26-0001",
        "p1",
        *ON_THE_COMMAND_LINE,
        "--as",
        "张三",
        "--root",
        root,
        "--jobs",
        "1",
        *more,
    )
    return told.stdout + told.stderr


def test_the_command_withdraws_at_once_and_status_tells_of_it(tmp_path: Path) -> None:
    office(tmp_path)
    assert "紧急撤下" in withdraw(tmp_path)
    assert codes(tmp_path) == ["DSK115"]
    told = yiyong("status", "--root", tmp_path, "--as-of", AS_OF.isoformat(), "--jobs", "1").output
    assert "wh26-0001.yml：2026-" in told.partition("紧急撤下")[2].partition("三日内")[0]


def test_the_command_leaves_a_draft_where_there_is_more_to_do(tmp_path: Path) -> None:
    office(tmp_path)
    before = (tmp_path / PLACED).read_bytes()
    assert "还没有撤下" in withdraw(tmp_path, "--to", "withheld"), "the text has to be reworded"
    assert (tmp_path / PLACED).read_bytes() == before and "withheld" in (tmp_path / DRAFT).read_text(
        encoding="utf-8"
    )
    assert "已经有一份草稿" in withdraw(tmp_path, "--to", "withheld")
    # Another draft stops nobody from being hidden.
    assert "紧急撤下" in withdraw(tmp_path)
    assert (tmp_path / DRAFT).exists() and codes(tmp_path) == ["DSK115"]
