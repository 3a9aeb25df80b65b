"""统计图 (charts): bars, columns and a line as accessible inline SVG, drawn at build time.

A picture is the same bytes in every build, takes its colours from the page, holds text as text, and is read
at 320 px, without script or request. No drawing library at hand gives that: vl-convert fixes colours and
measures text with the fonts of the machine, matplotlib brings numpy and places text by fonts that may lack
Chinese, lets-plot has random ids, and pygal adds a script, a style sheet and the year. The arithmetic of three
kinds of chart (:mod:`.geometry`) and a few elements (:mod:`.svg`) are all that is left to do.

Beside every chart its caller prints :attr:`Chart.table_rows`: colour and length are never the only cue.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.catalogue import wording
from generator.pages.charts import geometry, svg
from generator.pages.charts.chart_words import Row, columns_of, describe, number, short_number, wrapped

__all__ = ["Chart", "Row", "bar_chart", "column_chart", "describe", "line_chart", "number"]

# All lengths down are in em. A bar's row: lines of its label, then the bar, then room.
_LINE = 1.4
_BAR = 0.8
_ROW_GAP = 1.1
_LABEL_COLUMNS = 24
_LABEL_LINES = 3
# A plot with an upright axis: the unit above, years below, figures of the guides to the left.
_PLOT_TOP = 3.2
_PLOT_HEIGHT = 11.0
_PLOT_BOTTOM = 2.0
_RIGHT = 0.05
_WIDEST_COLUMN = 0.2
_OUTLINE = 1.0
# A telephone of 320 px leaves about 40 half-em columns of text beside each other; a plot has this many.
_SCREEN = 40
_ROOM = 34
# In the largest type there is room for half as many.
_LARGE_ROOM = 17
_HIGHEST = 3


_NO_PART: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """一幅图. ``svg`` is for the page as it is; ``table_rows`` the same figures as text, in the same order."""

    svg: str
    table_rows: tuple[tuple[str, str], ...]


def bar_chart(
    slug: str,
    title: str,
    rows: Sequence[Row],
    unit: str,
    *,
    description: str | None = None,
    blank: str | None = None,
    part: Mapping[str, int] = _NO_PART,
) -> Chart:
    """横条图, for cities or kinds of act: the label and figure above each bar.

    ``rows``         label and a figure of 0 or more; None where there is none to show.
    ``description``  for screen readers; by default the highest and the lowest row.
    ``blank``        what stands for None (少于 5).
    ``part``         of a label, how much of its figure is hatched: what the text beside the chart speaks of.
    Raises ``ValueError`` for a negative or infinite figure or a bad ``slug``.
    """
    _refuse_odd(rows)
    marks = {mark.index: mark for mark in geometry.bars([value for _, value in rows])} if rows else {}
    parts: list[str] = [svg.hatching(slug)] if part else []
    y = 0.0
    for index, (label, value) in enumerate(rows):
        shown = _shown(value, blank)
        if value is not None:
            shown = wording("charts")["value"].format(value=short_number(value), unit=unit)
        lines = wrapped(label, _LABEL_COLUMNS, _LABEL_LINES)
        parts.append(svg.text(shown, "100%", y + 1.0, anchor="end", strong=True))
        for line in lines:
            y += _LINE
            parts.append(svg.text(line, "0", y - _LINE + 1.0))
        if value is not None:
            share = marks[index].width
            # A nought still has a bar to be seen, two pixels wide; so has what would be thinner.
            marked = share * part.get(label, 0) / value if value else 0.0
            if marked:
                parts.append(svg.hatched(slug, "0", y, svg.percent(marked), _BAR))
            if marked < share or not share:
                width = svg.percent(share - marked) if share - marked > 0.01 else "2"
                parts.append(svg.rect(svg.percent(marked) if marked else "0", y, width, _BAR))
        y += _BAR + _ROW_GAP
    return _chart(slug, title, rows, unit, description, blank, height=y - _ROW_GAP, parts=parts)


def column_chart(
    slug: str,
    title: str,
    rows: Sequence[Row],
    unit: str,
    *,
    description: str | None = None,
    blank: str | None = None,
    part: Mapping[str, int] = _NO_PART,
) -> Chart:
    """竖条图, for years in their order; a dashed outline stands where there is no figure to show, so that
    it is not taken for a nought. Arguments as for :func:`bar_chart`."""
    _refuse_odd(rows)
    if not rows:
        return _chart(slug, title, rows, unit, description, blank, height=0, parts=[])
    plot = geometry.columns([value for _, value in rows])
    drawn = [svg.hatching(slug)] if part else []
    for mark in plot.marks:
        width = svg.percent(min(mark.width, _WIDEST_COLUMN))
        left = svg.percent(plot.places[mark.index] - min(mark.width, _WIDEST_COLUMN) / 2)
        label, value = rows[mark.index]
        marked = mark.height * part.get(label, 0) / value if value else 0.0
        if marked < mark.height or not marked:
            drawn.append(svg.rect(left, _down(mark.y), width, (mark.height - marked) * _PLOT_HEIGHT))
        if marked:
            top = _down(mark.y + mark.height - marked)
            drawn.append(svg.hatched(slug, left, top, width, marked * _PLOT_HEIGHT))
    narrow = min((mark.width for mark in plot.marks), default=_WIDEST_COLUMN / len(rows))
    blank_width = min(narrow, _WIDEST_COLUMN)
    for place, (_, value) in zip(plot.places, rows, strict=True):
        if value is None:
            top = _down(1.0) - _OUTLINE
            drawn.append(
                svg.outline(svg.percent(place - blank_width / 2), top, svg.percent(blank_width), _OUTLINE)
            )
    return _upright(slug, title, rows, unit, description, blank, plot, drawn, sloping=False)


def line_chart(
    slug: str,
    title: str,
    rows: Sequence[Row],
    unit: str,
    *,
    description: str | None = None,
    blank: str | None = None,
) -> Chart:
    """折线图, for a measure over years; the line breaks where a year has no figure. Arguments as for
    :func:`bar_chart`."""
    _refuse_odd(rows)
    if not rows:
        return _chart(slug, title, rows, unit, description, blank, height=0, parts=[])
    plot = geometry.points([value for _, value in rows])
    drawn = [
        svg.line(svg.percent(a.x), _down(a.y), svg.percent(b.x), _down(b.y))
        for a, b in pairwise(plot.marks)
        if b.index == a.index + 1
    ]
    drawn += [svg.dot(svg.percent(mark.x), _down(mark.y)) for mark in plot.marks]
    return _upright(slug, title, rows, unit, description, blank, plot, drawn, sloping=True)


def _upright(
    slug: str,
    title: str,
    rows: Sequence[Row],
    unit: str,
    description: str | None,
    blank: str | None,
    plot: geometry.Plot,
    drawn: list[str],
    *,
    sloping: bool,
) -> Chart:
    """Axis, labels and figures around drawn columns or, ``sloping``, a line."""
    whole = all(not isinstance(value, float) or value.is_integer() for _, value in rows)
    guides = [guide for guide in plot.guides if guide.value.is_integer() or not whole]
    scale = [short_number(guide.value) for guide in guides]
    left = (max(columns_of(figure) for figure in scale) + 2) / _SCREEN
    lines = [svg.guide(_down(guide.y)) for guide in guides]
    beside = [
        svg.text(figure, svg.percent(left - 0.02), _down(guide.y) + 0.35, anchor="end")
        for guide, figure in zip(guides, scale, strict=True)
    ]
    labels = [label for label, _ in rows]
    shown = _spread(labels, _ROOM)
    kept = {shown[index] for index in _spread([labels[index] for index in shown], _LARGE_ROOM)}
    below = [_label(labels[index], plot.places[index], spare=index not in kept) for index in shown]
    heights = {mark.index: _down(mark.y) for mark in plot.marks}
    figures = [_shown(None, blank) if value is None else short_number(value) for _, value in rows]
    always = _figures_to_print(figures, heights, _LARGE_ROOM)
    above = [
        svg.text(
            figures[index],
            svg.percent(plot.places[index]),
            heights.get(index, _down(1.0) - (0 if sloping else _OUTLINE)) - 0.6,
            anchor="start" if _falls_to(heights, index) and sloping else "middle",
            strong=index in heights,
            spare=index not in always,
        )
        for index in _figures_to_print(figures, heights, _ROOM)
    ]
    outlined = not sloping and any(value is None for _, value in rows)
    head = wording("charts")["unit_with_blank" if outlined else "unit"]
    parts = [
        svg.text(head.format(unit=unit, blank=_shown(None, blank)), "0", 1.0),
        *beside,
        svg.inset(left, _RIGHT, [*lines, *drawn, *below, *above]),
    ]
    height = _PLOT_TOP + _PLOT_HEIGHT + _PLOT_BOTTOM
    return _chart(slug, title, rows, unit, description, blank, height=height, parts=parts)


def _falls_to(heights: dict[int, float], index: int) -> bool:
    """Whether a line comes down to this point and goes on: its figure then leans to the free side."""
    return heights.get(index - 1, 99.0) < heights.get(index, 0.0) - 0.8 and index + 1 in heights


def _label(label: str, place: float, *, spare: bool) -> str:
    """A label below the plot; a long one near an edge leans inwards."""
    (short,) = wrapped(label, _ROOM // 2, 1)
    y = _PLOT_TOP + _PLOT_HEIGHT + 1.4
    if columns_of(short) > 6 and place < 0.25:
        return svg.text(short, "0", y, spare=spare)
    if columns_of(short) > 6 and place > 0.75:
        return svg.text(short, svg.percent(1 + _RIGHT), y, anchor="end", spare=spare)
    return svg.text(short, svg.percent(place), y, anchor="middle", spare=spare)


def _figures_to_print(figures: Sequence[str], heights: dict[int, float], room: int) -> list[int]:
    """All where they fit beside each other in ``room`` columns, else the three highest (of equals the last) as far as
    they do."""
    apart = room / len(figures)
    widths = [columns_of(figure) for figure in figures]
    if all((left + right) / 2 + 0.3 <= apart for left, right in pairwise(widths)):
        return list(range(len(figures)))
    printed: list[int] = []
    for index in sorted(sorted(heights, reverse=True), key=lambda index: heights[index])[:_HIGHEST]:
        if all((widths[index] + widths[at]) / 2 + 0.3 <= abs(index - at) * apart for at in printed):
            printed.append(index)
    return sorted(printed)


def _spread(labels: Sequence[str], room: int) -> range:
    """Every so many labels, the last among them, so that they do not touch in ``room`` columns."""
    widest = max(min(columns_of(label), _ROOM // 2) for label in labels) + 1
    most = max(1, room // widest)
    step = math.ceil(len(labels) / most)
    return range((len(labels) - 1) % step, len(labels), step)


def _chart(
    slug: str,
    title: str,
    rows: Sequence[Row],
    unit: str,
    description: str | None,
    blank: str | None,
    *,
    height: float,
    parts: list[str],
) -> Chart:
    if not rows:
        height, parts = 2.0, [svg.text(wording("charts")["empty"], "0", 1.4)]
    return Chart(
        svg=svg.picture(
            slug, title, describe(rows, unit) if description is None else description, height, parts
        ),
        table_rows=tuple((label, _shown(value, blank)) for label, value in rows),
    )


def _shown(value: float | None, blank: str | None) -> str:
    if value is None:
        return str(wording("charts")["blank"]) if blank is None else blank
    return number(value)


def _down(share: float) -> float:
    return _PLOT_TOP + share * _PLOT_HEIGHT


def _refuse_odd(rows: Sequence[Row]) -> None:
    for label, value in rows:
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise ValueError(f"a chart shows figures of 0 or more, not {value!r} ({label})")
