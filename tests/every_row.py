"""A table in one test: every row is tried, and what fails is told by the row.

A test each costs more than the check where a table has a hundred rows of a millisecond.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from tests.journeys import SOME_AND_REST, share


def every_row(
    names: str | Sequence[str],
    rows: Iterable[Any] | Callable[[], Iterable[Any]],
    *,
    ids: Iterable[object] | Callable[[Any], object] | None = None,
    of: int = 1,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As ``pytest.mark.parametrize``, whose arguments it takes, but one test. What it is given besides a row, all rows
    share; so none of it may be changed. Rows that take time to make are given as what makes them. Of rows that take time to try,
    and are alike, one ``of`` so many is tried, and the rest with the journeys."""
    called = [names] if isinstance(names, str) else list(names)

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(check)

        @functools.wraps(check)
        def test(**shared: Any) -> None:
            rest = shared.pop("rest") if of > 1 else False
            all_rows = list(rows() if callable(rows) else rows)
            told = [ids(row) for row in all_rows] if callable(ids) else list(ids or all_rows)
            tried = share(list(zip(all_rows, told, strict=True)), rest=rest, every=of)
            assert tried, "a table without rows"
            failed: dict[str, str] = {}
            for row, name in tried:
                given = [row] if isinstance(names, str) else row
                try:
                    check(**dict(zip(called, given, strict=True)), **shared)
                except AssertionError as error:
                    failed[str(name)] = str(error)
            assert not failed, "\n".join(f"{name}: {words}" for name, words in failed.items())

        kept = [item for name, item in signature.parameters.items() if name not in called]
        if of > 1:
            kept.append(inspect.Parameter("rest", inspect.Parameter.KEYWORD_ONLY))
        test.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        return pytest.mark.parametrize("rest", SOME_AND_REST)(test) if of > 1 else test

    return decorate
