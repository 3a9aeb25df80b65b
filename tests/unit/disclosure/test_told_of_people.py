"""旁敲侧击: what tells of somebody withheld or masked without their name, and innocent texts that do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.checks.record_check import check_case
from generator.diagnostics import Place, Severity, diagnose
from generator.disclosure.disclose import public_persons
from tests.every_row import every_row
from tests.projects import AS_OF, WITHHOLDING, case, honour, merged, person
from tests.quick import Quick

TODAY = AS_OF.date()


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"))


def problems(quick: Quick, tree: dict[str, Any]) -> list[tuple[str, str, Severity]]:
    record = Case.model_validate(tree)
    clock = case_clock(record, quick.settings, TODAY)
    found = check_case(record, clock, "wuhan", quick.settings, TODAY)
    return [
        (item.code, item.field, item.severity or diagnose(item.code, Place(path="a.yml")).severity)
        for item in found
        if item.code.startswith("DIS") and item.code != "DIS009"
    ]


def codes(quick: Quick, tree: dict[str, Any]) -> set[str]:
    return {code for code, _, _ in problems(quick, tree)}


WITHHELD = person(
    key="p4",
    name="骆允谦",
    disclosure="withheld",
    withholding=WITHHOLDING,
    born=None,
    unit="武汉市云枫数控设备有限公司",
    post="月湖闸口夜班看守",
    private={
        "born_on": "1979-08-30",
        "home_address": "江汉区归雁巷19号2单元501室",
        "phone": "13700000000",
        "never_publish": ["骆家水果行"],
        "kin": ["骆小禾"],
    },
)
FOUR: dict[str, Any] = case(
    persons=[
        person(),
        person(key="p2", name="祁向晨", unit="武汉砚田图文设计工作室"),
        person(key="p3", name="殷若水", sex="女"),
        WITHHELD,
    ],
    group={"name": "江滩救人群体", "head_count": "3"},
    act={"summary": "三名市民合力救起落水者", "narrative": "封玉琢、祁向晨和殷若水跳入水中，救起两人。"},
)
"""Three shown, the fourth withheld."""


def narrated(sentence: str, **changes: Any) -> dict[str, Any]:
    return merged(FOUR, {"act": {"narrative": f"封玉琢、祁向晨和殷若水先后下水。{sentence}"}, **changes})


TOLD = [
    # by surname
    "骆某也跳入水中。",
    "随后骆某某游了过去。",
    "骆师傅把绳子抛了过去。",
    "骆先生把绳子抛了过去。",
    "骆女士把绳子抛了过去。",
    "骆同志把绳子抛了过去。",
    "骆老板闻声赶来。",
    "骆老师接住了绳子。",
    "骆大爷一把拉住他。",
    "老骆跳了下去。",
    "小骆冲在最前面。",
    "阿骆也跟着跳下。",
    "姓骆的市民也下了水。",
    "骆姓市民也下了水。",
    "骆**随后赶到。",
    "骆×随后赶到。",
    "骆XX随后赶到。",
    "路过的骆　某把救生圈推过去。".replace("　", ""),
    "骆老师傅递来绳子。",
    "骆老递来绳子。",
    "骆同学递来绳子。",
    "骆ΧΧ递来绳子。",
    # by half of the name
    "骆允*随后赶到。",
    "骆*谦随后赶到。",
    "骆某谦随后赶到。",
    "骆允某随后赶到。",
    "*允谦随后赶到。",
    "骆□谦随后赶到。",
    "骆允×随后赶到。",
    # by the given name alone
    "允谦跳入水中。",
    "众人喊着允谦，拉他上岸。",
    "允谦和封玉琢一前一后。",
    "允 谦跳入水中。",
    "允·谦跳入水中。",
    "允謙跳入水中。",
    "岸边的允谦说水很急。",
    "谦哥递来绳子。",
    # the name itself and what is private
    "骆允谦跳入水中。",
    "骆 允 谦跳入水中。",
    "駱允謙跳入水中。",
    "姓骆，名允谦，住在附近。",
    "其亲属骆小禾在岸边。",
    "骆家水果行的人也来了。",
    # by the birth date
    "救人者生于1979年8月30日。",
    "救人者1979-8-30生。",
    "1979.08.30，是他的生日。",
    "一九七九年八月三十日出生。",
    "79.08.30生的那位市民。",
    "Born: August 30, 1979。",
    "30 August 1979 是他的生日。",
    "生日是8月30日。",
    "１９７９年８月３０日。",
    "8月30日是他的生日。",
    "一个生于1979年8月的人递来绳子。",
    # by the address
    "他住归雁巷19号。",
    "他住江汉区归雁巷19号2单元501室。",
    "他家在归雁巷19号2单元501室。",
    "他家在归雁巷十九号二单元五〇一室。",
    "他家在归雁巷19-2-501。",
    "他家在归雁巷19号2-501。",
    # by work
    "月湖闸口夜班看守递来绳子。",
    "云枫数控设备的职工递来绳子。",
    # by a number of people
    "第四名参与者也跳入水中。",
    "英雄四人组受到称赞。",
    "封玉琢、祁向晨、殷若水、某某跳入水中。",
    "封玉琢、祁向晨、殷若水和×××跳入水中。",
    "封玉琢、祁向晨、某市民跳入水中。",
    "其中一名参与者因故未列入。",
    "四名市民先后上岸。",
    "4名市民先后上岸。",
    "四位勇士先后上岸。",
    "封玉琢等4人受到称赞。",
    "封玉琢等四人先后下水。",
    "封玉琢等四名市民受到称赞。",
    "四人群体受到称赞。",
    "一行四人先后下水。",
    "四人手拉手合力把人拉上岸。",
    "上述四人合力把人拉上岸。",
    "四名同志受到称赞。",
    "四位参与者都没有受伤。",
    "四名青年跳入水中。",
    "4 名见义勇为人员受到称赞。".replace(" ", ""),
    "第四人也下水了，另一名市民一起拉绳子。",
    "另一人跳入水中。",
    "另有一名市民跳入水中。",
    "其余一人也下水施救。",
    # said outright
    "另有一人要求不公开姓名。",
    "另一名参与者不愿透露姓名。",
    "其余参与者申请不予公布。",
    "还有一位市民要求匿名。",
    "因本人要求，一名参与者暂不公开。",
    "第四名参与者的姓名从略。",
    "出于安全考虑，一人未列入名单。",
    "参与者中有人拒绝公开身份。",
    "有一名参与者谢绝披露姓名。",
    "一人姓名保密。",
    "一名参与者依法不予公示。",
    "名单中隐去姓名的还有一人。",
]


@every_row("sentence", TOLD)
def test_what_tells_of_a_withheld_person(sentence: str, quick: Quick) -> None:
    assert codes(quick, FOUR) == set()
    found = problems(quick, narrated(sentence))
    assert {field for _, field, _ in found} == {"act.narrative"}, found


def test_there_are_enough_of_them() -> None:
    assert len(set(TOLD)) >= 80 and len(set(INNOCENT)) >= 40


INNOCENT = [
    "骆驼在岸边喝水。",
    "一队小骆驼走过。",
    "老骆驼慢慢站起来。",
    "获救者何某、陶某已经回家。",
    "获救的李先生表示感谢。",
    "王女士在岸边报警。",
    "走访目击群众四人。",
    "询问在场群众四人，与监控一致。",
    "救起四名落水者。",
    "四名落水者获救后送医。",
    "在场的四名群众报警。",
    "民警四人赶到现场。",
    "四名民警赶到现场。",
    "疏散同层住户四人。",
    "三名市民先后上岸。",
    "封玉琢等3人受到称赞。",
    "封玉琢等三人先后下水。",
    "三人合力把人拉上岸。",
    "两人托住落水者的肩膀。",
    "落水的是一对父子。",
    "一对母子被困在船上。",
    "救起落水的夫妻二人。",
    "四名乘客被困车内。",
    "走访目击者四名。",
    "这是第四届评选。",
    "四天以后送来锦旗。",
    "封玉琢和同伴合力把人拉上岸。",
    "岸边属龙王庙街道管辖。",
    "年轻人都属虎，他也不例外。",
    "两岸群众把绳子抛过去。",
    "老人被扶上岸。",
    "老师带着学生离开。",
    "小区居民送来热水。",
    "他们谦让着，谁也不肯先上车。",
    "救生圈被允许带走。",
    "归雁巷附近没有路灯。",
    "8月30日晚下了雨。",
    "2025年8月30日，送来锦旗。",
    "两名歹徒持刀行凶，被三人制服。",
    "封玉琢没有留下姓名就离开。",
    "三人都没有受伤。",
    "水深四米，岸边有四级台阶。",
    "围观的人群中有人报警。",
    "约四十人在岸边围观。",
    "消防员四人接应。",
    "获救者家属三人送来锦旗。",
    "本案四份笔录互相印证。",
    "他把棉衣披在孩子身上。",
    "祁向晨的同事祁某也在岸上帮忙报警。",
    "封师傅二十年来一直在江边跑船。",
    "岸上的人把殷女士扶到一旁。",
    "落水者某某已经回家。",
    "第四名落水者获救。",
    "获救者为第一名参与者的邻居。",
]


@every_row("sentence", INNOCENT)
def test_what_tells_of_nobody(sentence: str, quick: Quick) -> None:
    assert problems(quick, narrated(sentence)) == []


def test_a_post_that_stands_in_every_narrative_tells_nothing(quick: Quick) -> None:
    tree = narrated("民警赶到现场，汉阳区居民送来热水。")
    tree["persons"][3] |= {"post": "民警", "residence": "汉阳区"}
    assert codes(quick, tree) == set()


TWO: dict[str, Any] = case(
    persons=[person(), WITHHELD],
    act={"summary": "一名市民救起落水者", "narrative": "封玉琢下水救人。"},
)
"""One shown, the second withheld."""


@every_row(
    "sentence",
    [
        "夫妻二人先后下水。",
        "封玉琢夫妇跳入水中。",
        "兄弟俩合力把人拉上岸。",
        "父子二人见义勇为。",
        "师徒二人先后下水。",
        "两人合力把人拉上岸。",
        "二人受到称赞。",
        "两位好心人把人拉上岸。",
        "封玉琢等二人受到称赞。",
        "封玉琢一行两人下水救人。",
        "另一位热心人也下水了。",
        "封玉琢和另一名男子下水。",
        "同行的一名男子也下水了，其要求不公开姓名。",
        "一人因故不予列名。",
        "一名救人者要求不要宣传。",
        "骆工把绳子甩过去。",
        "骆哥把绳子甩过去。",
        "骆__随后赶到。",
        "小谦跳了下去。",
        "“老骆！”岸上有人喊。",
        "骆（化名）随后赶到。",
        "骆（某）随后赶到。",
        "封玉琢和同伴合力把人拉上岸。",
        "封玉琢与其同伴先后下水。",
        "属羊的那位市民递来绳子。",
        "一名市民，生肖羊，跳入水中。",
    ],
)
def test_one_of_two(sentence: str, quick: Quick) -> None:
    assert codes(quick, TWO) == set()
    assert codes(quick, merged(TWO, {"act": {"narrative": f"封玉琢下水救人。{sentence}"}})) != set()


@pytest.mark.parametrize(
    "sentence",
    [
        "先后把两人拉到浅处。",
        "封玉琢将两名男子拦下。",
        "钓友抛绳把两人拉上岸。",
        "一对母女在岸边拍照时滑入水中。",
        "母女二人经抢救脱险。",
        "应家属要求不公开被救者情况。",
        "获救者不愿透露姓名。",
        "上岸后封玉琢没有留名。",
        "三名少年玩水时滑入深潭，三人均脱险。",
        "两名男子当场被民警控制。",
    ],
)
def test_those_who_were_saved_or_caught_are_others(sentence: str, quick: Quick) -> None:
    assert codes(quick, merged(TWO, {"act": {"narrative": f"封玉琢下水救人。{sentence}"}})) == set()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("group.name", {"group": {"name": "江滩救人四勇士"}}),
        ("group.name", {"group": {"name": "江滩四人救援群体"}}),
        ("notice.title", {"notice": {"title": "关于拟确认封玉琢等4人为见义勇为人员的公示"}}),
        ("notice.title", {"notice": {"title": "关于拟确认封玉琢、骆某等为见义勇为人员的公示"}}),
        ("act.verification", {"act": {"verification": "与骆师傅分别核对了经过。"}}),
        ("act.summary", {"act": {"summary": "四名市民合力救人"}}),
        ("act.loss_averted", {"act": {"loss_averted": "骆某的渔船"}}),
        (
            "notice.corrections[0].what",
            {"notice": {"corrections": [{"corrected_on": "2026-11-20", "what": "删去骆某某的姓名"}]}},
        ),
        (
            "notice.corrections[0].was",
            {
                "notice": {
                    "corrections": [
                        {
                            "corrected_on": "2026-11-20",
                            "what": "更正人数",
                            "was": "四名市民",
                            "now": "三名市民",
                        }
                    ]
                }
            },
        ),
        (
            "objections[0].public_reason",
            {
                "objections": [
                    {
                        "received_on": "2026-11-19",
                        "resolved_on": "2026-11-20",
                        "result": "dismissed",
                        "public_reason": "经核实，骆某确实下水，异议不成立。",
                    }
                ]
            },
        ),
        (
            "outcome.public_reason",
            {
                "outcome": {
                    "kind": "confirmed",
                    "decided_on": "2026-11-20",
                    "public_reason": "其余一人不予公布",
                }
            },
        ),
        (
            "honours[0].corrections[0].was",
            {
                "honours": [
                    honour(corrections=[{"corrected_on": "2026-11-21", "what": "更正", "was": "骆师傅等人"}])
                ]
            },
        ),
    ],
)
def test_every_public_text_is_looked_at(field: str, changes: dict[str, Any], quick: Quick) -> None:
    assert field in {found for _, found, _ in problems(quick, merged(FOUR, changes))}


@pytest.mark.parametrize(
    ("what", "was", "now"),
    [
        ("更正人数", "四人", "三人"),
        ("更正人数", "4", "3"),
        ("人数由四人更正为三人", None, None),
        ("删去一名人员", None, None),
        ("撤下一人姓名", None, None),
    ],
)
def test_a_correction_that_takes_somebody_out(
    what: str, was: str | None, now: str | None, quick: Quick
) -> None:
    item = {"corrected_on": "2026-11-20", "what": what, "was": was, "now": now}
    tree = merged(FOUR, {"notice": {"corrections": [{k: v for k, v in item.items() if v is not None}]}})
    assert codes(quick, tree) & {"DIS023", "DIS025"}
    tree["persons"] = tree["persons"][:3]
    assert Severity.ERROR not in {severity for _, _, severity in problems(quick, tree)}


REFUSED: dict[str, Any] = {"kind": "not_confirmed", "decided_on": "2026-11-21"}


@pytest.mark.parametrize("who", ["封某", "封某某", "封先生", "老封", "玉琢", "封*琢"])
def test_a_reason_that_outlasts_the_names_tells_of_nobody(who: str, quick: Quick) -> None:
    """On a tombstone everybody is withheld."""
    for reason, expected in ((f"{who}所述经过与监控不符。", {"DIS021"}), ("所述经过与监控不符。", set())):
        tree = case(outcome={**REFUSED, "public_reason": reason})
        assert codes(quick, tree) == expected
        tree = case(
            outcome={"kind": "confirmed", "decided_on": "2026-11-20"},
            revocation={"revoked_on": "2026-11-21", "organ": "测试机关", "ground": reason},
        )
        assert codes(quick, tree) == expected


@pytest.mark.parametrize("field", ["merit", "batch"])
def test_a_number_of_people_in_an_honour(field: str, quick: Quick) -> None:
    tree = merged(FOUR, {"honours": [honour(**{field: "集体二等功（四人）"})]})
    assert codes(quick, tree) == {"DIS023"}


def answered(reason: str, **changes: Any) -> dict[str, Any]:
    objection = {
        "received_on": "2026-11-19",
        "resolved_on": "2026-11-20",
        "result": "dismissed",
        "public_reason": reason,
        "objector": {"name": "荀令仪"},
    }
    return case(objections=[objection], **changes)


@pytest.mark.parametrize("who", ["荀某", "荀女士", "荀某某", "老荀", "令仪", "荀*仪", "姓荀的邻居"])
def test_an_objector_told_otherwise(who: str, quick: Quick) -> None:
    assert codes(quick, answered("经查，异议不成立。")) == set()
    assert (("DIS021", "objections[0].public_reason", Severity.ERROR)) in problems(
        quick, answered(f"{who}所述不实。")
    )


def test_elsewhere_an_objectors_surname_may_be_a_witnesss(quick: Quick) -> None:
    tree = answered("经查，异议不成立。", act={"narrative": "封玉琢跳入水中，路人荀女士报警。"})
    assert problems(quick, tree) == [("DIS021", "act.narrative", Severity.WARNING)]


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/2026/LuoYunqian.html",
        "https://news.example/luo-yun-qian/1",
        "https://news.example/a?who=luoyunqian",
        "https://news.example/YunqianLuo",
        "https://news.example/photoLuoYunqian2.jpg",
        "https://news.example/2026/lyq_yunqian",
        "https://luoyunqian.example/1",
        "https://news.example/%E9%AA%86%E5%85%81%E8%B0%A6",
    ],
)
def test_an_address_with_a_name(address: str, quick: Quick) -> None:
    tree = merged(FOUR, {"honours": [honour(source=address)]})
    assert codes(quick, tree) == {"DIS028"}
    assert codes(quick, merged(tree, {"private": {"reviewed": [address]}})) == set()


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/2026/11/a1.html",
        "https://luoyang.example/yuqian",
        "https://news.example/fengyuzhuo",
    ],
)
def test_an_address_without_one(address: str, quick: Quick) -> None:
    assert codes(quick, merged(FOUR, {"honours": [honour(source=address)]})) == set()


@pytest.mark.parametrize(
    "sentence", ["骆师傅把绳子抛了过去。", "允谦跳入水中。", "四名市民先后上岸。", "另有一人要求不公开姓名。"]
)
def test_a_human_answers_once(sentence: str, quick: Quick) -> None:
    assert codes(quick, narrated(sentence)) != set()
    assert codes(quick, narrated(sentence, private={"reviewed": [sentence.removesuffix("。")]})) == set()
    assert codes(quick, narrated(sentence, private={"reviewed": ["别的字句"]})) != set()


def test_a_shown_person_of_the_same_surname(quick: Quick) -> None:
    tree = narrated("骆师傅把绳子抛了过去，老骆跳下水。")
    tree["persons"][1]["name"] = "骆一舟"
    tree["act"]["narrative"] = tree["act"]["narrative"].replace("祁向晨", "骆一舟")
    assert codes(quick, tree) == set()
    tree["act"]["narrative"] += "骆某也下了水。"
    assert [(code, severity) for code, _, severity in problems(quick, tree)] == [("DIS021", Severity.WARNING)]


def test_a_common_surname_may_be_anybodys(quick: Quick) -> None:
    tree = narrated("获救的王某已经回家。")
    tree["persons"][3]["name"] = "王允谦"
    assert [(code, severity) for code, _, severity in problems(quick, tree)] == [("DIS021", Severity.WARNING)]


@pytest.mark.parametrize(
    ("surname", "sentence"),
    [
        ("路", "他沿着老路跑到江边。"),
        ("石", "岸边有小石子。"),
        ("江", "长江女子救援队送来救生衣。"),
        ("白", "小白船停在岸边。"),
        ("车", "一辆小车停在岸边。"),
        ("黄", "老黄牛受惊落水。"),
        ("马", "小马过河的地方水很深。"),
        ("花", "老花镜落在岸边。"),
        ("桥", "老桥下面水很急。"),
    ],
)
def test_a_surname_that_is_a_word(surname: str, sentence: str, quick: Quick) -> None:
    tree = narrated(sentence)
    tree["persons"][3]["name"] = f"{surname}允谦"
    assert codes(quick, tree) == set()


def test_a_name_that_is_a_word_asks(quick: Quick) -> None:
    tree = narrated("当时时间紧迫，程序来不及走完。")
    tree["persons"][3]["name"] = "时间"
    assert [(code, severity) for code, _, severity in problems(quick, tree)] == [("DIS024", Severity.WARNING)]
    tree["private"] = {"reviewed": ["当时时间紧迫"]}
    assert codes(quick, tree) == set()


# --- after masking ------------------------------------------------------------------------------------


MASKED: dict[str, Any] = case(
    persons=[
        person(
            name="骆允谦",
            disclosure="masked",
            withholding=WITHHOLDING,
            born=None,
            age_at_act="52",
            unit="武汉市云枫数控设备有限公司",
            post="装配钳工",
            residence="汉阳区",
            private={"born_on": "1974-03-02"},
        )
    ],
    act={"narrative": "骆某某下水救人。", "place": "汉阳区滨江大道翠微路口"},
)


def masked(sentence: str, **changes: Any) -> dict[str, Any]:
    return merged(MASKED, {"act": {"narrative": f"骆某某下水救人。{sentence}"}, **changes})


@pytest.mark.parametrize(
    "sentence",
    [
        "他时年52岁。",
        "他五十二岁，身体很好。",
        "他52周岁。",
        "他 ５２ 岁。",
        "骆某某（52）会游泳。",
        "骆某某，男，52，汉族。",
        "骆某谦会游泳。",
        "年龄：52",
        "他1974年出生。",
        "他生于一九七四年。",
        "74年生，当过兵。",
        "他是云枫数控设备的职工。",
        "他在武汉市云枫数控设备有限公司上班。",
        "他是装配钳工，会修船。",
        "他家住汉阳区。",
        "事发地在翠微路口，汉阳区滨江大道翠微路口有监控。",
        "允谦会游泳。",
        "骆允*会游泳。",
        "他生于1974年3月2日。",
    ],
)
def test_what_tells_of_a_masked_person(sentence: str, quick: Quick) -> None:
    assert codes(quick, MASKED) == set()
    assert codes(quick, masked(sentence)) != set()


@pytest.mark.parametrize(
    "sentence",
    [
        "骆师傅没有犹豫。",
        "骆某当时正在散步。",
        "他五十余岁，身体很好。",
        "1974年建成的石桥下水很急。",
        "水深52厘米。",
        "获救者28岁。",
        "汉阳区公安机关作了核实。",
        "三名市民在岸上接应。",
    ],
)
def test_what_does_not(sentence: str, quick: Quick) -> None:
    assert codes(quick, masked(sentence)) == set()


@pytest.mark.parametrize(
    "correction",
    [
        {"what": "更正年龄", "was": "52岁", "now": "51岁"},
        {"what": "更正", "was": "52岁", "now": "51岁"},
        {"what": "更正年龄", "was": "52", "now": "51"},
        {"what": "更正出生年份", "was": "1975年", "now": "1974年"},
        {"what": "更正工作单位", "was": "某厂", "now": "某公司"},
        {"what": "更正居住地", "was": "武昌区", "now": "汉阳区"},
        {"what": "原为52岁，更正为51岁"},
    ],
)
def test_a_correction_after_masking(correction: dict[str, str], quick: Quick) -> None:
    tree = merged(MASKED, {"notice": {"corrections": [{"corrected_on": "2026-11-20", **correction}]}})
    found = problems(quick, tree)
    assert found and {field.split("[")[0] for _, field, _ in found} == {"notice.corrections"}


def test_a_correction_that_says_nothing_of_a_person(quick: Quick) -> None:
    item = {"corrected_on": "2026-11-20", "what": "更正行为发生的时间", "was": "17时许", "now": "18时许"}
    assert codes(quick, merged(MASKED, {"notice": {"corrections": [item]}})) == set()


# --- names as the organ published them ----------------------------------------------------------------


def as_published(**changes: Any) -> dict[str, Any]:
    tree = person(name=None, name_as_published="曹某", sex="男", born=None, age_at_act="12")
    return case(
        persons=[merged(tree, changes)],
        act={"narrative": "曹某拉住落水的幼童。"},
        notice={"title": "关于曹某的公示"},
    )


@pytest.mark.parametrize("disclosure", ["full", "masked"])
def test_a_name_as_the_organ_published_it(disclosure: str, quick: Quick) -> None:
    tree = as_published(disclosure=disclosure)
    assert codes(quick, tree) <= {"DIS006"}
    from generator.disclosure.disclosure_rules import disclosure_rules

    record = Case.model_validate(tree)
    (shown,) = public_persons(record, disclosure_rules(quick.settings, AS_OF)).values()
    assert shown.name == "曹某"


@pytest.mark.parametrize("form", ["曹某", "曹*", "曹某某", "曹××"])
def test_the_real_name_beside_it_is_guarded(form: str, quick: Quick) -> None:
    tree = as_published(name="曹文屿", name_as_published=form, age_at_act="30")
    tree["notice"]["title"] = f"关于{form}的公示"
    tree["act"]["narrative"] = "一人拉住落水的幼童。"
    assert codes(quick, tree) == set()
    tree["act"]["narrative"] = "曹文屿拉住落水的幼童。"
    assert "DIS001" in codes(quick, tree)
    tree["act"]["narrative"] = "文屿拉住落水的幼童。"
    assert "DIS021" in codes(quick, tree)


def test_masking_shows_no_name_that_was_published_whole(quick: Quick) -> None:
    from generator.disclosure.disclosure_rules import disclosure_rules

    tree = as_published(
        name="曹文屿",
        name_as_published="曹文屿",
        disclosure="masked",
        withholding=WITHHOLDING,
        age_at_act="30",
    )
    record = Case.model_validate(tree)
    (shown,) = public_persons(record, disclosure_rules(quick.settings, AS_OF)).values()
    assert shown.name == "曹某某"


def test_nobody_has_neither(tmp_path: Path, quick: Quick) -> None:
    import pydantic

    with pytest.raises(pydantic.ValidationError):
        Case.model_validate(as_published(name_as_published=None))
