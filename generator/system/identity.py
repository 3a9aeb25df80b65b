"""同一个 (identity): a value that is known by being the very same object, as a key of what is kept.

To compare or to hash a rule of law with all that it says takes as long as to word it anew.
"""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """同一个 ``value``. Whoever keeps it keeps the value, so that no other takes its place in memory."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value
