"""机关的话: a notice says what its organ said; what it did not say is absent, or marked as the site's own."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from generator.pages.notice_page import render_notice
from generator.pipeline.prepare import ChecksFailedError, all_records
from generator.public.notice_document import notice_document
from generator.public.public_case import PublicNotice
from tests.projects import WITHHOLDING, case, honour, merged, person
from tests.quick import Quick

PAGE = "notices/wuhan-2026-0001/index.html"
FILE = "wuhan/2026/wh26-0001.yml"


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("words"))


def page_of(quick: Quick, tree: dict[str, Any]) -> str:
    with quick.prepared({FILE: tree}) as ready:
        (notice,) = (item for item in all_records(ready) if isinstance(item, PublicNotice))
        body = render_notice(notice, ready.context).body
        return re.sub(r'<span class="yy-(?:keep|whole)">([^<]*)</span>', r"\1", body)


def document_of(quick: Quick, tree: dict[str, Any]) -> Any:
    with quick.prepared({FILE: tree}) as ready:
        (notice,) = (item for item in all_records(ready) if isinstance(item, PublicNotice))
        return notice_document(notice, ready.context)


def ended(**changes: Any) -> dict[str, Any]:
    """A notice whose period is over at the build's instant."""
    over = {
        "published_at": "2026-11-02T09:00",
        "period": {"opens_on": "2026-11-02", "closes_on": "2026-11-10"},
    }
    return merged(case(notice=over), changes)


def test_what_the_organ_said_is_shown(quick: Quick) -> None:
    said = {
        "basis": "《武汉市见义勇为条例》第十一条（示例）",
        "opening": "经群众举荐、组织核实，\n拟确认下列人员。\n\n现予公示。",
        "signed_on": "2026-11-16",
        "proposal": "拟确认见义勇为人员",
    }
    page = page_of(quick, case(notice=said))
    for words in (
        said["basis"],
        "经群众举荐、组织核实，拟确认下列人员。",
        "2026年11月16日",
        said["proposal"],
    ):
        assert words in page
    made = document_of(quick, case(notice=said))
    assert made.opening == ("经群众举荐、组织核实，拟确认下列人员。", "现予公示。")
    assert (made.signed_on, made.basis) == ("2026-11-16", said["basis"])


def test_what_it_did_not_say_is_not_said(quick: Quick) -> None:
    post = {"recipient": "受理处", "address": "武汉市示例路1号", "postcode": "430000"}
    desk = {"channels": {"post": post, "in_person": {"address": "武汉市示例路1号"}}}
    page = page_of(quick, case(notice={"desk": desk}))
    assert "武汉市示例路1号" in page
    assert "没有写明以寄出还是收到的日期为准" in page and "没有写明办公时间" in page
    for never in ("邮戳", "本机关认为", "以收到的日期为准", "工作时间"):
        assert never not in page
    ours = page[page.index("以下是本站的一般说明") :]
    assert "匿名" not in page[: page.index("以下是本站的一般说明")]
    assert "一般审查什么" in ours


def test_a_notice_has_a_desk_of_its_own(quick: Quick) -> None:
    desk = {
        "name": "武汉市测试基金会（示例）",
        "contact": "联系人甲",
        "channels": {"telephone": ["027-00000099"]},
        "requirements": ["请写明真实姓名。"],
    }
    tree = case(notice={"desk": desk})
    page = page_of(quick, tree)
    assert "向武汉市测试基金会（示例）提出" in page
    # Who published it still mends what is wrong in it, under another number.
    objections = page.partition('id="objection"')[2].partition("</section>")[0]
    assert "027-00000099" in objections and "027-00000000" not in objections
    assert "请写明真实姓名。" in page
    made = document_of(quick, tree)
    assert made.channels is not None
    assert (made.channels.telephone, made.channels.email) == (("027-00000099",), None)
    assert made.authority_name == "武汉市测试机关（示例）"


def test_a_desk_that_nobody_can_reach_is_refused(quick: Quick) -> None:
    with (
        pytest.raises(ChecksFailedError) as failed,
        quick.prepared({FILE: case(notice={"desk": {"channels": {}}})}),
    ):
        pass
    assert ("REG014", "notice.desk") in [(d.code, d.place.field) for d in failed.value.diagnostics]


def test_the_audit_knows_the_desks_own_numbers(quick: Quick) -> None:
    desk = {"channels": {"telephone": ["13912345678"], "email": "desk@yiyong.example"}}
    quick.build({FILE: case(notice={"desk": desk, "opening": "联系电话13912345678。"})})
    assert "13912345678" in (quick.out / PAGE).read_text(encoding="utf-8")


