"""机关的中文名称 (names of organs): on pages in English, beside the rendering, for nobody finds an organ by that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from markupsafe import Markup

from generator.catalogue import wording
from generator.law.instruments import Version
from generator.law.instruments.english_law import Rendered

_BESIDE = Markup('{words} (<span lang="zh-CN">{chinese}</span>)')


def with_chinese(organ: str) -> Markup:
    """An organ as a page names it: in Chinese as it is, in English with its name in Chinese in brackets."""
    chinese = _chinese(organ)
    return _BESIDE.format(words=organ, chinese=chinese) if chinese else Markup.escape(organ)


def listed_with_chinese(organs: Iterable[str], mark: str) -> Markup:
    """Several of them, in one line."""
    return Markup.escape(mark).join(map(with_chinese, organs))


def organs_in_chinese(versions: Iterable[Version]) -> tuple[tuple[str, str], ...]:
    """(rendering, name in Chinese) of every organ that texts name, each once; none of texts in Chinese."""
    found = dict.fromkeys(
        (str(organ), _chinese(organ)) for version in versions for organ in _named(version) if _chinese(organ)
    )
    return tuple(found)


def _named(version: Version) -> Iterator[str]:
    for rule in version.provisions:
        benefit = (*rule.benefit.apply_to, *rule.benefit.payers) if rule.benefit is not None else ()
        yield from chain(rule.value.who, rule.value.where, benefit, rule.delegated_to)


def _chinese(organ: str) -> str:
    """Its name in Chinese, where it is rendered and an organ; else empty."""
    if not isinstance(organ, Rendered):
        return ""
    marks = str(wording("english")["organ_marks"]["zh"]).split()
    return organ.chinese if any(mark in organ.chinese for mark in marks) else ""
