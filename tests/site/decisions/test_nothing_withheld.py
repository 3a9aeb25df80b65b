"""决定里不公开的人: a decision entered whole is published without them, and nothing tells that they were in it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from generator.pipeline.audit_step import AuditFailedError
from generator.pipeline.prepare import ChecksFailedError
from tests.decision_trees import FILE, FOUR_CASES, TWO_ORGANS_THREE_TIERS, bare
from tests.projects import WITHHOLDING, decision, honour, merged, person
from tests.quick import Quick

Tree = dict[str, Any]
SECOND = "wuhan/2026/wh26-0002.yml"
PAGE = "decisions/wuhan-2026-d0001/index.html"
PAIR: Mapping[str, Any] = {
    "wuhan/2026/wh26-0001.yml": bare("封玉琢"),
    SECOND: bare("祁向晨"),
}


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("withheld"))


def site_of(quick: Quick, cases: Mapping[str, Any], tree: Tree) -> dict[str, bytes]:
    quick.build(cases, decisions={FILE: tree})
    return quick.files()


def of_two(**changes: Any) -> Tree:
    """A decision for the two of :data:`PAIR` in one tier."""
    grants = [
        {"id": "wuhan-2026-h0001", "case": "wh26-0001", "recipients": ["p1"]},
        {"id": "wuhan-2026-h9001", "case": "wh26-0002", "recipients": ["p1"]},
    ]
    tier = {"title": "见义勇为先进个人", "verb": "授予", "grants": grants}
    return decision(**{"tiers": [{**tier, **changes.pop("tier", {})}], **changes})


def hidden_pair(level: str) -> dict[str, Any]:
    """The second of the two withheld, by person or with the whole case."""
    if level == "confidential":
        second = merged(PAIR[SECOND], {"level": level, "withholding": WITHHOLDING})
    else:
        who = {**PAIR[SECOND]["persons"][0], "disclosure": "withheld", "withholding": WITHHOLDING}
        # Where everybody of a case is withheld the case is confidential; here somebody is not.
        other = {**who, "key": "p2", "name": "茅知远", "disclosure": "full", "withholding": None}
        second = {**PAIR[SECOND], "persons": [who, {k: v for k, v in other.items() if v is not None}]}
    return {**PAIR, SECOND: second}


def codes(quick: Quick, cases: Mapping[str, Any], tree: Tree) -> list[tuple[str, str, bool]]:
    with pytest.raises(ChecksFailedError) as failed, quick.prepared(cases, {FILE: tree}):
        pass
    return [(item.code, item.place.field or "", item.place.shown) for item in failed.value.diagnostics]


@pytest.mark.parametrize("level", ["person", "confidential"])
def test_the_site_is_the_same_with_and_without(quick: Quick, level: str) -> None:
    cases = {
        **FOUR_CASES,
        SECOND: hidden_pair(level)[SECOND],
        "wuhan/2026/wh26-0005.yml": hidden_pair(level)[SECOND],
    }
    with_them: Tree = copy.deepcopy(TWO_ORGANS_THREE_TIERS)
    # A sum for all of a tier would count them: a check refuses it. A tier of theirs alone goes whole.
    with_them["tiers"][1]["bonus_for"] = "each"
    alone = {"id": "wuhan-2026-h9002", "case": "wh26-0005", "recipients": ["p1"], "bonus_cny": "7"}
    with_them["tiers"].insert(1, {"title": "见义勇为勇士", "verb": "授予", "grants": [alone]})
    without: Tree = copy.deepcopy(with_them)
    del without["tiers"][1]
    del without["tiers"][1]["grants"][1]
    fewer = {name: tree for name, tree in FOUR_CASES.items() if name != SECOND}
    one, other = site_of(quick, cases, with_them), site_of(quick, fewer, without)
    assert sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name)) == []
    assert PAGE in one


@pytest.mark.parametrize("level", ["person", "confidential"])
def test_a_decision_for_nobody_shown_is_nowhere(quick: Quick, level: str) -> None:
    tree = of_two()
    del tree["tiers"][0]["grants"][0]
    cases = hidden_pair(level)
    quick.build({SECOND: cases[SECOND]}, decisions={FILE: tree})
    text = b"".join(quick.files().values()).decode("utf-8", "ignore")
    assert "wuhan-2026-d0001" not in text and tree["title"] not in text


@pytest.mark.parametrize("level", ["person", "confidential"])
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "关于表彰封玉琢、祁向晨的决定"),
        ("opening", "祁向晨不顾个人安危。"),
        ("basis", "祁向晨事迹材料"),
        ("batch", "祁向晨等"),
    ],
)
def test_a_text_of_the_decision_that_names_them_stops_the_build(
    quick: Quick, level: str, field: str, text: str
) -> None:
    assert ("DIS001", field, False) in codes(quick, hidden_pair(level), of_two(**{field: text}))


def test_an_annex_that_names_them_stops_the_build(quick: Quick) -> None:
    tree = of_two(annexes=[{"title": "封玉琢、祁向晨先进事迹"}])
    assert ("DIS001", "annexes[0].title", False) in codes(quick, hidden_pair("person"), tree)


@pytest.mark.parametrize("level", ["person", "confidential"])
@pytest.mark.parametrize(
    ("field", "text"),
    [("title", "关于表彰封玉琢等2人的决定"), ("opening", "决定授予两名同志荣誉称号。")],
)
def test_a_number_of_people_that_counts_them_stops_the_build(
    quick: Quick, level: str, field: str, text: str
) -> None:
    assert ("DIS023", field) in [
        item[:2] for item in codes(quick, hidden_pair(level), of_two(**{field: text}))
    ]


def test_a_tier_that_counts_them_stops_the_build(quick: Quick) -> None:
    tree = of_two(tier={"title": "见义勇为先进个人（2名）"})
    assert ("DIS023", "tiers[0].title") in [item[:2] for item in codes(quick, hidden_pair("person"), tree)]


def test_the_number_of_those_shown_may_stand(quick: Quick) -> None:
    quick.build(hidden_pair("person"), decisions={FILE: of_two(title="关于表彰封玉琢等1人的决定")})
    assert (quick.out / PAGE).is_file()


@pytest.mark.parametrize("level", ["person", "confidential"])
def test_a_sum_for_all_together_stops_the_build(quick: Quick, level: str) -> None:
    tree = of_two(tier={"bonus_cny": "20000", "bonus_for": "in_all"})
    assert ("DIS030", "tiers[0].bonus_cny", False) in codes(quick, hidden_pair(level), tree)
    tree = of_two(tier={"bonus_cny": "10000", "bonus_for": "each"})
    quick.build(hidden_pair(level), decisions={FILE: tree})


@pytest.mark.parametrize("level", ["person", "confidential"])
def test_a_sum_of_which_nobody_says_for_whom_stops_the_build(quick: Quick, level: str) -> None:
    tree = of_two(tier={"bonus_cny": "20000"})
    assert ("DIS030", "tiers[0].bonus_cny", False) in codes(quick, hidden_pair(level), tree)


def test_a_sum_that_goes_with_a_withheld_grant_is_no_fault(quick: Quick) -> None:
    tree = of_two()
    tree["tiers"][0]["grants"][1] |= {"bonus_cny": "20000", "bonus_for": "in_all"}
    quick.build(hidden_pair("person"), decisions={FILE: tree})


def test_a_sum_of_an_honour_in_a_case_is_looked_at_too(quick: Quick) -> None:
    people = [person(), person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING)]
    given = honour(recipients=["p1", "p2"], bonus_cny="20000", bonus_for="in_all")
    with (
        pytest.raises(ChecksFailedError) as failed,
        quick.prepared({"wuhan/2026/wh26-0001.yml": bare("封玉琢", persons=people, honours=[given])}),
    ):
        pass
    assert "DIS030" in [item.code for item in failed.value.diagnostics]


def test_a_sum_of_one_grant_to_several_stops_the_build(quick: Quick) -> None:
    people = [
        person(),
        person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING),
    ]
    grant = {
        "id": "wuhan-2026-h0001",
        "case": "wh26-0001",
        "recipients": ["p1", "p2"],
        "bonus_cny": "20000",
        "bonus_for": "in_all",
    }
    tree = decision(tiers=[{"title": "见义勇为先进个人", "verb": "授予", "grants": [grant]}])
    cases = {"wuhan/2026/wh26-0001.yml": bare("封玉琢", persons=people)}
    assert ("DIS030", "tiers[0].grants[0].bonus_cny", False) in codes(quick, cases, tree)


def test_a_masked_recipient_is_masked_everywhere(quick: Quick) -> None:
    who = {**PAIR[SECOND]["persons"][0], "disclosure": "masked", "withholding": WITHHOLDING}
    quick.build({**PAIR, SECOND: {**PAIR[SECOND], "persons": [who]}}, decisions={FILE: of_two()})
    text = b"".join(quick.files().values()).decode("utf-8", "ignore")
    assert "祁向晨" not in text
    assert "祁某" in (quick.out / PAGE).read_text(encoding="utf-8")


def test_a_name_that_the_page_would_wrongly_show_stops_at_the_audit(
    quick: Quick, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the checks blind, the audit still knows the names of all cases of a decision."""
    monkeypatch.setattr("generator.cases.decision_files.FiledDecision.texts", lambda _: ())
    with pytest.raises(AuditFailedError):
        quick.build(hidden_pair("person"), decisions={FILE: of_two(opening="表彰祁向晨同志。")})


