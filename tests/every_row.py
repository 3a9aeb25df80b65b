"""A table in one test: every row is tried, and what fails is told by the row.

A test each costs more than the check where a table has a hundred rows of a millisecond.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def every_row(
    names: str | Sequence[str],
    rows: Iterable[Any] | Callable[[], Iterable[Any]],
    *,
    ids: Iterable[object] | Callable[[Any], object] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As ``pytest.mark.parametrize``, whose arguments it takes, but one test. What it is given besides a row, all rows
    share; so none of it may be changed. Rows that take time to make are given as what makes them."""
    called = [names] if isinstance(names, str) else list(names)

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(check)

        @functools.wraps(check)
        def test(**shared: Any) -> None:
            tried = list(rows() if callable(rows) else rows)
            assert tried, "a table without rows"
            told = [ids(row) for row in tried] if callable(ids) else list(ids or tried)
            failed: dict[str, str] = {}
            for row, name in zip(tried, told, strict=True):
                given = [row] if isinstance(names, str) else row
                try:
                    check(**dict(zip(called, given, strict=True)), **shared)
                except AssertionError as error:
                    failed[str(name)] = str(error)
            assert not failed, "\n".join(f"{name}: {words}" for name, words in failed.items())

        test.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[item for name, item in signature.parameters.items() if name not in called]
        )
        return test

    return decorate
