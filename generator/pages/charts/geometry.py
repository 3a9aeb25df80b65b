"""图形位置 (geometry): where bars, columns, points and guide lines stand, as fractions of the plot.

Fractions, because the drawing stretches with the page while its text does not. A plot keeps a small margin
on every side, so that a point at its edge is drawn whole: 0 stands at ``_at(1)``, the topmost guide at ``_at(0)``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_MARGIN = 0.02
"""Beside the drawing on either side, as a share of what is drawn."""
_COLUMN = 0.7744
"""Width of a column, as a share of its place."""
_LEAST = 1e-6
"""A scale reaches at least this far: smaller figures are drawn as noughts."""

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One bar, column or point of the value at ``index``; x and y are its top left corner, from 0 to 1."""

    index: int
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """参考线: a round value and its height, 0 at the top and 1 at the bottom."""

    value: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Marks in the order of the values, without those that are None; guides from the lowest up.

    ``places`` has the middle of every value's place across, of those that are None too.
    """

    marks: tuple[Mark, ...]
    guides: tuple[Guide, ...]
    places: tuple[float, ...]


def bars(values: Values) -> tuple[Mark, ...]:
    """横条: one mark a value that is not None. Widths are shares of the widest, which is 1; noughts have none.

    >>> [(mark.index, mark.width) for mark in bars([40, None, 10])]
    [(0, 1.0), (2, 0.25)]
    """
    widest = max((value for value in values if value is not None), default=0) or 1
    return tuple(
        Mark(index=index, x=0.0, y=index / len(values), width=value / widest)
        for index, value in enumerate(values)
        if value is not None
    )


def columns(values: Values) -> Plot:
    """竖条, with guide lines."""
    scale = _scale(values)
    width = _COLUMN / len(values) / (1 + 2 * _MARGIN)
    places = tuple(_at((index + 0.5) / len(values)) for index in range(len(values)))
    marks = tuple(
        Mark(index=index, x=places[index] - width / 2, y=y, width=width, height=_at(1) - y)
        for index, y in _heights(values, scale[-1])
    )
    return Plot(marks=marks, guides=_guides(scale), places=places)


def points(values: Values) -> Plot:
    """折线的点, with guide lines. The first and the last point stand at the edges, a lone one in the middle."""
    scale = _scale(values)
    last = len(values) - 1
    places = tuple(_at(index / last if last else 0.5) for index in range(len(values)))
    marks = tuple(Mark(index=index, x=places[index], y=y) for index, y in _heights(values, scale[-1]))
    return Plot(marks=marks, guides=_guides(scale), places=places)


def _at(share: float) -> float:
    """A share of what is drawn as a share of the plot, margins included."""
    return (_MARGIN + share) / (1 + 2 * _MARGIN)


def _heights(values: Values, top: float) -> list[tuple[int, float]]:
    """Index and height of every value that is not None."""
    return [(index, _at(1 - value / top)) for index, value in enumerate(values) if value is not None]


def _guides(scale: Sequence[float]) -> tuple[Guide, ...]:
    return tuple(Guide(value=value, y=_at(1 - value / scale[-1])) for value in scale)


def _scale(values: Values) -> list[float]:
    """Round values from 0 to the first that no figure exceeds, in five steps or fewer; whole where figures are."""
    known = [value for value in values if value is not None]
    top = max(max(known, default=0) or 1, _LEAST)
    power = 10.0 ** math.floor(math.log10(top / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor * 5 >= top)
    if all(float(value).is_integer() for value in known):
        step = max(1.0, math.ceil(step) if step < 10 else step)
    return [float(f"{step * number:.9g}") for number in range(math.ceil(top / step) + 1)]
