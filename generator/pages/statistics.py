"""统计 (statistics): honours by year, kind of act and city, and median days from act to confirmation.

Each chart is headed by what it shows, in a sentence, and stands with its figures as a table and as a file to
download. Every honour counted is public and can be counted by hand, so the true figures are shown. A site that
wants small ones left out says so (``site.lists.smallest_cell``): counts below it, noughts among them, are then not
shown; where one cell alone would be left out, the total would give it away, so the smallest of the others goes too.
A median is of three cases or more, and fewer than four figures are a table, not a chart. Where one deed of many people
makes a figure the highest, the sentence says so and its share of the bar is hatched.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from statistics import median
from typing import Any, Literal

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.charts import Row, bar_chart, column_chart, line_chart, number
from generator.pages.charts.chart_words import describe
from generator.pages.roll_entries import entry_of, heads_counted
from generator.pages.templating import cn_date, render
from generator.public.context import SiteContext
from generator.public.list_rows import HonourRow, by_kind, of_one_kind
from generator.public.people_counts import people_once
from generator.system.hashing import digest
from generator.system.packing import pack

Measure = Literal["by_year", "by_kind", "by_city", "median_days"]
MEASURES: tuple[Measure, ...] = ("by_year", "by_kind", "by_city", "median_days")
FOLDER = "honours/statistics/"
_COUNTED = attrgetter(*(item.name for item in fields(HonourRow) if item.name != "summary"))
_FEWEST_CASES = 3
"""A median of fewer says nothing."""
_FEWEST_POINTS = 4
"""Fewer figures are read faster in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDeed:
    """一件事 that makes a figure the highest, or half of it.

    ``at``     label of the figure, ``count`` the part of it that the deed makes.
    ``name``   of its people, ``path`` of their honour from the root.
    ``rest``   what leads without it, in words.
    """

    at: str
    count: int
    name: str
    path: str
    rest: str


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
    deed: OneDeed | None = None
    cases: Mapping[str, int] = field(default_factory=dict)
    """Of a median, of how many cases each figure is."""

    @property
    def described(self) -> tuple[Row, ...]:
        """Rows as a sentence names them: years as years."""
        if self.measure not in ("by_year", "median_days"):
            return self.rows
        return tuple((_year_words(label), value) for label, value in self.rows)

    @property
    def path(self) -> str:
        """Address of the file from the root."""
        return file_of(self.measure)


def file_of(measure: Measure) -> str:
    """Address of the file beside a chart from the root."""
    return f"{FOLDER}{measure.replace('_', '-')}.csv"


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
    cases = (
        {str(year): len(days) for year, days in _days_to_confirmation(valid).items()}
        if measure == "median_days"
        else {}
    )
    deed = None if measure == "median_days" else _one_deed(measure, found, valid, context)
    return Figures(
        measure=measure,
        **{key: said[key] for key in ("title", "unit", "label")},
        rows=found,
        finding=_finding(measure, found, valid, deed, cases, context.day),
        blank=words["median_none"].format(n=median_of) if measure == "median_days" else words["small"],
        deed=deed,
        cases={label: cases[label] for label, value in found if value is not None and label in cases},
    )


def _named(rows: Sequence[Row]) -> list[tuple[str, int | float]]:
    """Rows with a figure; an act whose kind nobody noted leads nothing."""
    unknown = wording("honours")["rolls"]["no_kind"]
    return [(label, value) for label, value in rows if value is not None and label != unknown]


def _one_deed(
    measure: Measure, rows: Sequence[Row], valid: Sequence[HonourRow], context: SiteContext
) -> OneDeed | None:
    """The deed without which the highest figure would not lead or would be half of what it is; None without one."""
    known = _named(rows)
    if not known or not max(value for _, value in known):
        return None
    at, value = max(known, key=lambda row: row[1])
    of_deeds: Counter[str] = Counter()
    for row in of_one_kind(valid) if measure == "by_kind" else valid:
        if _label_of(measure, row, context) == at:
            of_deeds[row.people.of] += row.person_count
    (of, count), *_ = of_deeds.most_common(1)
    left, left_value = max(
        ((label, figure - count if label == at else figure) for label, figure in known),
        key=lambda row: row[1],
    )
    few = sum(figure > 0 for _, figure in known) < _FEWEST_POINTS
    if count == 1 or few or (left == at and 2 * count < value):
        return None
    row = max((row for row in valid if row.people.of == of), key=lambda row: row.person_count)
    entry = entry_of(row)
    said = wording("honours")["statistics"]
    label = _year_words(left) if measure == "by_year" else left
    form = said["deed_rest_same" if left == at else "deed_rest"]
    return OneDeed(
        at=at,
        count=count,
        name=row.of_group or entry.short,
        path=row.path,
        rest=form.format(at=label, n=number(left_value)),
    )


