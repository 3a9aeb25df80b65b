"""What pages say of the law: nothing that no text says, and nothing put in an organ's mouth."""

from __future__ import annotations

import re
from pathlib import Path

from generator.catalogue import wording
from generator.source.model.law_words import Topic
from tests.every_row import every_row
from tests.policy_site import assumed
from tests.projects import ROOT

PUBLIC = sorted(
    path
    for folder, pattern in (
        ("generator/catalogue/zh", "*.yml"),
        ("content/pages", "**/*.md"),
        ("generator/pages/templates", "*.html"),
        ("generator/outputs/poster", "*.typ"),
        ("site_config/theme", "**/*.html"),
        ("site_config/theme/assets", "**/*.js"),
    )
    for path in (ROOT / folder).glob(pattern)
)
CLAIMS = {
    "任何单位和个人都可以提出异议": "who may object no text says; 宁 and 昆 know no objection to a publicity at all",
    "不再受理": "that a late objection is not taken no text says",
    "开始前不受理": "nor that an early one is not",
    "复核与救济": "the topic is called 复核、复议与诉讼",
    "法律帮助": "the texts say 法律援助",
    "承办机关不公开异议人": "what an organ does is for the organ to say; the site speaks of itself",
    "并由承办机关答复": "whether an objector is answered no text says",
    "申请人、行为人或者其近亲属": "the texts give applicants a standing, not the person who acted",
    "谁可以授予": "beside an honour it reads as doubt",
}


@every_row("path", PUBLIC, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_public_wording_claims_what_no_text_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert {claim: why for claim, why in CLAIMS.items() if claim in text} == {}


def test_the_page_on_objections_names_a_topic_that_exists() -> None:
    text = (ROOT / "content/pages/objections.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"policies/index\.md\)中“([^”]+)”一项", text)
    assert section in [group["title"] for group in wording("policies")["digest"]["groups"]], (
        "as a reader sees it"
    )


def test_general_advice_is_marked_as_the_sites_own() -> None:
    assert "本站" in wording("notices")["objection"]["own"]
    assert "本站" in wording("objection_sheet")["notes"]["own"]
    text = (ROOT / "content/pages/objections.md").read_text(encoding="utf-8")
    assert "本页是本站的一般说明" in text


def test_kunming_says_or_where_the_text_says_or_and_names_legal_aid_by_its_name() -> None:
    version = assumed().versions("kunming")[-1]
    said = {item.article: item for item in version.provisions}
    for item, deserved in (
        ("（一）", "有较大贡献或者经司法医学鉴定为轻伤"),
        ("（二）", "有重大贡献或者经司法医学鉴定为重伤"),
        ("（三）", "有特别重大贡献、因见义勇为牺牲或者完全丧失劳动能力"),
    ):
        rule = said[f"第十八条第{item}项"]
        gate, named = rule.value.conditions
        assert gate == "经市社会管理综合治理部门审核、市人民政府批准，授予市级称号"
        assert (named, rule.value.joined) == (deserved, "all")
        assert rule.summary.startswith("经市综治部门审核、市政府批准授予市级称号的：")
    aid = said["第三十一条第二款"].summary
    assert "需要法律援助" in aid and "应当提供" in aid


def test_nobody_is_asked_to_compare_what_a_revoked_honour_no_longer_shows() -> None:
    found = wording("verify")["found"]
    assert "姓名" in found["compare"]["valid"] and "姓名" not in found["compare"]["revoked"]
    assert found["heading"]["valid"] != found["heading"]["revoked"]


def test_a_bonus_that_others_must_approve_first_says_so_in_its_sentence() -> None:
    # What a comparison, a data file or a result of the search shows of it is the sentence alone.
    gates = {
        "kunming": "市政府批准授予市级称号的",
        "henan": "经省里评定并由省政府表彰的",
    }
    for place, gate in gates.items():
        rules = [
            item
            for item in assumed().versions(place)[-1].provisions
            if item.topic is Topic.BONUS and any(words.startswith("经") for words in item.value.conditions)
        ]
        assert len(rules) > 1 and all(gate in item.summary for item in rules), place
