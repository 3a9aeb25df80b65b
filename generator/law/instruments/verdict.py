"""判断结果 (verdict): a rule, what the case did, and the sum that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.catalogue import wording
from generator.diagnostics import Diagnostic, Place, Severity, diagnose
from generator.law.instruments.provisions import Provision
from generator.source.model.law_words import Topic


class Outcome(StrEnum):
    """结论. ``doubtful``: breached under one reading and not under another, both of which the sum tells, or
    kept only by an exception nobody recorded. ``undecidable``: the record lacks what it turns on."""

    KEPT = "kept"
    BREACHED = "breached"
    DOUBTFUL = "doubtful"
    UNDECIDABLE = "undecidable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """一条判断.

    ``code`` names the rule's message (``LAW001``), None when the rule was kept; ``key`` words the
    sum. ``facts`` come from the case, ``terms`` from the law. ``provision`` is None only where no
    text could be applied at all. ``above`` says so where a text above the place decides: 省级规定，本地文本没有写.
    """

    outcome: Outcome
    key: str
    code: str | None = None
    severity: Severity | None = None
    provision: Provision | None = None
    facts: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    above: str = ""

    @property
    def sum(self) -> str:
        """The working in Chinese: 2026-03-01 起 30 日 → 2026-03-31；实际 2026-04-20，超 20 日."""
        words = wording("law")
        said = str(words[self.key]).format_map({**dict(self.terms), **dict(self.facts)})
        return str(words["above"]["sum"]).format(sum=said, above=self.above) if self.above else said

    @property
    def message_terms(self) -> dict[str, str]:
        """The rule and where it stands, for a diagnostic: its own terms, ``instrument``, ``version``, ``article``."""
        label = self.provision.version_label if self.provision is not None else ""
        if self.above:
            label = str(wording("law")["above"]["version"]).format(label=label, above=self.above)
        return {
            **dict(self.terms),
            "instrument": self.instrument or "",
            "version": label,
            "article": self.article or "",
        }

    @property
    def topic(self) -> Topic | None:
        """What the rule is about."""
        return self.provision.topic if self.provision is not None else None

    @property
    def instrument(self) -> str | None:
        """全称 of the instrument."""
        return self.provision.instrument_title if self.provision is not None else None

    @property
    def version(self) -> str | None:
        """Slug of the version."""
        return self.provision.version if self.provision is not None else None

    @property
    def article(self) -> str | None:
        """条款."""
        return self.provision.article if self.provision is not None else None

    @property
    def path(self) -> str | None:
        """Address of the article from the site's root."""
        return self.provision.path if self.provision is not None else None


def to_diagnostics(verdicts: Iterable[Verdict], place: Place) -> tuple[Diagnostic, ...]:
    """诊断 of every verdict that was not kept, at the record's place."""
    return tuple(
        diagnose(
            verdict.code,
            place,
            facts=dict(verdict.facts),
            terms=verdict.message_terms,
            severity=verdict.severity,
        )
        for verdict in verdicts
        if verdict.code is not None
    )
