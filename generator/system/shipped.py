"""随软件而来的项目 (the shipped project): where the theme, the default pages and the library of law lie.

It is laid out as any project is. In a checkout it is the checkout, whose own project is the sample; a wheel
carries it within the package (``force-include`` in ``pyproject.toml``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


@cache
def shipped_folder() -> Path:
    """The root of the shipped project. It is never written to."""
    packed = _PACKAGE / "defaults"
    return packed if packed.is_dir() else _PACKAGE.parent
