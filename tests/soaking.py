"""How many random examples: in every run a few, always the same; in ``make soak`` many, drawn afresh."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SOAKING = "YIYONG_SOAK" in os.environ
MORE = 20
"""``make soak`` draws so many times the examples of every run."""


def examples(every_run: int) -> int:
    """For tests whose examples are dear, each a site: how many to draw."""
    return every_run * MORE if SOAKING else every_run


def settle() -> None:
    """Choose the settings of all properties. A busy machine is no fault of the code: examples are counted, not
    timed."""
    slow_is_no_fault = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile(
        "every-run",
        deadline=None,
        derandomize=True,
        max_examples=30,
        suppress_health_check=slow_is_no_fault,
    )
    settings.register_profile(
        "soak", deadline=None, max_examples=30 * MORE, suppress_health_check=slow_is_no_fault
    )
    settings.load_profile("soak" if SOAKING else "every-run")
