"""工作进程 (workers): one plain function over many inputs, on one core or on several."""

from __future__ import annotations

import copyreg
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, TypeVar

S = TypeVar("S")
A = TypeVar("A")
B = TypeVar("B")

_shared: Any = None


def _frozen(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


def _thawed(frozen: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _frozen, (dict(frozen),)


# What goes from process to process is frozen, and frozen mappings cannot go by themselves.
copyreg.pickle(MappingProxyType, _thawed)


def parallel(function: Callable[[S, A], B], shared: S, inputs: Iterable[A], jobs: int) -> Iterator[B]:
    """``function(shared, item)`` of each input, in the order of the inputs, over ``jobs`` processes.

    ``shared`` reaches each worker once, when it starts. Only a few inputs are under way at a time, so
    that neither waiting inputs nor finished results pile up in memory. With one job, or one input,
    everything runs in this process.
    """
    iterator = iter(inputs)
    head = list(islice(iterator, 2))
    if jobs == 1 or len(head) < 2:
        yield from (function(shared, item) for item in chain(head, iterator))
        return
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start, initargs=(shared,)) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for item in chain(head, iterator):
                waiting.append(pool.submit(_call, function, item))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _start(shared: Any) -> None:
    global _shared
    _shared = shared


def _call(function: Callable[[Any, A], B], item: A) -> B:
    return function(_shared, item)


def _context() -> multiprocessing.context.BaseContext:
    # Forking gives workers the settings without pickling and without importing everything again.
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")
