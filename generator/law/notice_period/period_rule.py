"""公示期的规则 (period rules): how a period is counted, and where each part of the rule came from.

民法典 201 (the first day is not counted), 203 (a last day on a 法定休假日 moves to the day after it;
the last day ends at 24:00, or at the close of business) and 204 (another law or agreement prevails)
are one convention among others: real notices count their first day. So every part of the rule is
data, and :func:`resolve_rule` finds it in layers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from typing import Literal, TypeVar

from generator.catalogue import wording
from generator.law.workdays import HolidayScope
from generator.source.model.law_words import Comparison
from generator.source.model.scalars import DayUnit

_V = TypeVar("_V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """规则出处: who or what says so.

    ``kind`` is ``record`` (本公示载明), ``authority`` (the organ's setting), ``instrument`` (a local
    instrument) or ``site`` (the site's default). ``title`` is the organ's or the instrument's full
    name; ``version``, ``article`` and ``url`` go with an instrument.
    """

    kind: Literal["record", "authority", "instrument", "site"]
    title: str | None = None
    version: str | None = None
    article: str | None = None
    url: str | None = None
    above: bool = False
    """Whether the instrument is that of a place above, the local one being silent."""

    @property
    def words(self) -> str:
        """As cited in a sentence: 《武汉市见义勇为人员奖励和保护条例》（2025修正）第十一条."""
        forms = wording("period")["origin"]
        form = forms["instrument_with_version" if self.kind == "instrument" and self.version else self.kind]
        words = str(form).format(
            title=self.title or "", version=self.version or "", article=self.article or ""
        )
        return str(forms["above"]).format(words=words) if self.above else words


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryMinimum:
    """法定公示期: what the instrument in force asks for. ``unit`` None where it only says 日 or 天,
    which is counted in calendar days (民法典 200)."""

    length: int
    comparison: Comparison | None
    unit: DayUnit | None = None
    origin: Origin
    certain: bool = True
    """False where the version it stands in is only assumed to have held: then no shortness is an error."""

    @property
    def asked(self) -> Literal["at_least", "exactly", "unspecified"]:
        """不少于七日, 公示期为七日, or a text from which it cannot be told (taken as at least)."""
        match self.comparison:
            case Comparison.AT_LEAST:
                return "at_least"
            case Comparison.EXACTLY:
                return "exactly"
            case _:
                return "unspecified"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOrigins:
    """各部分的出处; None where nothing said so."""

    length: Origin | None = None
    unit: Origin | None = None
    first_day: Origin | None = None
    roll_over: Origin | None = None
    close_of_business: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """公示期的计算规则.

    ``length`` in ``unit``; ``first_day_counts`` whether the first day is day one; ``roll_over``
    whether a last day on a 法定休假日, as ``holiday_scope`` reads it, moves to the day after;
    ``close_of_business`` Beijing time at which the last day ends, None for 24:00. None in the first
    three means that nothing says so, which is fine for declared dates and an error for a length.
    """

    length: int | None = None
    unit: DayUnit | None = None
    first_day_counts: bool | None = None
    roll_over: bool = True
    holiday_scope: HolidayScope = "arranged"
    close_of_business: time | None = None
    minimum: StatutoryMinimum | None = None
    origins: RuleOrigins = field(default_factory=RuleOrigins)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLayer:
    """一层规则: what one source says about counting; None where it is silent."""

    origin: Origin
    length: int | None = None
    unit: DayUnit | None = None
    first_day_counts: bool | None = None
    roll_over: bool | None = None
    close_of_business: time | None = None


def resolve_rule(
    *layers: RuleLayer, holiday_scope: HolidayScope = "arranged", minimum: StatutoryMinimum | None = None
) -> PeriodRule:
    """合成规则: for each part the first layer that says anything, the strongest layer first.

    Usual order: record, authority, instrument, site. Where no layer speaks of the roll-over it
    applies, as the general law has it (民法典 203).
    """
    length, length_origin = _first((layer.length, layer.origin) for layer in layers)
    unit: DayUnit | None
    unit, unit_origin = _first([(layer.unit, layer.origin) for layer in layers])
    counts, counts_origin = _first((layer.first_day_counts, layer.origin) for layer in layers)
    roll, roll_origin = _first((layer.roll_over, layer.origin) for layer in layers)
    close, close_origin = _first((layer.close_of_business, layer.origin) for layer in layers)
    return PeriodRule(
        length=length,
        unit=unit,
        first_day_counts=counts,
        roll_over=True if roll is None else roll,
        holiday_scope=holiday_scope,
        close_of_business=close,
        minimum=minimum,
        origins=RuleOrigins(
            length=length_origin,
            unit=unit_origin,
            first_day=counts_origin,
            roll_over=roll_origin,
            close_of_business=close_origin,
        ),
    )


def _first(said: Iterable[tuple[_V | None, Origin]]) -> tuple[_V | None, Origin | None]:
    for value, origin in said:
        if value is not None:
            return value, origin
    return None, None
