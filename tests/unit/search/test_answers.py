"""The table of questions: what heads a rule on the pages of the law is a question that it answers."""

from __future__ import annotations

import json

import pytest

from generator.catalogue import Language, speaking, wording
from generator.outputs.search.answer_texts import answer_files
from tests.policy_site import site_context

NO_QUESTION = "other"
"""其他: nobody asks for it."""


def _alike(text: str) -> str:
    """As the script compares: words that mean the same are one word."""
    found = f" {text.lower()} " if wording("search")["of_topic"]["path"].startswith("en/") else text
    for first, *others in wording("search")["same"]:
        for other in others:
            found = found.replace(other, first)
    return found


def _answers(heading: str) -> list[str]:
    """What the answers to a heading tell, the one that fits best in front."""
    asked = _alike(heading)

    def fit(answer: dict[str, list[str]]) -> int:
        ways = (
            way for way in answer["asked"] if all(_alike(part).strip() in asked for part in way.split("…"))
        )
        return max(map(len, ways), default=0)

    found = [answer for answer in wording("search")["answers"] if fit(answer)]
    return [answer.get("tells", "") for answer in sorted(found, key=fit, reverse=True)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_heading_of_a_digest_is_a_question_that_is_answered(language: Language) -> None:
    with speaking(language):
        headings = [(str(topic), words) for topic, words in wording("policy")["topics"].items()]
        headings += [(form["topic"], form["label"]) for form in wording("policies")["keys"]]
        missing = [
            (topic, words)
            for topic, words in headings
            if topic != NO_QUESTION and topic not in _answers(words)[:2] and topic != "objection"
        ]
        groups = [form["title"] for form in wording("policies")["digest"]["groups"]]
        assert missing == []
        assert "telephones" in _answers(dict(headings)["objection"])
        assert [title for title in groups if not _answers(title)] == []


def test_every_way_to_ask_for_an_act_leads_to_one_row_in_both_languages() -> None:
    kinds = set(wording("titles")["kinds"].values())
    sections = {name for name, _ in wording("search")["groups"]}
    chinese = wording("search")["acts"]
    with speaking("en"):
        english, deeds = wording("search")["acts"], wording("english")["home"]["deeds"]
        labels = [*wording("titles")["kinds"].values(), *(deeds[key] for key in deeds if key != "unsaid")]
    assert chinese.keys() == english.keys()
    for acts in (chinese, english):
        ways = [way for act in acts.values() for way in act["asked"]]
        assert sorted(ways) == sorted(set(ways))
    assert {kind for act in chinese.values() for kind in act.get("kinds", ())} <= kinds | sections
    # What a page calls a kind is a way to ask for it, and first of all for that kind.
    named = {way: act["kinds"][0] for act in chinese.values() for way in act["asked"] if way in kinds}
    assert named == {kind: kind for kind in kinds}
    assert {label.lower() for label in labels} <= {way for act in english.values() for way in act["asked"]}


def test_without_a_place_the_bereaved_read_the_sums_of_the_nation_and_whose_kin_each_is_for() -> None:
    (body,) = [body for path, body in answer_files(site_context()) if path.endswith("/bereaved.json")]
    lines = json.loads(body)["quanguo"]
    assert [large for large, *_ in lines[:2]] == ["30倍", "20倍加40个月工资"]
    assert all(large and words.split("：")[0] and source for large, words, source, _ in lines)
    assert [words.split("：")[0] for _, words, _, _ in lines].count("评定为烈士的") == 4
    assert any(words.startswith("职工，认定为工伤") and large == "20倍" for large, words, *_ in lines)
    assert not any("年内" in large for large, *_ in lines), "a period to apply in is no sum"
