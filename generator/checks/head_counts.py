"""人数 (head counts): a text that counts more people than the page shows says that somebody is hidden.

四名市民 where three are shown, 夫妻二人 where one is, 另有一人要求不公开姓名. Texts also count witnesses
and people who were saved; the words beside a number say whom it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.checks.people_of_case import Telling, words

_CLAUSE_END = re.compile(r"[，,。；;！!？?：:\n]")
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_NUMERALS = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "两": 2, "俩": 2, "仨": 3, "零": 0}
_N = "(?P<n>[0-9０-９]{1,3}|[一二两三四五六七八九十]{1,3})"
_NEAR = 12
"""Characters after a number in which a word says what its people did."""


def find_head_counts(
    text: str, field: str, *, shown: int, withheld: int, displayed: tuple[str, ...]
) -> Iterator[Telling]:
    """DIS023 (a number of people) and DIS025 (words that say it outright).

    ``shown`` and ``withheld`` count people; ``displayed`` are the names that the public reads, the longest first.
    """
    yield from _said_outright(text, withheld)
    if not withheld:
        return
    is_name = field in ("group.name", "title") or field.endswith((".title", ".merit", ".batch"))
    in_correction = ".corrections[" in field
    total = shown + withheld
    for found in _counts().finditer(text):
        number = 2 if found["pair"] or found["few"] else _number(found["n"] or found["n2"])
        if found["pair"] and found["n3"]:
            number = _number(found["n3"])
        if number is None or number <= shown or number > total + 3:
            continue
        kind = _whose(text, found, is_name=is_name or text[: found.start()].endswith(displayed))
        if kind is None and in_correction and not _about_others(text, found):
            kind = "anybody"  # 四人, corrected to 三人: of whom, stands elsewhere
        if kind is not None:
            sure = number == total and kind == "rescuers"
            yield Telling(code="DIS023", start=found.start(), end=found.end(), sure=sure)
    if (
        in_correction
        and (alone := re.fullmatch(_N, text.strip()))
        and shown < (_number(alone["n"]) or 0) <= total
    ):
        yield Telling(code="DIS023", start=0, end=len(text), sure=False)
    for found in _ordinals().finditer(text):
        if shown < (_number(found["n"]) or 0) <= total and not _about_others(text, found):
            yield Telling(code="DIS023", start=found.start(), end=found.end(), sure=False)
    for found in re.finditer(words()["nameless"], text):
        yield Telling(code="DIS025", start=found.start(), end=found.end(), sure=False)
    told_of_others = [_others()] if shown > 1 else [_others(), re.compile(words()["companions"])]
    for found in (hit for pattern in told_of_others for hit in pattern.finditer(text)):
        if re.search(words()["acting"], _clause(text, found)) and not _about_others(text, found):
            yield Telling(code="DIS023", start=found.start(), end=found.end(), sure=False)


def _whose(text: str, found: re.Match[str], *, is_name: bool) -> str | None:
    """``rescuers``, ``anybody`` where nothing tells, None where the number is of witnesses or of the saved."""
    if is_name:
        return "rescuers"
    if _about_others(text, found):
        return None
    if found["sure"] or found["group"] or found["title"]:
        return "rescuers"
    acting = re.search(words()["acting"], _clause(text, found)[0:] if found["pair"] else _after(text, found))
    if acting:
        return "rescuers"
    return "anybody" if found["etc"] or found["pair"] else None


def _about_others(text: str, found: re.Match[str]) -> bool:
    """In the same clause, before the number or directly after it, a word for a witness or somebody saved."""
    before = _clause(text, found, before_only=True)
    if re.search(words()["objects"], before):
        return True
    clause = before + text[found.end() : found.end() + 4]
    return re.search(words()["others"], clause + found[0]) is not None


def _clause(text: str, found: re.Match[str], *, before_only: bool = False) -> str:
    ends = [end.start() for end in _CLAUSE_END.finditer(text)]
    first = max((end + 1 for end in ends if end < found.start()), default=0)
    last = min((end for end in ends if end >= found.end()), default=len(text))
    return text[first : found.start()] if before_only else text[first:last]


def _after(text: str, found: re.Match[str]) -> str:
    return text[found.end() : found.end() + _NEAR]


def _said_outright(text: str, withheld: int) -> Iterator[Telling]:
    """另有一人要求不公开姓名. Every second story has a rescuer who left without giving a name."""
    data = words()
    if not may_say_outright(text):
        return  # nearly every text
    position = 0
    for sentence in _SENTENCE_END.split(text):
        start, position = position, position + len(sentence) + 1
        if not may_say_outright(sentence):
            continue
        another = re.search(data["another"], sentence) is not None
        about_others = "异议" in sentence or re.search(data["kept_back_of_others"], sentence) is not None
        for pattern, strong in (
            (data["kept_back"], True),
            (data["kept_back_otherwise"], True),
            (data["unnamed"], False),
        ):
            for found in re.finditer(pattern, sentence):
                if about_others or not (another or (strong and withheld)):
                    continue
                yield Telling(
                    code="DIS025",
                    start=start + found.start(),
                    end=start + found.end(),
                    sure=strong and bool(withheld),
                )


def may_say_outright(text: str) -> bool:
    """Whether words stand in ``text``, which may be several lines, that say of somebody that they are not told."""
    return _outright().search(text) is not None


@cache
def _outright() -> re.Pattern[str]:
    data = words()
    return re.compile("|".join(data[key] for key in ("kept_back", "kept_back_otherwise", "unnamed")))


def _number(written: str | None) -> int | None:
    """四 and 4; 十二 is 12. None for what is no number."""
    if not written:
        return None
    plain = "".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in written)
    if plain.isdigit():
        return int(plain)
    total, digit = 0, 0
    for character in plain:
        if character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _NUMERALS[character]
    return total + digit


@cache
def _counts() -> re.Pattern[str]:
    data = words()
    n2, n3 = _N.replace("<n>", "<n2>"), _N.replace("<n>", "<n3>")
    return re.compile(
        f"(?P<etc>等共?(?:计)?{_N}[名位个]?(?:人|同志|{data['rescuers']}|{data['anybody']}|(?=[，,。；;、]|$)))"
        f"|(?P<pair>(?:{data['pairs']})(?:{n3}(?:人|个)|俩|仨|)(?![情关般]))"
        f"|(?<![第几每0-9零〇一二三四五六七八九十百])(?:一行|一共|共|总共|全体|上述|以上|以下|该)?{n2}"
        f"(?:(?:[名位个](?:见义勇为)?(?P<sure>{data['rescuers']})|(?P<group>人(?:见义勇为)?(?:{data['groups']}|行)))"
        f"|[名位]{data['anybody']}|[名位](?=[)）]|$)|(?P<title>勇士|英雄|好汉|兄弟|姐妹|杰)|个人|人(?!次|份|员|民|间|生|工|口|均|行道|大))"
        f"|(?P<few>二人|两人|俩人)(?!转)"
    )


@cache
def _ordinals() -> re.Pattern[str]:
    """第四名参与者."""
    return re.compile(f"第{_N}[名位个]{words()['rescuers']}")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(
        "(?:另外?|其余|其他|还有|另有)(?:[一两二三四五六七八九十0-9]{1,2})?(?:人|名|位)(?:[一-龥]{0,4}(?:市民|群众|青年|同志|参与者|人员|男子|女子))?"
    )
