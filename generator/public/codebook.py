"""编码手册 (codebook): every code of the policy data, what it means, and how often a topic is stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.catalogue import wording
from generator.law.instruments import PolicyLibrary
from generator.law.instruments.library import topic_status
from generator.law.instruments.policy_words import topic_words
from generator.source.model.law_words import Status, Topic

_LISTS: Mapping[str, str] = {
    "modality": "modalities",
    "event": "events",
    "award_kind": "award_kinds",
    "grantor": "grantors",
    "beneficiary": "beneficiaries",
    "consequence": "consequences",
    "residence": "residences",
    "standing": "standings",
    "paid": "paid",
    "joined": "joined",
    "kind": "kinds",
    "part": "parts",
    "level": "levels",
}
"""Variable → the list of its codes in ``zh/policy.yml``."""
_OWN_LISTS: Mapping[str, str] = {
    "status": "statuses",
    "comparison": "comparisons",
    "day_unit": "day_units",
    "by_analogy": "by_analogies",
    "grade": "grades",
}
"""Variable → the list of its codes in ``zh/codebook.yml``, for those that other pages say in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """一个代码 of a variable. ``meaning`` is empty where the label says it all."""

    variable: str
    code: str
    label: str
    meaning: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Values of a row, in the order of the columns: the last is the version of the codebook."""
        return (self.variable, self.code, self.label, self.meaning, codebook_version())


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicUse:
    """一个主题 in the library: names of the values that its provisions have, and versions by status."""

    code: Code
    fields: tuple[str, ...]
    statuses: Mapping[str, int]


def codebook_version() -> str:
    """编码手册的版本: 1.2."""
    return str(wording("codebook")["version"])


def codes() -> Iterator[Code]:
    """Every code, by variable."""
    words = wording("codebook")
    for topic in Topic:
        meaning = str(words["meanings"][topic.value])
        yield Code(variable="topic", code=topic.value, label=topic_words(topic), meaning=meaning)
    for source, lists in ((words, _OWN_LISTS), (wording("policy"), _LISTS)):
        for variable, listed in lists.items():
            for code, label in source[listed].items():
                yield Code(variable=variable, code=str(code), label=str(label))
    for variable, fields in words["fields_of"].items():
        for code, (label, meaning) in fields.items():
            yield Code(variable=variable, code=str(code), label=str(label), meaning=str(meaning))


def topic_uses(library: PolicyLibrary) -> Iterator[TopicUse]:
    """每个主题怎样用, over all versions at hand."""
    versions = [version for item in library.instruments for version in item.versions]
    for code in codes():
        if code.variable != "topic":
            continue
        topic = Topic(code.code)
        used: Counter[str] = Counter()
        statuses: Counter[str] = Counter()
        for version in versions:
            found = version.by_topic.get(topic, ())
            statuses[topic_status(version, found)[0].value] += 1
            for provision in found:
                used.update(provision.value.model_dump(by_alias=True, exclude_defaults=True).keys())
        counts = {status.value: statuses[status.value] for status in Status}
        yield TopicUse(code=code, fields=tuple(sorted(used)), statuses=counts)
