"""用语 (letter): the digests keep the words on which a right or a duty turns: ``letter.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.catalogue import wording
from generator.law.instruments import PolicyLibrary, Provision
from generator.law.instruments.policy_words import step_words
from generator.source.model.law_words import Status
from tests.every_row import every_row

ROWS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "letter.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
)["行"]


def _here(library: PolicyLibrary, row: dict[str, Any]) -> list[Provision]:
    place, slug, version = row["文本"].split("/")
    found = library.instrument(place, slug).version(version).provisions
    return [p for p in found if p.article == row["条"] or p.article.startswith(row["条"] + "第")]


def _words(provision: Provision) -> Iterator[str]:
    words = wording("policy")
    value = provision.value
    yield provision.summary
    yield from map(step_words, value.scale)
    yield from provision.benefit.kin_meant if provision.benefit is not None else ()
    for entries in (value.items, value.titles, value.documents, value.who, value.where, value.conditions):
        yield from entries
    yield from provision.silent_on
    yield from provision.delegated_to
    if value.joined is not None:
        yield words["joined"][value.joined]
    if provision.modality is not None:
        yield words["modalities"][provision.modality.value]
    if provision.status is not Status.STATED:
        yield wording("policies")["silences"][provision.status.value]["label"]


@every_row("row", ROWS, ids=[f"{r['文本']}-{r['条']}" for r in ROWS])
def test_the_digest_keeps_the_words(library: PolicyLibrary, row: dict[str, Any]) -> None:
    here = _here(library, row)
    assert here
    told = "；".join(word for provision in here for word in _words(provision))
    assert [word for word in row.get("必须", ()) if word not in told] == []
    assert [word for word in row.get("不得", ()) if word in told] == []
    conditions = "；".join(word for provision in here for word in provision.value.conditions)
    assert [word for word in row.get("条件不得", ()) if word in conditions] == []
    assert not {p.topic.value for p in here} & set(row.get("主题不得", ()))


def test_what_is_applied_by_analogy_is_said_in_the_text_s_own_words(library: PolicyLibrary) -> None:
    """可以参照 leaves it to the organ, 参照 does not: the scope says which, as the digest does."""
    said = [
        (f"{p.version_key} {p.article}", reach.by_analogy, "可以参照" in p.summary)
        for instrument in library.instruments
        for version in instrument.versions
        for p in version.provisions
        for reach in p.reach
        if reach.by_analogy is not None
    ]
    assert {form for _, form, _ in said} == {"may", "plain"}
    assert [where for where, form, may in said if (form == "may") != may] == []


def test_a_text_that_is_cut_off_is_never_called_silent(library: PolicyLibrary) -> None:
    for instrument in library.instruments:
        for version in instrument.versions:
            if version.entry.text_at_hand == "cut_off":
                assert [p.article for p in version.provisions if p.status is Status.NOT_REGULATED] == []


def test_a_benefit_stated_says_for_whom(library: PolicyLibrary) -> None:
    """Rows of benefits without a beneficiary are about the procedure between organs, and few."""
    unnamed = {
        f"{p.version_key} {p.article}"
        for instrument in library.instruments
        for version in instrument.versions
        for p in version.provisions
        if p.topic.value.startswith("benefit_") and p.benefit is None
    }
    assert unnamed == {
        "hangzhou/shishi-yijian-2023/2023 二（七）",
        "kunming/banfa-2014/2014 第二十一条第二款",
        "nanjing/tiaoli/original 第二十三条第一款",
        "wuhan/tiaoli-1997/2010 第十条第三款",
        "wuhan/tiaoli-1997/2010 第十二条",
        "wuhan/tiaoli-2015/2015 第十条第二款",
        "wuhan/tiaoli-2015/2019 第十条第二款",
        "wuhan/tiaoli-2015/2025 第二十条第二款",
        "wuhan/tiaoli-2015/2025 第十条第二款",
    }


def test_whoever_acts_is_not_whoever_is_told_or_spared(library: PolicyLibrary) -> None:
    """``who`` is whoever acts: a page says 由谁办 of them. Those to be notified, asked or not charged stand in the sentence."""
    acted_upon = re.compile("(?:通知|告知|不得向|取得)([^，；。]*)")
    assert [
        (p.version_key, p.article, name)
        for instrument in library.instruments
        for version in instrument.versions
        for p in version.provisions
        for name in p.value.who
        if any(name in found for found in acted_upon.findall(p.summary))
        or ("收费" in p.summary and name in ("申请人", "举荐人", "行为人"))
    ] == []


def test_words_that_a_text_never_uses_are_not_put_into_its_mouth(library: PolicyLibrary) -> None:
    """宁 and 昆 know no 复议 or 诉讼 as a way to appeal: their digests only say that nothing is said."""
    for place, slug in (("nanjing", "tiaoli"), ("kunming", "banfa-2014")):
        (version,) = library.instrument(place, slug).versions
        appeals = version.by_topic[next(t for t in version.by_topic if t.value == "appeal_reconsideration")]
        assert all("行政复议" not in p.summary and "诉讼" not in p.summary for p in appeals)
        assert any("行政复议" in question for p in appeals for question in p.silent_on)
