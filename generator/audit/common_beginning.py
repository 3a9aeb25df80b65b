"""共同的开头 (common beginning): how far two texts, or two runs of bytes, go on alike.

A bisection, whose comparisons are those of the interpreter: the texts are megabytes long, or there are thousands of them.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T", str, bytes)


def alike(one: T, other: T) -> int:
    """How many characters, or bytes, the two begin with alike."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
