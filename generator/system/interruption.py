"""中止 (interruption): the first request to stop ends a command in good order, and it clears up after itself."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ASKED_BY = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None  # Windows has no SIGHUP.
)


@contextmanager
def stoppable() -> Iterator[list[int]]:
    """Turn Ctrl-C, ``kill`` and a closed terminal into :class:`KeyboardInterrupt`, so that every ``finally`` runs.

    Only the first request counts, so nothing interrupts the clearing up. Yields the list of signals that came, none or
    one; the exit status is 128 plus its number. For the main thread only.
    """
    came: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        for other in _ASKED_BY:
            signal.signal(other, signal.SIG_IGN)
        came.append(number)
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in _ASKED_BY}
    for number in _ASKED_BY:
        # Somebody who starts us with nohup wants us to outlive the terminal.
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
