"""读取 YAML: the fast reader and the careful one agree on every file."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.source.positions import read_with_positions
from generator.source.yaml_reader import MAX_DEPTH, UnreadableError, read_tree
from tests.every_row import every_row


@every_row("word", ["0123", "12:30", "no", "2024-02-30", "1e3", "0x1F", "true", ".inf", "<<", "="])
def test_every_scalar_is_text_as_written(word: str) -> None:
    assert read_tree(f"key: {word}\nlist: [{word}]\n{word}: x\n".encode()) == {
        "key": word,
        "list": [word],
        word: "x",
    }


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_at_the_start_and_any_line_break_are_read(line_break: str) -> None:
    text = "\ufeff" + line_break.join(["# 注", "姓名: 王示例", "事迹: |", "  一", "  二", ""])
    assert read_tree(text.encode()) == {"姓名": "王示例", "事迹": "一\n二\n"}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_an_unquoted_null_is_refused_and_a_quoted_one_is_text(word: str) -> None:
    with pytest.raises(UnreadableError):
        read_tree(f"key: {word}\n".encode())
    assert read_tree(f"key: '{word}'\n".encode()) == {"key": word}


def test_nesting_is_read_up_to_the_limit() -> None:
    deep = MAX_DEPTH - 1
    assert read_tree(b"a: " + b"[" * deep + b"]" * deep)
    with pytest.raises(UnreadableError):
        read_tree(b"a: " + b"[" * (deep + 1) + b"]" * (deep + 1))


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_a_billion_laughs_are_refused_without_being_told() -> None:
    with pytest.raises(UnreadableError):
        read_tree(LAUGHS.encode())
    codes = {finding.code for finding in read_with_positions(LAUGHS.encode(), frozenset()).findings}
    assert codes == {"SRC025"}


_FRAGMENTS = st.sampled_from(
    [
        *"abk:-?!&*#|>%@`'\"[]{},~<=. \t\n\r",
        "key: ", "key:", "：", "- ", "  ", "\n", "\n  ", "\n- ", "---\n", "...\n", "!!str ", "&a ", "*a", "|\n ",
        "null", "王示例", "\ufeff", "\x85", "\u2028", "\x00", "\x1b", "\\ud800", "😀", "key: value\n", "? ", "%YAML 1.1\n",
    ]
)  # fmt: skip


@given(st.lists(_FRAGMENTS, max_size=40).map("".join).map(str.encode) | st.binary(max_size=200))
def test_the_fast_reader_refuses_exactly_what_the_careful_one_explains(data: bytes) -> None:
    reading = read_with_positions(data, frozenset({"key"}))
    try:
        tree = read_tree(data)
    except UnreadableError:
        assert reading.findings, "refused, and nobody could say why"
    else:
        careful_only = {finding.code for finding in reading.findings} <= {"SRC011", "SRC012"}
        assert careful_only and (reading.findings or reading.tree == tree)
    for finding in reading.findings:
        span = finding.span
        assert span is None or 1 <= span.line <= len(reading.lines)


_KEYS = st.text("abc王 :#", min_size=1, max_size=6)
_TREES = st.recursive(
    st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(_TREES.filter(lambda tree: "\ufeff" not in repr(tree)))
def test_what_yaml_writes_is_read_back(tree: object) -> None:
    written = yaml.dump(tree, Dumper=_QuotingDumper, allow_unicode=False)
    assert read_tree(written.encode()) == tree


class _QuotingDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


_QuotingDumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