def test_who_lost_an_honour_is_named_no_more_in_its_decision(quick: Quick) -> None:
    revoked = {"revoked_on": "2026-11-21", "organ": "武汉市测试机关（示例）", "ground": "事迹不实"}
    tree = of_two(title="关于表彰封玉琢、祁向晨的决定", source="https://www.example.gov.cn/7.html")
    tree["tiers"][0]["grants"][1] |= {"id": "wuhan-2026-h0002", "revocation": revoked}
    quick.build(PAIR, decisions={FILE: tree})
    text = b"".join(quick.files().values()).decode("utf-8", "ignore")
    page = (quick.out / PAGE).read_text(encoding="utf-8")
    assert "祁向晨" not in text and "www.example.gov.cn" not in page
    assert "关于表彰封玉琢、祁某某的决定" in page or "关于表彰封玉琢、祁某的决定" in page
    assert "姓名已经隐去" in page and "1\u00a0人次" in page


@pytest.mark.parametrize(("choice", "there"), [("tombstone", True), ("gap", False)])
def test_the_number_of_a_decision_that_is_public_no_more_is_staffs_choice(
    quick: Quick, choice: str, there: bool
) -> None:
    tree = of_two()
    del tree["tiers"][0]["grants"][0]
    cases = hidden_pair("confidential")
    cases[SECOND]["withholding"] = {**WITHHOLDING, "published_number": choice}
    quick.build({SECOND: cases[SECOND]}, decisions={FILE: tree})
    assert (PAGE in quick.files()) is there
    if there:
        page = (quick.out / PAGE).read_text(encoding="utf-8")
        assert "noindex" in page and tree["title"] not in page


def test_messages_about_a_decision_show_no_line_of_it(quick: Quick) -> None:
    with pytest.raises(ChecksFailedError) as failed, quick.prepared(PAIR, {FILE: of_two(level="nowhere")}):
        pass
    (item,) = (item for item in failed.value.diagnostics if "decisions" in item.place.path)
    assert (item.code, item.place.shown, item.place.source_line) == ("REC006", False, None)
    assert not item.facts