def test_the_order_follows_from_the_dates_where_it_is_not_said(quick: Quick) -> None:
    tree = ended(outcome={"kind": "confirmed", "decided_on": "2026-10-30"})
    del tree["notice"]["order"]
    assert document_of(quick, tree).order == "after_decision"
    later = merged(tree, {"outcome": {"decided_on": "2026-11-12"}})
    assert document_of(quick, later).order == "before_decision"


def test_no_objection_received_is_said_where_the_organ_says_it(quick: Quick) -> None:
    outcome = {"kind": "confirmed", "decided_on": "2026-11-12"}
    assert "未收到异议" not in page_of(quick, ended(outcome=outcome))
    assert "公示期内未收到异议" in page_of(quick, ended(outcome={**outcome, "no_objections": "true"}))


AWARD = {"order": "before_award", "proposal": "拟表彰"}


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({}, "awaiting_award", "公示期满，待表彰"),
        ({"outcome": {"kind": "awarded", "decided_on": "2026-11-12"}}, "awarded", "予以表彰"),
        ({"outcome": {"kind": "recommended", "decided_on": "2026-11-12"}}, "recommended", "推荐上报"),
        ({"outcome": {"kind": "not_awarded", "decided_on": "2026-11-12"}}, "not_awarded", "未列入表彰"),
        ({"honours": [honour()]}, "awarded", "予以表彰"),
    ],
)
def test_publicity_before_an_award_has_words_and_an_end_of_its_own(
    quick: Quick, changes: dict[str, Any], status: str, words: str
) -> None:
    tree = ended(notice=AWARD, **changes)
    made, page = document_of(quick, tree), page_of(quick, tree)
    assert made.status == status
    assert words in page and "待确认" not in page and "拟确认" not in page
    assert (made.persons == ()) == (status == "not_awarded")


def test_before_an_award_the_open_page_promises_no_confirmation(quick: Quick) -> None:
    page = page_of(quick, case(notice=AWARD))
    assert 'data-after-close="awaiting_award"' in page
    assert "表彰或者推荐之前公示" in page and "拟确认" not in page


def several() -> dict[str, Any]:
    """Two acts in one notice, and a third whose person is withheld."""
    act = case()["act"]
    acts = [
        {**act, "persons": ["p1"]},
        {
            **act,
            "kind": "fire_rescue",
            "summary": "救出被困老人。",
            "narrative": "茅知远背出老人。",
            "persons": ["p2"],
        },
        {
            **act,
            "kind": "stop_crime",
            "summary": "夺下一把刀。",
            "narrative": "夺刀时人群散开。",
            "persons": ["p3"],
        },
    ]
    people = [
        person(),
        person(key="p2", name="茅知远"),
        person(key="p3", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING),
    ]
    return case(act=acts[0], further_acts=acts[1:], persons=people)


def test_one_notice_tells_of_several_acts_and_whose_each_is(quick: Quick) -> None:
    page = page_of(quick, several())
    told = page[page.index('id="act"') :]
    first, second = told.index("<h3>封玉琢</h3>"), told.index("<h3>茅知远</h3>")
    assert first < told.index("跳入水中救起一人") < second < told.index("茅知远背出老人")
    made = document_of(quick, several())
    assert [item.persons for item in made.further_acts] == [("茅知远",)]


def test_an_act_of_somebody_withheld_goes_with_them(quick: Quick) -> None:
    quick.build({FILE: several()})
    with_them = quick.files()
    bare = several()
    del bare["persons"][2], bare["further_acts"][1]
    quick.build({FILE: bare})
    assert with_them == quick.files()
    assert "夺刀" not in with_them[PAGE].decode()


def test_the_first_of_two_acts_may_be_the_withheld_one(quick: Quick) -> None:
    tree = several()
    tree["act"], tree["further_acts"] = tree["further_acts"][1], [tree["act"]]
    del tree["persons"][1]
    quick.build({FILE: tree})
    with_them = quick.files()
    quick.build({FILE: case(act={**case()["act"], "persons": ["p1"]})})
    assert with_them == quick.files()


def test_an_honour_tells_the_act_it_was_given_for(quick: Quick) -> None:
    tree = several()
    tree["honours"] = [honour(recipients=["p2"])]
    quick.build({FILE: tree})
    made = json.loads((quick.out / "api/v1/honours/wuhan-2026-h0001.json").read_bytes())
    assert made["act"]["summary"] == "救出被困老人。"


HONOUR = "wuhan-2026-h0001"


