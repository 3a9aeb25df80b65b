"""措辞 (wording): a diagnostic in words, from the catalogue's templates.

A template names facts and terms in braces: ``{found}``. ``{unit:words}`` says what ``catalogue/terms.yml``
calls the value, or the value itself where it has no entry. ``{{`` and ``}}`` are braces themselves. A
part in double square brackets, ``[[Did you mean {near}?]]``, is left out when a name in it has no
value. A fact that was dropped because the record is not public reads （非公开，不显示）.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import yaml

from generator.catalogue import term_words
from generator.diagnostics.codes import entry
from generator.diagnostics.diagnostic import Diagnostic

Lang: TypeAlias = Literal["zh", "en"]

NO_VALUE = "⟨?⟩"
"""Stands where a template names a value that its diagnostic does not carry: a mistake of ours."""

_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_NAME = re.compile(r"\{\{|\}\}|\{([a-z_]+)(:words)?\}")
_REPORT = Path(__file__).parent.parent / "catalogue" / "report.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """一条诊断的文字: what was found, expected, why, and how to mend it."""

    title: str
    message: str
    expected: str
    why: str
    mend: str


def language_of(setting: str | None) -> Lang:
    """Language that the setting ``YIYONG_LANG`` asks for: Chinese unless it begins with ``en``."""
    return "en" if (setting or "").lower().startswith("en") else "zh"


@cache
def phrases(lang: Lang) -> Mapping[str, str]:
    """The fixed phrases of a report."""
    spoken: Mapping[str, str] = yaml.load(_REPORT.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[lang]
    return spoken


def words_of(diagnostic: Diagnostic, lang: Lang, *, reveal: bool = False) -> Words:
    """The diagnostic in words, with its facts and terms filled in; what may not be told only to ``reveal``."""
    shown = diagnostic.place.shown or reveal
    kept = diagnostic.kept if reveal else {}
    return _words(
        diagnostic.code,
        lang,
        {**diagnostic.terms, **diagnostic.facts, **kept},
        NO_VALUE if shown else phrases(lang)["hidden"],
    )


def words_in_general(code: str, lang: Lang) -> Words:
    """A code in words, with an ellipsis for every value. Raises ``KeyError`` for an unknown code."""
    return _words(code, lang, {}, "…")


def fill(template: str, values: Mapping[str, str], missing: str, lang: Lang) -> str:
    """Fill a template; ``missing`` stands for a name without a value outside an optional part."""

    def part(match: re.Match[str]) -> str:
        names = [name for name, _ in _NAME.findall(match[1]) if name]
        return match[1] if all(name in values for name in names) else ""

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        found = values.get(match[1], missing)
        known = term_words().get(found) if match[2] else None
        return found if known is None else known[lang]

    return _NAME.sub(value, _OPTIONAL.sub(part, template)).strip()


def _words(code: str, lang: Lang, values: Mapping[str, str], missing: str) -> Words:
    templates = entry(code)[lang]
    return Words(
        title=fill(templates["title"], values, missing, lang),
        message=fill(templates["message"], values, missing, lang),
        expected=fill(templates["expected"], values, missing, lang),
        why=fill(templates["why"], values, missing, lang),
        mend=fill(templates["mend"], values, missing, lang),
    )
