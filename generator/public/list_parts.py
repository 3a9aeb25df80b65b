"""各部分 (parts): what stands over several records, cut so that each piece rests on few of them.

A piece is told before it is made: a build whose records are those of the last one need not make it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart(Generic[T]):
    """一部分: pages, or files as (path from the root, bytes), that are made together.

    ``path``      address of the first of them, which no other part has.
    ``records``   ids of the records it shows or counts, in its order.
    ``said``      what else it says: figures, other parts that it names, instants. Plain texts and numbers.
    ``make``      makes it, and only when it is wanted. Given the same records, the same ``said``, settings, software
                  and day, it makes the same bytes.
    """

    path: str
    records: tuple[str, ...]
    said: tuple[object, ...] = ()
    make: Callable[[], Iterable[T]]


def all_of(parts: Iterable[ListPart[T]]) -> Iterator[T]:
    """Everything that ``parts`` make, in their order."""
    for part in parts:
        yield from part.make()
