"""图形位置 (geometry): where pygal puts bars, columns, points and guide lines, as fractions of the plot.

pygal is asked for the plot alone (no text of ours, no style, no script, no legend) and its tree is
read back: fractions, because the drawing stretches with the page while its text does not.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_WIDTH = 1000
_HEIGHT = 1000
_LEAST = 1e-6
"""Figures below it are drawn as noughts."""
_GUIDE_Y = re.compile(r"M\S+ (\S+) h")

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
    """横条: one mark a value. Widths are shares of the whole width, the largest being 1."""
    marks = _rectangles(_tree("HorizontalBar", values, guides=False))
    widest = max((mark.width for mark in marks), default=0.0) or 1.0
    return tuple(Mark(index=mark.index, x=0.0, y=mark.y, width=mark.width / widest) for mark in marks)


def columns(values: Values) -> Plot:
    """竖条, with guide lines."""
    tree = _tree("Bar", values, guides=True)
    return _plot(values, _rectangles(tree), _guides(tree))


def points(values: Values) -> Plot:
    """折线的点, with guide lines."""
    tree = _tree("Line", values, guides=True)
    width, height = _plot_size(tree)
    marks = []
    for group in _with_class(tree, "dots"):
        (circle,) = (child for child in group if _local(child) == "circle")
        x, y = _length(circle, "cx") / width, _length(circle, "cy") / height
        marks.append(Mark(index=_index(group), x=x, y=y))
    return _plot(values, tuple(marks), _guides(tree))


def _plot(values: Values, marks: tuple[Mark, ...], guides: tuple[Guide, ...]) -> Plot:
    return Plot(
        marks=tuple(mark for mark in marks if values[mark.index] is not None),
        guides=guides,
        places=tuple(mark.x + mark.width / 2 for mark in marks),
    )


def _tree(chart: str, values: Values, *, guides: bool) -> Any:
    # Here and not above: importing pygal takes 0.1 s, and most commands draw nothing.
    import pygal  # type: ignore[import-untyped]

    # Its hook for map plugins has an interface that Python warns of at every later import.
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

    scale = _scale([value for value in values if value is not None])
    drawing = getattr(pygal, chart)(
        width=_WIDTH,
        height=_HEIGHT,
        margin=0,
        range=(0, scale[-1]),
        show_legend=False,
        show_x_labels=False,
        show_y_labels=guides,
        value_formatter=repr,
        no_prefix=True,
        js=(),
        css=(),
    )
    drawing.x_labels = [str(index) for index in range(len(values))]
    drawing.y_labels = scale
    # Nothing is drawn of a value that is None, but its place must be known: pygal places a nought.
    drawing.add("", [0 if value is None else value for value in values])
    return drawing.render_tree()


def _scale(values: Sequence[float]) -> list[float]:
    """Round values from 0 to the first that no figure exceeds, in five steps or fewer; whole where figures are."""
    top = max(values, default=0) or 1
    top = max(top, _LEAST)
    power = 10.0 ** math.floor(math.log10(top / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor * 5 >= top)
    if all(float(value).is_integer() for value in values):
        step = max(1.0, math.ceil(step) if step < 10 else step)
    return [float(f"{step * number:.9g}") for number in range(math.ceil(top / step) + 1)]


def _rectangles(tree: Any) -> tuple[Mark, ...]:
    width, height = _plot_size(tree)
    marks = []
    for group in _with_class(tree, "bar"):
        (rect,) = (child for child in group if _local(child) == "rect")
        marks.append(
            Mark(
                index=_index(group),
                x=_length(rect, "x") / width,
                y=_length(rect, "y") / height,
                width=_length(rect, "width") / width,
                height=_length(rect, "height") / height,
            )
        )
    return tuple(marks)


def _guides(tree: Any) -> tuple[Guide, ...]:
    _, height = _plot_size(tree)
    found = []
    for group in _with_class(tree, "guides"):
        path = next(child for child in group if _local(child) == "path")
        text = next(child for child in group if _local(child) == "text")
        line = _GUIDE_Y.match(path.get("d"))
        if line is not None:
            found.append(Guide(value=float(text.text), y=float(line[1]) / height))
    return tuple(found)


def _plot_size(tree: Any) -> tuple[float, float]:
    plot = next(iter(_with_class(tree, "plot")))
    background = next(child for child in plot if _local(child) == "rect")
    return _length(background, "width"), _length(background, "height")


def _with_class(tree: Any, name: str) -> list[Any]:
    return [group for group in tree.iter() if _local(group) == "g" and group.get("class") == name]


def _index(group: Any) -> int:
    """pygal repeats each value's label, here its index, beside the mark."""
    return next(int(child.text) for child in group if child.get("class") == "x_label")


def _length(element: Any, name: str) -> float:
    """A coordinate; pygal leaves out those that are 0."""
    return float(element.get(name) or 0)


def _local(element: Any) -> str:
    """Tag without its namespace; empty for a comment, whose tag is a function."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
