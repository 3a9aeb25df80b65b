"""须保守的字句: objectors, kin and other words for staff only, one an item, and guarded part by part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.cases.case_files import load_case
from generator.cases.private_items import parts_of_item
from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_text
from generator.disclosure.disclose import disclose
from generator.disclosure.disclosure_rules import disclosure_rules
from generator.disclosure.withheld_words import guarded_words, published_names, withheld_words
from generator.pipeline.prepare import check_project
from generator.source.model.site_settings import Masking
from tests.every_row import every_row
from tests.projects import AS_OF, WITHHOLDING, case, honour, merged, person, write_small_project
from tests.quick import Quick

MASKING = Masking.model_validate({"age": "decade", "place": "district", "unit": "none"})
TODAY = AS_OF.date()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_project(tmp_path_factory.mktemp("project"))


def problems(root: Path, tree: dict[str, Any]) -> list[Diagnostic]:
    write_small_project(root, {"wuhan/2026/a.yml": tree})
    return list(check_project(root, AS_OF, AS_OF, 1).diagnostics)


def codes(root: Path, tree: dict[str, Any]) -> set[str]:
    return {item.code for item in problems(root, tree)}


def objected(objector: Any, reason: str = "经查，异议不成立。", **changes: Any) -> dict[str, Any]:
    return case(
        objections=[
            {
                "received_on": "2026-11-19",
                "resolved_on": "2026-11-20",
                "result": "dismissed",
                "public_reason": reason,
                "objector": objector,
                **changes,
            }
        ]
    )


OBJECTOR = {"name": "荀令仪", "phone": "13987654321", "address": "汉阳区翠微路12号楼3单元501室"}


def read(root: Path, tree: dict[str, Any]) -> tuple[Diagnostic, ...]:
    path = root / "registry/cases/wuhan/2026/b.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    found = load_case(path, root).diagnostics
    path.unlink()
    return found


@pytest.mark.parametrize("text", ["荀令仪，13987654321，同村", "荀令仪"])
def test_an_objector_in_one_line_is_refused_with_the_way_to_write_it(text: str, root: Path) -> None:
    (found,) = read(root, objected(text))
    assert (found.code, found.place.field) == ("DIS018", "objections[0].objector")
    told = format_text([found], lang="zh")
    assert "name" in told and "phone" in told
    assert "荀令仪" not in told and "13987654321" not in told


@pytest.mark.parametrize(
    "reason",
    [
        "荀令仪所述不实。",
        "荀 令 仪所述不实。",
        "经电话13987654321核实，不成立。",
        "经走访翠微路12-3-501，不成立。",
        "经走访汉阳区翠微路12号楼3单元501室，不成立。",
        "荀令仪、竺一帆所述不实。",
    ],
)
def test_nothing_of_an_objector_stands_in_a_public_text(reason: str, root: Path) -> None:
    assert codes(root, objected(OBJECTOR)) == set()
    assert "DIS001" in codes(root, objected(OBJECTOR, reason))


def test_those_who_signed_too_are_guarded(root: Path) -> None:
    assert codes(root, objected({"name": "荀令仪", "joined_by": ["竺一帆"]}, "竺一帆所述不实。")) == {
        "DIS001"
    }


def test_what_a_note_says_for_certain_is_guarded(root: Path) -> None:
    note = "反映人竺一帆来电，号码13912345678，要求保密。"
    assert codes(root, objected({"phone": "13987654321"}, "竺一帆所述不实。", note=note)) == {"DIS001"}
    assert codes(root, objected({"phone": "13987654321"}, "所述不实。", note=note)) == set()
    record = Case.model_validate(objected(OBJECTOR, note=note))
    found = {(item.text, item.kind) for item in withheld_words(record, None, MASKING, TODAY)}
    assert {
        ("竺一帆", "name"),
        ("13912345678", "number"),
        ("荀令仪", "name"),
        ("13987654321", "number"),
    } <= found


@pytest.mark.parametrize(
    "note",
    [
        "竺一帆来电反映。",
        "接竺一帆电话，称不实。",
        "由竺一帆女士提出。",
        "实名举报：竺一帆",
        "竺一帆",
        "竺一帆，同村。",
        "已答复。\n竺一帆（二楼租客）",
    ],
)
def test_a_note_says_it_without_a_label(note: str, root: Path) -> None:
    assert "DIS001" in codes(root, objected({"phone": "13987654321"}, "竺一帆所述不实。", note=note))


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("单位来电。", "单位"),
        ("高中反映。", "高中"),
        ("何某来电。", "何某"),
        ("周一电话通知。", "周一"),
        ("严重，已移交。", "严重"),
    ],
)
def test_a_note_names_nobody_by_an_ordinary_word(note: str, told: str, root: Path) -> None:
    tree = objected({"phone": "13987654321"}, f"经查{told}情况不实。", note=note)
    assert codes(root, tree) & {"DIS001", "DIS024"} == set()


SPLIT = [
    "苏启航，滕月华",
    "苏启航、滕月华",
    "苏启航；滕月华",
    "苏启航/滕月华",
    "苏启航／滕月华",
    "苏启航 滕月华",
    "苏启航,滕月华",
    *(f"苏启航{sign}滕月华" for sign in "﹑､﹐،‚。\\*—–~～-＋⁄|"),
    "①苏启航②滕月华",
]
LABELLED = [
    *("滕月华（妻）", "妻子：滕月华", "妻:滕月华", "滕月华(妻)", "滕月华13912345678"),
    *("滕月华﹙妻﹚", "滕月华{妻}", "滕月华—妻", "滕月华-妻", "滕月华 女 同村", "妻 滕月华", "滕月华2"),
]


@every_row("item", SPLIT + LABELLED)
@every_row("field", ["kin", "objector", "joined_by"])
def test_a_name_that_is_more_than_a_name_is_refused(item: str, field: str, root: Path) -> None:
    tree = {
        "kin": case(persons=[person(private={"kin": [item]})]),
        "objector": objected({"name": item}),
        "joined_by": objected({"name": "荀令仪", "joined_by": [item]}),
    }[field]
    (found,) = read(root, tree)
    assert found.code == "DIS019"
    assert "滕月华" not in format_text([found], lang="zh")


@pytest.mark.parametrize("item", ["阿卜杜拉·买买提", "滕月华", "欧阳修远", "Anna Maria Rossi", "张 三"])
def test_one_name_is_one_item(item: str, root: Path) -> None:
    assert read(root, case(persons=[person(private={"kin": [item]})])) == ()


@pytest.mark.parametrize("item", ["老冀看车，老冀水果", "老冀看车、老冀水果", "老冀看车；老冀水果"])
def test_other_words_stand_one_an_item_too(item: str, root: Path) -> None:
    for tree in (
        case(private={"never_publish": [item]}),
        case(persons=[person(private={"never_publish": [item]})]),
    ):
        (found,) = read(root, tree)
        assert found.code == "DIS019"


@pytest.mark.parametrize(
    "item", ["老冀看车（解放大道店）", "微信：laoji_88", "https://shop.example/laoji,1/2", "3/501"]
)
def test_a_word_may_have_brackets_a_colon_and_slashes(item: str, root: Path) -> None:
    assert read(root, case(private={"never_publish": [item]})) == ()


@every_row(
    ("item", "parts"),
    [
        ("苏启航，滕月华", ["苏启航", "滕月华"]),
        ("滕月华（妻）", ["滕月华"]),
        ("妻子：滕月华", ["滕月华"]),
        ("父亲苏启航", ["苏启航"]),
        ("苏启航和滕月华", ["苏启航", "滕月华"]),
        ("滕月华女士", ["滕月华"]),
        ("妻滕月华", ["滕月华"]),
        ("滕月华妻子", ["滕月华"]),
        ("滕月华科长", ["滕月华"]),
        ("滕月华等", ["滕月华"]),
        ("村民滕月华", ["滕月华"]),
        ("苏启航及其妻滕月华", ["苏启航", "滕月华"]),
        ("苏启航﹑滕月华", ["苏启航", "滕月华"]),
        ("苏启航—滕月华", ["苏启航", "滕月华"]),
        ("滕月华 女 同村", ["滕月华"]),
        ("苏启航 13912345678", ["苏启航", "13912345678"]),
        ("妻子", []),
        ("和平", ["和平"]),
        ("阿卜杜拉·买买提", ["阿卜杜拉·买买提"]),
    ],
)
def test_the_parts_of_an_item(item: str, parts: list[str]) -> None:
    assert list(parts_of_item(item)) == parts


@pytest.mark.parametrize(
    ("private", "told"),
    [
        ({"phone": "027-88881234"}, "88881234"),
        ({"phone": "+86-27-88881234"}, "8888-1234"),
        ({"phone": "0717-6881234转8"}, "6881234"),
        ({"school": "武汉市江汉区归雁巷小学"}, "归雁巷小学"),
        ({"school": "归雁巷小学、雁南中学"}, "雁南中学"),
        ({"home_address": "武汉市江汉区归雁巷19号；汉阳区琴台村12号"}, "琴台村12号"),
    ],
)
def test_numbers_schools_and_homes_are_guarded_in_their_short_forms(
    private: dict[str, Any], told: str, root: Path
) -> None:
    tree = case(persons=[person(private=private)])
    assert codes(root, tree) == set()
    assert "DIS001" in codes(root, merged(tree, {"act": {"narrative": f"封玉琢下水救人，{told}。"}}))


@pytest.mark.parametrize(
    ("private", "told"),
    [
        ({"home_address": "湖北省 武汉市 江汉区归雁巷19号"}, "武汉市"),
        ({"home_address": "汉飞城市公寓（南区）3栋"}, "公寓南区"),
        ({"school": "武汉市第一中学"}, "第一中学"),
        ({"school": "归雁巷小学、实验小学"}, "实验小学"),
    ],
)
def test_what_is_anybodys_is_not_guarded(private: dict[str, Any], told: str, root: Path) -> None:
    tree = case(persons=[person(private=private)], act={"narrative": f"封玉琢在{told}附近下水救人。"})
    assert "DIS001" not in codes(root, tree)


def test_a_name_with_a_dot_is_guarded_part_by_part_of_whoever_it_is(root: Path) -> None:
    assert "DIS001" in codes(root, objected({"name": "荀令仪·竺一帆"}, "竺一帆所述不实。"))


def test_parts_are_guarded_where_brackets_may_stand() -> None:
    tree = case(
        persons=[
            person(
                guardian_consent={"given_on": "2026-01-01", "given_by": "苏启航（父）"},
                private={"phone": "13912345678，13887654321", "kin": ["滕月华"]},
            )
        ],
        private={"never_publish": ["老冀看车（解放大道店）"]},
    )
    words = {item.text for item in guarded_words(Case.model_validate(tree), MASKING, TODAY)}
    assert {"苏启航", "13912345678", "13887654321", "老冀看车", "滕月华"} <= words
    assert "父" not in words


@pytest.mark.parametrize(
    "text", ["1985年4月2日", "1985.4.2", "一九八五年四月二日", "85.04.02生", "April 2, 1985"]
)
def test_a_birth_date_is_guarded_of_whoever_is_shown(text: str, root: Path) -> None:
    told = case(
        persons=[person(private={"born_on": "1985-04-02"})], act={"narrative": f"封玉琢，{text}，下水救人。"}
    )
    assert "DIS001" in codes(root, told)
    told["persons"][0]["private"]["born_on"] = "1985-04-03"
    assert "DIS001" not in codes(root, told)


def test_the_audit_is_told_of_birth_dates() -> None:
    record = Case.model_validate(case(persons=[person(private={"born_on": "1985-04-02"})]))
    assert ("1985-04-02", "birth_date") in {
        (item.text, item.kind) for item in withheld_words(record, None, MASKING, TODAY)
    }


def test_a_name_withheld_whole_is_told_so_whoever_else_names_it() -> None:
    brothers = [
        person(key="p2", name="骆允谦", disclosure="withheld", withholding=WITHHOLDING),
        person(
            key="p3", name="骆允诚", disclosure="masked", withholding=WITHHOLDING, private={"kin": ["骆允谦"]}
        ),
    ]
    record = Case.model_validate(case(persons=[person(), *brothers]))
    hidden = {item.text: item.hidden for item in withheld_words(record, None, MASKING, TODAY)}
    assert hidden["骆允谦"] and not hidden["骆允诚"]


@pytest.mark.parametrize("kind", ["signatories", "grantor", "organ"])
def test_an_organ_may_employ_somebody_masked(kind: str, root: Path) -> None:
    organ = "武汉市公安局"
    officer = person(
        key="p2", name="祁向晨", disclosure="masked", withholding=WITHHOLDING, unit=organ, born="1980"
    )
    tree = case(persons=[person(), officer])
    if kind == "signatories":
        tree["notice"]["signatories"] = [organ]
    elif kind == "organ":
        tree["outcome"] = {"kind": "confirmed", "decided_on": "2026-11-20", "organ": organ}
    else:
        tree["honours"] = [honour(grantor=organ, decided_on="2026-11-20")]
    assert "DIS001" not in codes(root, tree)
    tree["act"]["narrative"] = f"{organ}的祁某某下水救人。"
    assert "DIS001" in codes(root, tree)


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"))


def to_group(**changes: Any) -> dict[str, Any]:
    """An honour to a whole group, whose name names its members, from the archive."""
    return case(
        notice=None,
        procedure=None,
        act=None,
        persons=[person(), person(key="p2", name="祁向晨")],
        group={"name": "封玉琢、祁向晨救火群体", "head_count": "2"},
        honours=[merged(honour(), {"recipients": [], **changes})],
    )


def test_members_of_a_group_that_is_honoured_are_shown(quick: Quick) -> None:
    record = Case.model_validate(to_group())
    public = disclose(
        record,
        case_clock(record, quick.settings, AS_OF.date()),
        disclosure_rules(quick.settings, AS_OF),
    )
    assert published_names(record, public, TODAY) == ("封玉琢", "祁向晨")
    assert not {"封玉琢", "祁向晨"} & {item.text for item in withheld_words(record, public, MASKING, TODAY)}
    quick.build({"wuhan/2026/a.yml": to_group()})


def test_they_are_not_when_the_honour_is_revoked(quick: Quick) -> None:
    revoked = to_group(revocation={"revoked_on": "2026-11-21", "organ": "测试机关", "ground": "申报不实"})
    record = Case.model_validate(revoked)
    public = disclose(
        record,
        case_clock(record, quick.settings, AS_OF.date()),
        disclosure_rules(quick.settings, AS_OF),
    )
    assert published_names(record, public, TODAY) == ()
    quick.build({"wuhan/2026/a.yml": revoked})


def test_an_employer_whom_a_colleague_shows_is_guarded_in_no_form(root: Path) -> None:
    unit = "武汉市云枫数控设备有限公司"
    hidden = person(key="p2", name="骆允谦", disclosure="withheld", withholding=WITHHOLDING, unit=unit)
    assert codes(root, case(persons=[person(unit=unit), hidden])) == set()
    told = case(persons=[person(), hidden], act={"narrative": f"封玉琢跳入水中。{unit}送来锦旗。"})
    assert "DIS001" in codes(root, told)


def test_a_child_bears_the_fathers_name_after_its_own(root: Path) -> None:
    father = person(name="阿卜杜拉·买买提", private={"kin": ["古丽娜尔·阿卜杜拉"]})
    told = "阿卜杜拉·买买提跳入水中。"
    assert codes(root, case(persons=[father], act={"narrative": told})) == set()
    assert codes(root, case(persons=[father], act={"narrative": told + "古丽娜尔在岸边。"})) == {"DIS001"}
    daughter = person(name="古丽娜尔·阿卜杜拉", key="p2", disclosure="withheld", withholding=WITHHOLDING)
    assert codes(root, case(persons=[person(), daughter], act={"narrative": "阿卜杜拉在岸边。"})) == {
        "DIS001"
    }
