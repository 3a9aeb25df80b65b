"""工作进程 (workers): one plain function over many inputs, on one core or on several.

A worker never outlives the process that started it, whatever ends that process. A worker left over would go
on writing into folders that the next build uses.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, TypeVar

S = TypeVar("S")
A = TypeVar("A")
B = TypeVar("B")

_shared: Any = None
_PR_SET_PDEATHSIG = 1


def parallel(function: Callable[[S, A], B], shared: S, inputs: Iterable[A], jobs: int) -> Iterator[B]:
    """``function(shared, item)`` of each input, in the order of the inputs, over ``jobs`` processes.

    Each worker gets ``shared`` once, when it starts. Only a few inputs are under way at a time, so neither waiting
    inputs nor finished results pile up in memory. With one job, or one input, everything runs in this process.

    Raises what ``function`` raises, and :class:`~concurrent.futures.process.BrokenProcessPool` when the
    system ends a worker. Then the other workers end too, because nobody wants their results.
    """
    iterator = iter(inputs)
    head = list(islice(iterator, 2))
    if jobs == 1 or len(head) < 2:
        yield from (function(shared, item) for item in chain(head, iterator))
        return
    others = {*multiprocessing.active_children()}
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start, initargs=(shared,)) as pool:
        try:
            waiting: deque[Future[B]] = deque()
            for item in chain(head, iterator):
                waiting.append(pool.submit(_call, function, item))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            for worker in {*multiprocessing.active_children()} - others:
                worker.kill()
            raise


def _start(shared: Any) -> None:
    global _shared
    _shared = shared
    gc.freeze()  # what came from the parent stays, and is not looked through again
    # Ctrl-C reaches the whole group. The parent alone decides what to do about it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()


def _end_with_parent() -> None:
    """Have the system kill this process together with its parent; where it cannot, watch the parent."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    Thread(target=_outlive_nobody, args=(parent.sentinel,), daemon=True).start()
    if sys.platform == "linux":
        # This works at once, even while one long call keeps every thread of this process waiting.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _outlive_nobody(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _call(function: Callable[[Any, A], B], item: A) -> B:
    return function(_shared, item)


def _context() -> multiprocessing.context.BaseContext:
    # On Linux forking is safe, and it gives workers the settings without importing everything again.
    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)
