"""统计 (statistics): honours by year, kind of act and city, and median days from act to confirmation.

Each chart is headed by what it shows, in a sentence, and stands with its figures as a table and as a file to
download. Every honour counted is public and can be counted by hand, so the true figures are shown. A site that
wants small ones left out says so (``site.lists.smallest_cell``): counts below it, noughts among them, are then not
shown; where one cell alone would be left out, the total would give it away, so the smallest of the others goes too.
A median is of three cases or more, and fewer than four figures are a table, not a chart.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.charts import Chart, Row, bar_chart, column_chart, describe, line_chart, number
from generator.pages.templating import cn_date, render
from generator.public.context import SiteContext
from generator.public.list_rows import HonourRow
from generator.public.people_counts import people_once

Measure = Literal["by_year", "by_kind", "by_city", "median_days"]
MEASURES: tuple[Measure, ...] = ("by_year", "by_kind", "by_city", "median_days")
FOLDER = "honours/statistics/"
_FEWEST_CASES = 3
"""A median of fewer says nothing."""
_MANY = 6
"""People of one deed from which it can make a figure by itself."""
_FEWEST_POINTS = 4
"""Fewer figures are read faster in words."""
_CHARTS: dict[Measure, Callable[..., Chart]] = {
    "by_year": column_chart,
    "by_kind": bar_chart,
    "by_city": bar_chart,
    "median_days": line_chart,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """一组数 behind one chart.

    ``rows``     label and figure, None where the figure is not shown.
    ``finding``  what they show, in a sentence; None where no figure is shown.
    """

    measure: Measure
    title: str
    unit: str
    label: str
    rows: tuple[Row, ...]
    finding: str | None
    blank: str

    @property
    def path(self) -> str:
        """Address of the file from the root."""
        return f"{FOLDER}{self.measure.replace('_', '-')}.csv"


def figures(measure: Measure, rows: Sequence[HonourRow], context: SiteContext) -> Figures:
    """The figures of one measure over the honours that stand, small cells left out."""
    words = wording("honours")["statistics"]
    smallest = context.site.lists.smallest_cell
    valid = [row for row in rows if not row.revoked]
    found = tuple(
        {
            "by_year": _by_year,
            "by_kind": _by_kind,
            "by_city": _by_city,
            "median_days": _median_days,
        }[measure](valid, context, smallest)
    )
    said = words["charts"][measure]
    median_of = max(_FEWEST_CASES, smallest)
    return Figures(
        measure=measure,
        **{key: said[key] for key in ("title", "unit", "label")},
        rows=found,
        finding=_finding(measure, found, valid, said, context),
        blank=words["median_none"].format(n=median_of) if measure == "median_days" else words["small"],
    )


def _finding(
    measure: Measure,
    rows: Sequence[Row],
    valid: Sequence[HonourRow],
    said: Mapping[str, str],
    context: SiteContext,
) -> str | None:
    """结论: the highest figure beside the whole; of a median, the last. An act whose kind nobody noted leads nothing.

    A figure that one deed makes for the most part says so: it tells of the deed, not of the year or the city.
    """
    unknown = wording("honours")["rolls"]["no_kind"]
    known = [(label, value) for label, value in rows if value is not None and label != unknown]
    if not known or not max(value for _, value in known):
        return None
    at, value = known[-1] if measure == "median_days" else max(known, key=lambda row: row[1])
    total = sum(row.person_count for row in valid)
    share = round(100 * value / total) if total else 0
    return said["finding"].format(
        first=rows[0][0],
        last=rows[-1][0],
        total=total,
        people=people_once(row.people for row in valid),
        at=at,
        n=number(value),
        share=share,
        cases=len(_days_by_year(valid).get(int(at), ())) if measure == "median_days" else 0,
        deed=_of_one_deed(measure, at, value, valid, context),
    )


def _of_one_deed(
    measure: Measure, at: str, value: float, valid: Sequence[HonourRow], context: SiteContext
) -> str:
    """其中一件事的人次, where one deed with many people makes most of a figure; else nothing."""
    kinds = wording("titles")["kinds"]
    cities = {city.slug: city.name for city in context.register_cities}
    label: dict[Measure, Callable[[HonourRow], str | None]] = {
        "by_year": lambda row: str(row.year),
        "by_kind": lambda row: kinds[row.kind] if row.kind else None,
        "by_city": lambda row: cities.get(row.jurisdiction),
    }
    if measure not in label:
        return ""
    deeds: Counter[str] = Counter()
    for row in valid:
        if label[measure](row) == at:
            deeds[row.people.of] += row.person_count
    most = max(deeds.values())
    if most < max(_MANY, context.site.lists.smallest_cell) or 2 * most <= value:
        return ""
    return str(wording("honours")["statistics"]["one_deed"]).format(n=number(most))


def statistics_html(rows: Sequence[HonourRow], context: SiteContext, root: str) -> str:
    """统计 with every chart; empty without honours."""
    if not any(not row.revoked for row in rows):
        return ""
    found = (figures(measure, rows, context) for measure in MEASURES)
    # Counts always have their place; a median of too few cases says nothing.
    drawn = [_shown(item) for item in found if item.measure != "median_days" or item.finding is not None]
    return _render(drawn, context, root, whole=True)


def year_chart_html(rows: Sequence[HonourRow], context: SiteContext, root: str) -> str:
    """各年荣誉 alone, for the home page; empty without honours."""
    if not any(not row.revoked for row in rows):
        return ""
    return _render([_shown(figures("by_year", rows, context))], context, root, whole=False)


def statistics_files(rows: Sequence[HonourRow], context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """The files beside the charts as (path from the root, bytes): CSV, UTF-8 with a byte-order mark.

    A figure that is not shown is an empty cell in the column of figures and words in the next one.
    """
    for measure in MEASURES:
        found = figures(measure, rows, context)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([found.label, found.unit, found.blank])
        for label, value in found.rows:
            writer.writerow([label, "" if value is None else value, int(value is None)])
        yield found.path, text.getvalue().encode("utf-8-sig")


def _shown(found: Figures) -> dict[str, Any]:
    anchor = found.measure.replace("_", "-")
    in_years = found.measure in ("by_year", "median_days")
    year = wording("honours")["statistics"]["year"]
    spoken = [(year.format(year=label) if in_years else label, value) for label, value in found.rows]
    # Years that are too few to say anything are one line, not a row each.
    silent = found.measure == "median_days" and any(value is None for _, value in found.rows)
    chart = _CHARTS[found.measure](
        f"chart-{anchor}",
        found.title,
        found.rows,
        found.unit,
        blank=found.blank,
        description=describe(spoken, found.unit),
    )
    worth_drawing = sum(value is not None for _, value in found.rows) >= _FEWEST_POINTS
    return {
        "figures": found,
        "anchor": anchor,
        "svg": Markup(chart.svg) if worth_drawing else None,
        "table": [row for row in chart.table_rows if not silent or row[1] != found.blank],
        "silent": silent,
    }


def _render(
    charts: list[dict[str, Any]],
    context: SiteContext,
    root: str,
    *,
    whole: bool,
) -> str:
    return render(
        "statistics.html",
        {
            "s": wording("honours")["statistics"],
            "charts": charts,
            "smallest": context.site.lists.smallest_cell,
            "source": context.site.name,
            "as_of": cn_date(context.day),
            "root": root,
            "whole": whole,
            "page": FOLDER,
        },
    )


def _cells(rows: Sequence[tuple[str, int]], smallest: int) -> Iterator[Row]:
    """The counts with the small ones left out; never one alone, which the total would give away."""
    hidden = {label for label, count in rows if count < smallest}
    if len(hidden) == 1 and len(rows) > 1:
        hidden.add(min((count, label) for label, count in rows if label not in hidden)[1])
    for label, count in rows:
        yield label, None if label in hidden else count


def _by_year(rows: list[HonourRow], context: SiteContext, smallest: int) -> Iterator[Row]:
    counts: Counter[int] = Counter()
    for row in rows:
        counts[row.year] += row.person_count
    years = range(min(counts), max(counts) + 1) if counts else ()
    yield from _cells([(str(year), counts[year]) for year in years], smallest)


def _by_kind(rows: list[HonourRow], context: SiteContext, smallest: int) -> Iterator[Row]:
    counts: Counter[str | None] = Counter()
    for row in rows:
        counts[row.kind] += row.person_count
    kinds = wording("titles")["kinds"]
    named = [(str(name), counts[kind]) for kind, name in kinds.items()]
    *shown, none = _cells([*named, (wording("honours")["rolls"]["no_kind"], counts[None])], smallest)
    # What is not shown keeps the catalogue's order, which says nothing of its size.
    yield from sorted(shown, key=lambda row: -(row[1] or 0))
    yield none


def _by_city(rows: list[HonourRow], context: SiteContext, smallest: int) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.jurisdiction] += row.person_count
    cities = [(city.name, counts[city.slug]) for city in context.register_cities]
    # The site's own order decides between equals, and among what is not shown.
    yield from sorted(_cells(cities, smallest), key=lambda row: -(row[1] or 0))


def _median_days(rows: list[HonourRow], context: SiteContext, smallest: int) -> Iterator[Row]:
    days = _days_by_year(rows)
    for year in range(min(days), max(days) + 1) if days else ():
        found = days.get(year, [])
        yield str(year), float(median(found)) if len(found) >= max(_FEWEST_CASES, smallest) else None


def _days_by_year(rows: Sequence[HonourRow]) -> dict[int, list[int]]:
    """Days from act to confirmation by the year of the confirmation. One case has several honours: it counts once."""
    cases = {
        row.people.of: (row.happened_on.day, row.confirmed_on)
        for row in rows
        if row.confirmed_on is not None and row.happened_on is not None and row.happened_on.day is not None
    }
    days: dict[int, list[int]] = defaultdict(list)
    for happened_on, confirmed_on in cases.values():
        assert confirmed_on is not None
        assert happened_on is not None
        days[confirmed_on.year].append((confirmed_on - happened_on).days)
    return days
