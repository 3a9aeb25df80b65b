"""The table of questions: what heads a rule on the pages of the law is a question that it answers."""

from __future__ import annotations

import pytest

from generator.catalogue import Language, speaking, wording

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
