"""更正核对 (correction checks): a correction that gives the new words gives the old ones, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.cases.case import Correction
from generator.checks.problem import CaseProblem


def check_corrections(items: Iterable[Correction], field: str) -> Iterator[CaseProblem]:
    """REG065 of each of ``items``, the corrections at ``field``, that says what is right now and not what stood there.

    Of a last day that was moved the old one is known. One with neither says in ``what`` all there is, as when an honour
    was revoked and the confirmation was not.
    """
    for number, item in enumerate(items):
        if item.now is not None and item.was is None and item.moved_closes_on is None:
            yield CaseProblem(code="REG065", field=f"{field}[{number}].now")