def _label_of(measure: Measure, row: HonourRow, context: SiteContext) -> str | None:
    if measure == "by_year":
        return str(row.year)
    if measure == "by_city":
        return context.jurisdictions[row.jurisdiction].name
    return str(wording("titles")["kinds"][row.kinds[0]]) if row.kinds else None


def _finding(
    measure: Measure,
    rows: Sequence[Row],
    valid: Sequence[HonourRow],
    deed: OneDeed | None,
    cases: Mapping[str, int],
    today: date,
) -> str | None:
    """结论: the highest figure beside the whole, with what one deed makes of it; of medians, the last two.

    A span that reaches into this year ends ``today``, or the year would look like a whole one.
    """
    words = wording("honours")["statistics"]
    said, known = words["charts"][measure], _named(rows)
    if not known or not max(value for _, value in known):
        return None
    if measure == "median_days":
        (at, value), *before = reversed(known)
        finding = said["finding"].format(at=at, cases=cases[at], n=number(value))
        earlier = [
            said["same" if days == value else "earlier"].format(at=at, cases=cases[at], n=number(days))
            for at, days in before[:1]
        ]
        return "".join((str(finding), *earlier))
    value = max(figure for _, figure in known)
    total = sum(row.person_count for row in valid)
    highest = [
        _year_words(label) if measure == "by_year" else label for label, figure in known if figure == value
    ]
    found = ""
    if measure == "by_year":
        found = said["finding"].format(
            span=_span_words(rows[0][0], rows[-1][0], today),
            total=total,
            people=people_once(row.people for row in valid),
        )
        if len(highest) == 1 and len(known) > 1:
            found += said["highest"].format(at=highest[0], n=number(value))
    elif len(highest) == 1:
        found = said["finding"].format(at=highest[0], n=number(value), share=round(100 * value / total))
    else:
        found = words["tied"].format(at=wording("honours")["name_mark"].join(highest), n=number(value))
    if deed is not None:
        found += words["deed_whole" if deed.count == value else "deed_part"].format(n=number(deed.count))
    unknown = dict(rows).get(wording("honours")["rolls"]["no_kind"]) if measure == "by_kind" else None
    return str(found) + (str(said["unknown"]).format(n=number(unknown)) if unknown else "")


def _year_words(first: str, last: str | None = None) -> str:
    words = wording("honours")["statistics"]
    if last is None or last == first:
        return str(words["year"]).format(year=first)
    return str(words["years"]).format(first=first, last=last)


def _span_words(first: str, last: str, today: date) -> str:
    if last != str(today.year):
        return _year_words(first, last)
    words = wording("honours")["statistics"]
    form = words["so_far" if first == last else "years_so_far"]
    return str(form).format(first=first, year=last, month=today.month, day=today.day)


def statistics_html(rows: Sequence[HonourRow], context: SiteContext, root: str) -> str:
    """统计 with every chart; empty without honours."""
    if not any(not row.revoked for row in rows):
        return ""
    found = (figures(measure, rows, context) for measure in MEASURES)
    # Counts always have their place; a median of too few cases says nothing.
    drawn = [_shown(item) for item in found if item.measure != "median_days" or item.finding is not None]
    return _render(drawn, rows, context, root, whole=True)


def year_chart_html(rows: Sequence[HonourRow], context: SiteContext, root: str) -> str:
    """各年荣誉 alone, for the home page; empty without honours."""
    if not any(not row.revoked for row in rows):
        return ""
    return _render([_shown(figures("by_year", rows, context))], rows, context, root, whole=False)


def counted(rows: Sequence[HonourRow]) -> bytes:
    """Digest of what may be counted of ``rows``: all but what their acts were, which most changes are of."""
    return digest(pack([_COUNTED(row) for row in rows]))


