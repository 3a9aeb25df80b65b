"""Where very many short runs of bytes begin in a text, beside the plain question at every place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.audit.beginnings import Beginnings

ALPHABETS = (b"ab", "安平".encode(), bytes(range(256)))
runs = st.sampled_from(ALPHABETS).flatmap(
    lambda letters: st.lists(
        st.sampled_from([letters[n : n + 1] for n in range(len(letters))]), max_size=40
    ).map(b"".join)
)


def by_hand(strings: list[bytes], data: bytes) -> list[tuple[int, int]]:
    return [
        (number, start)
        for number, string in enumerate(strings)
        for start in range(len(data))
        if string and data.startswith(string, start)
    ]


@given(strings=st.lists(runs, max_size=20, unique=True), parts=st.lists(runs, max_size=8))
def test_every_one_is_found_wherever_it_stands_and_nothing_else(
    strings: list[bytes], parts: list[bytes]
) -> None:
    data = b"".join([*parts, *strings, *parts])

    assert sorted(Beginnings(strings).find(data)) == sorted(by_hand(strings, data))


def test_what_lies_across_the_places_that_are_asked_together_is_found() -> None:
    strings = [b"abcd", "张伟明".encode(), b"33010619690312", b"x"]
    filler = "。" * 40_000

    for before in range(12):
        data = filler[:10_920].encode()[: 32_756 + before] + b"".join(strings) + filler.encode()
        assert sorted(Beginnings(strings).find(data)) == sorted(by_hand(strings, data))


def test_nothing_is_found_where_nothing_is_asked_for() -> None:
    assert list(Beginnings([]).find(b"abc")) == []
    assert list(Beginnings([b"abc"]).find(b"")) == []
    assert list(Beginnings([b"abcd", b"ab"]).find(b"a")) == []
