"""解码 (decoding): a text as it stands in a file → the streams of words that a reader could get from it.

Escapes are undone (HTML entities, percent, JSON, JS and CSS escapes, quoted-printable), again and
again while something changes, because a page may hold JSON that holds HTML. Markup is parted into
two streams, what stands between the tags and what stands in them, so that ``张<b>三</b>`` is read
together and an attribute is read too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.spellings.folding import whole_characters

BREAK = "\x1f"
"""Stands where a tag parted two texts that a reader does not see as one word."""

VALUE_END = "\x1e"
"""Stands between values that are no text together: words of an index, cells of a table."""

_TAG = re.compile(r"<(?=[A-Za-z/!?])[^<>]*>")
_TAGS = re.compile(r"(<[A-Za-z/!?][^<>]*>)")
"""Splits into a text, a tag, a text, and so on."""
_TAG_NAME = re.compile(r"</?([^ \t\r\n\f<>/]*)")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "emph",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "r",
        "rpr",
        "rph",
        "rfont",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "t",
        "text",
        "tspan",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_RUBY = re.compile(r"<(r[tp])\b[^<>]*>.*?(?:</\1>|(?=<r[tp]\b|</ruby))", re.DOTALL | re.IGNORECASE)
# Each begins with a plain character: then a text without it costs next to nothing.
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_QUOTED_PRINTABLE = re.compile(r"=[89A-F][0-9A-F](?:=(?:\r?\n=)?[89A-F][0-9A-F])+")
_SCRIPT = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|U([0-9A-Fa-f]{8})|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-9A-Fa-f]{4,6})[ \t]?"
    r"|([0-7]{3}))"
)
_SCRIPT_BYTES = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|[0-7]{3})(?:\\(?:x[0-9A-Fa-f]{2}|[0-7]{3}))+")
_PERCENT_U = re.compile(r"%u([0-9A-Fa-f]{4})")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_VALUES = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
_READINGS = re.compile(r"<rt\b[^<>]*>(.*?)(?=</rt|<r[tpb]\b|</ruby)", re.DOTALL | re.IGNORECASE)
_GEOMETRY = re.compile(r'\s(?:d|points|transform|viewBox|values|keyTimes|stroke-dasharray)="[^"]*"')
_MOST_ROUNDS = 4
_MOST_KNOWN, _LONGEST_KNOWN = 50_000, 512
_AROUND = 1_024
"""Characters; longer than anything searched for."""


class Stream(NamedTuple):
    """一股文字. ``in_tags``: what stands in tags, one a line; else what stands between them."""

    text: str
    in_tags: bool = False


def streams(text: str) -> Iterator[Stream]:
    """文字流: every stream of words in ``text``; together they hold all of it."""
    pending = [text]
    while pending:
        piece = pending.pop()
        if _TAG.search(piece):
            between, tags = parted(piece)
            yield from (Stream(plain) for plain in _unescaped(between, pending) if plain)
            yield Stream(unescape("\n".join(tags)), in_tags=True)
            if values := values_of(tags):
                yield Stream(unescape(values))
        else:
            yield from map(Stream, _unescaped(piece, pending))


def values_of(tags: list[str]) -> str:
    """What the attributes of a tag say together, of tags with several that are not in Latin letters: a name may
    stand in two of them."""
    several = []
    for tag in tags:
        if not tag.isascii():
            values = [value for value in map("".join, _VALUES.findall(tag)) if not value.isascii()]
            if len(values) > 1:
                several.append(BREAK.join(values))
    return VALUE_END.join(several)


def has_tag(text: str) -> bool:
    """Whether there is markup in ``text``."""
    return _TAG.search(text) is not None


def without_drawings(tags: str) -> str:
    """What stands in tags, but for the figures of drawings, which look like numbers of anything."""
    return _GEOMETRY.sub(" ", tags) if 'd="' in tags else tags


def unescape(text: str) -> str:
    """去除转义, layer by layer; text without escapes comes back as it is. Half a character (a lone surrogate)
    is none."""
    for _ in range(_MOST_ROUNDS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "%" in text:
            text = _PERCENT.sub(lambda found: _as_text(bytes.fromhex(found[0].replace("%", ""))), text)
            if "%u" in text:
                text = _PERCENT_U.sub(lambda found: chr(int(found[1], 16)), text)
        if "\\" in text:
            shorter = _SCRIPT.sub(_script_character, _SCRIPT_BYTES.sub(_script_bytes, text))
            text = shorter
        if "=" in text:
            text = _QUOTED_PRINTABLE.sub(
                lambda found: _as_text(bytes.fromhex(re.sub(r"[=\r\n]", "", found[0]))), text
            )
        if text == before:
            break
        # Nothing that searches can read halves of characters.
        text = _SURROGATES.sub(_from_halves, text)
    return whole_characters(text)


def _from_halves(found: re.Match[str]) -> str:
    return found[0].encode("utf-16-be", "surrogatepass").decode("utf-16-be")


def _unescaped(text: str, pending: list[str]) -> Iterator[str]:
    """``text`` without escapes. Where that brings tags to light, what stands around them is parted too."""
    plain = unescape(text)
    yield plain
    if plain != text:
        pending.extend(_around_tags(plain))


def _around_tags(text: str) -> Iterator[str]:
    """Whole lines, with enough of them around each tag for any word that a tag may part."""
    start = end = 0
    for tag in _TAG.finditer(text):
        first = text.rfind("\n", 0, max(0, tag.start() - _AROUND)) + 1
        if first > end > 0:
            yield text[start:end]
            end = 0
        if end == 0:
            start = first
        last = text.find("\n", tag.end() + _AROUND)
        end = len(text) if last < 0 else last
    if end > 0:
        yield text[start:end]


def parted(markup: str) -> tuple[str, list[str]]:
    """What stands between the tags, and the tags."""
    parts = _TAGS.split(markup)
    between = _joined(parts)
    if "<rt" in markup or "<RT" in markup:
        # The reading above a character parts it from the next; without readings the word is whole.
        between += VALUE_END + _joined(_TAGS.split(_RUBY.sub("", markup)))
        between += VALUE_END + " ".join(_TAG.sub("", reading) for reading in _READINGS.findall(markup))
    return between, parts[1::2]


def _joined(parts: list[str]) -> str:
    """The texts, joined; a tag that parts words leaves a break."""
    joined = parts.copy()
    joined[1::2] = map(_SEEN.__getitem__, parts[1::2])
    return "".join(joined)


class _Seen(dict[str, str]):
    """What a reader sees of a tag: nothing, or a break. Most tags of a page stood in the page before."""

    def __missing__(self, tag: str) -> str:
        seen = _stands_for(tag.partition(" ")[0])
        if len(tag) <= _LONGEST_KNOWN:
            if len(self) == _MOST_KNOWN:
                self.clear()
            self[tag] = seen
        return seen


_SEEN = _Seen()


@lru_cache(1024)
def _stands_for(beginning: str) -> str:
    """What a reader sees of a tag that begins so."""
    name = _TAG_NAME.match(beginning)
    return "" if name and name[1].rpartition(":")[2].lower() in _INLINE else BREAK


def _as_text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _script_bytes(found: re.Match[str]) -> str:
    """``\\xe5\\xbc\\xa0``: bytes of UTF-8, if they are; else left for the single characters."""
    parts = re.findall(r"\\x([0-9A-Fa-f]{2})|\\([0-7]{3})", found[0])
    data = bytes(
        int(hexadecimal, 16) if hexadecimal else int(octal, 8) & 0xFF for hexadecimal, octal in parts
    )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _script_character(found: re.Match[str]) -> str:
    *hexadecimal, octal = found.groups()
    code = int(octal, 8) if octal else int(next(filter(None, hexadecimal)), 16)
    return chr(code) if code <= 0x10FFFF else found[0]
