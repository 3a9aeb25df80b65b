"""图 (plots): what builds cost against the number of records, as SVG with its labels at the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

_WIDTH, _HEIGHT = 760, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 210, 40, 50
_INK, _GREY = "#2b2620", "#8a8378"
_COLOURS = ("#9b2d1f", "#2f6f7e", "#8a6d1b", "#5b4a80", "#4f7a3a", "#b0603a", "#3d5a99", "#7d7d7d", "#1f3b4d")
_APART = 15
"""Pixels between two labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """一条线: (records, seconds) from the smallest size on. ``dashed``: what it would be in proportion, or a bar."""

    name: str
    points: tuple[tuple[float, float], ...]
    dashed: bool = False


def cost_plot(report: Mapping[str, Any]) -> str:
    """Processor seconds of a cold build and of its phases; Hugo where it was measured."""
    sizes = {int(size): figures["cold"] for size, figures in report["sizes"].items()}
    smallest, largest = min(sizes), max(sizes)
    whole = tuple((size, sizes[size]["cpu"]) for size in sorted(sizes))
    lines = [
        Line(name="cold build", points=whole),
        Line(
            name="in proportion",
            points=((smallest, whole[0][1]), (largest, whole[0][1] * largest / smallest)),
            dashed=True,
        ),
    ]
    names = [phase["name"] for phase in sizes[largest]["phases"]]
    for name in names:
        points = tuple(
            (size, next(phase["cpu_seconds"] for phase in sizes[size]["phases"] if phase["name"] == name))
            for size in sorted(sizes)
        )
        if points[-1][1] >= whole[-1][1] / 100:
            lines.append(Line(name=name, points=points))
    if hugo := report["peers"].get("hugo"):
        lines.append(Line(name="fair Hugo", points=((smallest, hugo["cpu"]),)))
    return _plot("A cold build: processor seconds against records", lines)


def change_plot(report: Mapping[str, Any]) -> str:
    """Processor seconds of the builds after it."""
    sizes = {int(size): figures for size, figures in report["sizes"].items()}
    names = {
        "unchanged": "nothing changed",
        "one_changed": "one record changed",
        "closed": "ten notices close",
    }
    lines = [
        Line(name=name, points=tuple((size, sizes[size][key]["cpu"]) for size in sorted(sizes)))
        for key, name in names.items()
    ]
    return _plot("One change, a new minute: processor seconds against records", lines)


def _plot(title: str, lines: Sequence[Line]) -> str:
    widest = max(x for line in lines for x, _ in line.points)
    highest = max(y for line in lines for _, y in line.points) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            _LEFT + x / widest * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - y / highest * (_HEIGHT - _TOP - _BOTTOM),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img" fill="{_INK}"><title>{escape(title)}</title>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>',
    ]
    right, floor = place(widest, 0)
    for tick in _ticks(highest):
        _, y = place(0, tick)
        parts.append(
            f'<line x1="{_LEFT}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e4dfd6"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{_GREY}">{tick:g}</text>'
        )
    for x in sorted({x for line in lines for x, _ in line.points}):
        at, _ = place(x, 0)
        parts.append(
            f'<text x="{at:.1f}" y="{floor + 18:.1f}" text-anchor="middle" fill="{_GREY}">{x:,.0f}</text>'
        )
    parts += _drawn(lines, place)
    return "\n".join([*parts, "</svg>", ""])


def _drawn(lines: Sequence[Line], place: Any) -> list[str]:
    """Lines with their points, and their names at their right ends, moved apart where they would meet."""
    parts: list[str] = []
    labels: list[tuple[float, float, str, str]] = []
    for number, line in enumerate(lines):
        colour = _GREY if line.dashed else _COLOURS[number % len(_COLOURS)]
        placed = [place(x, y) for x, y in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        dash = ' stroke-dasharray="4 4"' if line.dashed else ""
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        if not line.dashed:
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed]
        labels.append((placed[-1][1], placed[-1][0], colour, f"{line.name} {line.points[-1][1]:,.3g} s"))
    lowest: dict[float, float] = {}
    for y, x, colour, text in sorted(labels, reverse=True):
        lowest[x] = min(y + 4, lowest.get(x, _HEIGHT) - _APART)
        parts.append(f'<text x="{x + 8:.1f}" y="{lowest[x]:.1f}" fill="{colour}">{escape(text)}</text>')
    return parts


def _ticks(highest: float) -> list[float]:
    """Round numbers from nothing to ``highest``, four to nine of them."""
    step = 10.0**-3
    while highest / step > 10:
        step *= 10
    for part in (5, 2):
        if highest / (step / part) <= 10 and highest / step < 4:
            step /= part
            break
    return [step * number for number in range(int(highest / step) + 1)]