def statistics_files(rows: Sequence[HonourRow], context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """The files beside the charts as (path from the root, bytes): CSV, UTF-8 with a byte-order mark.

    A figure that is not shown is an empty cell, and the last column says why; where all are shown, there is no such
    column. A median has the number of its cases beside it.
    """
    for measure in MEASURES:
        found = figures(measure, rows, context)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        words = wording("honours")["statistics"]
        counted = [words["cases"]] if measure == "median_days" else []
        noted = [words["note"]] if any(value is None for _, value in found.rows) else []
        unit = words["charts"][measure].get("column", found.unit)
        writer.writerow([found.label, unit, *counted, *noted])
        for label, value in found.rows:
            row: list[object] = [label, "" if value is None else value]
            row += [found.cases.get(label, "") for _ in counted]
            writer.writerow([*row, *(found.blank if value is None else "" for _ in noted)])
        yield found.path, text.getvalue().encode("utf-8-sig")


def _shown(found: Figures) -> dict[str, Any]:
    anchor = found.measure.replace("_", "-")
    slug, described = f"chart-{anchor}", describe(found.described, found.unit)
    words = {"description": described, "blank": found.blank}
    if found.measure == "median_days":
        chart = line_chart(slug, found.title, found.rows, found.unit, **words)
    else:
        part = {found.deed.at: found.deed.count} if found.deed else {}
        draw = column_chart if found.measure == "by_year" else bar_chart
        chart = draw(slug, found.title, found.rows, found.unit, part=part, **words)
    worth_drawing = sum(value is not None for _, value in found.rows) >= _FEWEST_POINTS
    folded = found.measure == "median_days"
    return {
        "figures": found,
        "anchor": anchor,
        "svg": Markup(chart.svg) if worth_drawing else None,
        "table": [
            (label, shown, found.cases.get(label))
            for (label, shown), (_, value) in zip(chart.table_rows, found.rows, strict=True)
            if value is not None or not folded
        ],
        "blanks": list(_spans(found)) if folded else [],
    }


def _spans(found: Figures) -> Iterator[str]:
    """Years without a figure, those in a row together: 2015年至2024年."""
    years = [int(label) for label, value in found.rows if value is None]
    for _, run in itertools.groupby(enumerate(years), key=lambda item: item[1] - item[0]):
        of_run = [year for _, year in run]
        yield _year_words(str(of_run[0]), str(of_run[-1]))


def _render(
    charts: list[dict[str, Any]],
    rows: Sequence[HonourRow],
    context: SiteContext,
    root: str,
    *,
    whole: bool,
) -> str:
    return render(
        "_statistics.html",
        {
            "s": wording("honours")["statistics"],
            "charts": charts,
            "heads": heads_counted([row for row in rows if not row.revoked]),
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
    counts = {kind: sum(row.person_count for row in of) for kind, of in by_kind(rows).items()}
    kinds = wording("titles")["kinds"]
    named = [(str(name), counts.get(kind, 0)) for kind, name in kinds.items()]
    *shown, none = _cells([*named, (wording("honours")["rolls"]["no_kind"], counts.get(None, 0))], smallest)
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


def _days_to_confirmation(rows: Sequence[HonourRow]) -> dict[int, list[int]]:
    """Days from act to confirmation by year of the confirmation. One case has several honours: it counts once, from the
    first of its deeds."""
    cases: dict[str, tuple[date, date]] = {}
    for row in rows:
        confirmed_on = _confirmed_on(row)
        if confirmed_on is not None and row.happened_on is not None and row.happened_on.day is not None:
            first, _ = cases.get(row.people.of, (row.happened_on.day, None))
            cases[row.people.of] = min(first, row.happened_on.day), confirmed_on
    days: dict[int, list[int]] = defaultdict(list)
    for happened_on, confirmed_on in cases.values():
        days[confirmed_on.year].append((confirmed_on - happened_on).days)
    return days


def _confirmed_on(row: HonourRow) -> date | None:
    """That of its notice; an honour that is itself the confirmation has none other."""
    is_confirmation = row.verb in wording("titles")["confirming"]
    return row.confirmed_on or (row.decided_on.day if is_confirmation else None)


def _median_days(rows: list[HonourRow], context: SiteContext, smallest: int) -> Iterator[Row]:
    days = _days_to_confirmation(rows)
    for year in range(min(days), max(days) + 1) if days else ():
        found = days.get(year, [])
        yield str(year), float(median(found)) if len(found) >= max(_FEWEST_CASES, smallest) else None
