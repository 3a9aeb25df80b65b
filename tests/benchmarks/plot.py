"""图 (plot): processor seconds of each phase against the number of records, as SVG."""

from __future__ import annotations

from html import escape
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 720, 360, 70, 40
_COLOURS = ("#9b2d1f", "#c9784b", "#5b7f95", "#7a8b4f", "#b59a3c", "#6d5a7e", "#4f4a45", "#a3a3a3", "#2f4858")


def cost_plot(report: dict[str, Any]) -> str:
    """One bar a size, a band a phase; a line says what growth in proportion would be."""
    sizes = {int(size): figures["cold"]["phases"] for size, figures in report["sizes"].items()}
    names = list(dict.fromkeys(phase["name"] for phases in sizes.values() for phase in phases))
    most = max(sum(phase["cpu_seconds"] for phase in phases) for phases in sizes.values())
    widest = max(sizes)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12" role="img"><title>processor seconds of a cold build by phase</title>'
    ]

    def x_of(size: int) -> float:
        return _LEFT + size / widest * (_WIDTH - _LEFT - 190)

    def y_of(seconds: float) -> float:
        return _HEIGHT - _BOTTOM - seconds / most * (_HEIGHT - _BOTTOM - 30)

    smallest = min(sizes)
    slope = sum(phase["cpu_seconds"] for phase in sizes[smallest]) / smallest
    parts.append(
        f'<line x1="{x_of(0):.1f}" y1="{y_of(0):.1f}" x2="{x_of(widest):.1f}" '
        f'y2="{y_of(min(most, slope * widest)):.1f}" stroke="#999" stroke-dasharray="4 4"/>'
    )
    for size, phases in sizes.items():
        seconds = 0.0
        for phase in phases:
            top, base = y_of(seconds + phase["cpu_seconds"]), y_of(seconds)
            colour = _COLOURS[names.index(phase["name"]) % len(_COLOURS)]
            parts.append(
                f'<rect x="{x_of(size) - 22:.1f}" y="{top:.1f}" width="22" height="{base - top:.1f}" '
                f'fill="{colour}"/>'
            )
            seconds += phase["cpu_seconds"]
        parts.append(
            f'<text x="{x_of(size) - 11:.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{size}</text>'
            f'<text x="{x_of(size) - 11:.1f}" y="{y_of(seconds) - 5:.1f}" text-anchor="middle">'
            f"{seconds:.0f} s</text>"
        )
    for row, name in enumerate(names):
        y = 30 + row * 18
        parts.append(
            f'<rect x="{_WIDTH - 130}" y="{y}" width="12" height="12" fill="{_COLOURS[row % len(_COLOURS)]}"/>'
            f'<text x="{_WIDTH - 112}" y="{y + 10}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])