def test_an_honour_of_several_people_tells_what_each_of_them_did(quick: Quick) -> None:
    tree = several()
    tree["honours"] = [honour(recipients=["p1", "p2", "p3"])]
    quick.build({FILE: tree})
    with_them = quick.files()
    made = json.loads(with_them[f"api/v1/honours/{HONOUR}.json"])
    assert made["act"]["summary"].startswith("跳入湖中")
    assert [(item["persons"], item["act"]["summary"]) for item in made["further_acts"]] == [
        (["茅知远"], "救出被困老人。")
    ]
    page = with_them[f"honours/{HONOUR}/index.html"].decode()
    told = page[page.index('id="deed"') : page.index('id="recipients"')]
    assert told.index("<h3>封玉琢</h3>") < told.index("跳入湖中") < told.index("<h3>茅知远</h3>")
    assert told.index("<h3>茅知远</h3>") < told.index("救出被困老人")
    # What somebody withheld did leaves no trace here either.
    bare = several()
    del bare["persons"][2], bare["further_acts"][1]
    bare["honours"] = [honour(recipients=["p1", "p2"])]
    quick.build({FILE: bare})
    assert with_them == quick.files()


def test_an_honour_names_somebody_masked_by_the_mask_beside_their_deed(quick: Quick) -> None:
    tree = several()
    tree["persons"] = [
        person(),
        person(key="p2", name="茅知远", disclosure="masked", withholding=WITHHOLDING, born=None),
    ]
    tree["further_acts"] = [{**tree["further_acts"][0], "narrative": "背出一位老人。"}]
    tree["honours"] = [honour(recipients=["p1", "p2"])]
    quick.build({FILE: tree})
    made = json.loads(quick.files()[f"api/v1/honours/{HONOUR}.json"])
    assert [item["persons"] for item in made["further_acts"]] == [["茅某某"]]
    assert "茅知远" not in b"".join(quick.files().values()).decode("utf-8", "ignore")


def test_of_several_acts_each_says_whose_it_is(quick: Quick) -> None:
    tree = several()
    del tree["further_acts"][0]["persons"]
    with pytest.raises(ChecksFailedError) as failed, quick.prepared({FILE: tree}):
        pass
    assert ("REG010", "further_acts[0]") in [
        (item.code, item.place.field) for item in failed.value.diagnostics
    ]


def test_of_a_batch_whoever_was_not_confirmed_is_named_no_more(quick: Quick) -> None:
    people = [person(), person(key="p2", name="茅知远"), person(key="p3", name="祁向晨")]
    tree = ended(
        persons=people,
        notice={"title": "关于拟确认封玉琢、茅知远、祁向晨见义勇为的公示"},
        outcome={"kind": "confirmed", "decided_on": "2026-11-12", "not_confirmed": ["p2"]},
    )
    quick.build({FILE: tree})
    text = b"".join(quick.files().values()).decode("utf-8", "ignore")
    page = (quick.out / PAGE).read_text(encoding="utf-8")
    assert "茅知远" not in text
    assert "祁向晨" in page and "不再列出" in page
    before = {**tree["outcome"], "decided_on": "2026-11-25"}
    assert "茅知远" in page_of(quick, {**tree, "outcome": before})


def test_several_cases_in_one_notice_keep_their_numbers_to_themselves(quick: Quick) -> None:
    tree = several()
    tree["further_acts"][0]["case"] = "wh26-0777"
    quick.build({FILE: tree})
    assert not [name for name, data in quick.files().items() if b"wh26-0777" in data]
    other = case(notice={"id": "wuhan-2026-0002"})
    with (
        pytest.raises(ChecksFailedError) as failed,
        quick.prepared({FILE: tree, "wuhan/2026/wh26-0777.yml": other}),
    ):
        pass
    assert "REG016" in [item.code for item in failed.value.diagnostics]


def test_a_partly_named_batch_is_titled_by_its_whole_number(quick: Quick) -> None:
    people = [person(), person(key="p2", name="茅知远")]
    page = page_of(quick, case(persons=people, group={"name": "第二批", "head_count": "11"}))
    assert "封玉琢等11人" in re.sub("<[^>]*>", "", page)


def keys_of(tree: Any) -> int:
    """Keys that hold a value of their own."""
    if isinstance(tree, dict):
        return sum(keys_of(value) if isinstance(value, dict | list) else 1 for value in tree.values())
    return sum(keys_of(item) for item in tree) if isinstance(tree, list) else 1


FIRST_NOTICE: dict[str, Any] = {
    "case": "wh26-0001",
    "jurisdiction": "wuhan",
    "level": "public",
    "authority": "wuhan-test",
    "act": {"happened_on": "2026-09-12", "kind": "water_rescue", "summary": "救起一名落水者。"},
    "persons": [{"key": "p1", "name": "封玉琢", "disclosure": "full", "adult": "true"}],
    "notice": {
        "id": "wuhan-2026-0001",
        "published_at": "2026-11-18T09:00",
        "period": {"opens_on": "2026-11-18", "closes_on": "2026-11-26"},
    },
}


def test_an_offices_first_record_needs_fourteen_keys(quick: Quick) -> None:
    tree = merged(FIRST_NOTICE, {})
    del tree["persons"][0]["key"]
    assert keys_of(tree) <= 14
    assert "公示至" in page_of(quick, tree)
