"""工作人员的语言 (staff): in which language the commands speak, and what they say beside diagnostics."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from generator.catalogue import staff_wording
from generator.diagnostics.phrasing import Lang, language_of


def staff_language() -> Lang:
    """Language of everything that staff read: Chinese, or English by ``YIYONG_LANG=en``."""
    return language_of(os.environ.get("YIYONG_LANG"))


def staff_words() -> Mapping[str, Any]:
    """What the commands say, in :func:`staff_language`."""
    return staff_wording(staff_language())
