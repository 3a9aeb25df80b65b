"""旁敲侧击 (telling): words of a public text that point at somebody withheld or masked without naming them.

骆师傅, 老骆, 允谦 alone and 骆允* name somebody; 四名市民 where three are shown says that one is hidden. The
words are data (``allusions.yml``). Staff can answer each problem once, in ``private.reviewed``, for the words may mean
somebody else. Where that is as likely, the problem is a warning; else it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from generator.cases.case import Case
from generator.checks.head_counts import find_head_counts, may_say_outright
from generator.checks.masked_particulars import find_particulars
from generator.checks.people_of_case import Cast, Telling, words
from generator.checks.problem import CaseProblem
from generator.checks.reviewed import is_reviewed
from generator.diagnostics import Severity
from generator.disclosure.dictionary import is_ordinary_word, word_borders
from generator.disclosure.masking import find_private_mentions, folded_text, surname_of
from generator.disclosure.ways_of_writing import address_writings, given_name_of, may_stand_in, romanised
from generator.disclosure.who_is_shown import known_as
from generator.disclosure.withheld_words import Withheld
from generator.source.model.site_settings import Masking
from generator.spellings.folding import is_han

_ANSWERS = ("objections[", "outcome.", "notice.corrections[")
_BLOT = "\x00"
_LEFT_OUT = "[*＊×✕xXＸ□○〇●某·_—\\-]"
_SURE_LETTERS, _FEWEST_LETTERS = 9, 5
"""Letters of a name in pinyin that is found inside longer words, and that is looked for at all."""


def check_telling(
    case: Case, texts: list[tuple[str, str]], guarded: tuple[Withheld, ...], masking: Masking, today: date
) -> Iterator[CaseProblem]:
    """DIS021 to DIS028 of one case, in ``texts``, which are (field, text) of what the public will read."""
    cast = Cast.of(case, today)
    names = tuple(item.text for item in guarded if item.kind == "name")
    objecting = tuple(dict.fromkeys(_objecting(case)))
    # Almost every record is clean. So look over all its texts at once, and field by field only for what may be there.
    whole = "\n\n".join(text for _, text in texts)
    counted = bool(cast.withheld) or may_say_outright(whole)
    addresses = tuple(
        writing.text
        for item in guarded
        if item.kind == "address" and may_stand_in(item.text, folded_text(whole))
        for writing in address_writings(item.text)
        if not writing.sure
    )
    if not (counted or objecting or cast.nameless or addresses):
        texts = [(field, text) for field, text in texts if field.endswith(".source")]
    for field, text in texts:
        if field.startswith("persons["):
            continue
        found: list[Telling] = []
        if field.endswith(".source"):
            found += _in_address(text, names)
        else:
            if counted and ".document." not in field:  # A decision counts the people of all its cases.
                found += find_head_counts(
                    text,
                    field,
                    shown=len(cast.masked) + len(cast.shown),
                    withheld=len(cast.withheld),
                    displayed=cast.displayed,
                )
            if objecting:
                found += _objectors(text, field, objecting, cast)
            if cast.nameless:
                found += _names(text, cast)
                found += find_particulars(case, field, text, cast, masking, today)
        if addresses:
            found += (
                Telling(code="DIS027", start=m.start, end=m.end, sure=False)
                for m in find_private_mentions(text, addresses)
            )
        yield from _problems(case, field, text, found)


def _problems(case: Case, field: str, text: str, found: list[Telling]) -> Iterator[CaseProblem]:
    for item in _first_of_each(found):
        word = text[item.start : item.end]
        if not is_reviewed(case, text, item.start, word):
            yield CaseProblem(
                code=item.code,
                field=field,
                facts={"word": word},
                terms={"position": item.start + 1},
                severity=None if item.sure else Severity.WARNING,
                quoted=False,
            )


def check_lasting(case: Case, texts: list[tuple[str, str]]) -> Iterator[CaseProblem]:
    """DIS021 in ``texts`` that stay when names are taken down: then everybody is somebody withheld."""
    for field, text in texts:
        found: list[Telling] = []
        for name in dict.fromkeys(person.name for person in case.persons):
            if not all(map(is_han, name)):
                continue
            found += _given_name(text, name)
            found += _half_masked(text, name)
            if surname := surname_of(name):
                found += _appellations(text, surname, is_shared=False)
        yield from _problems(case, field, text, found)


def _first_of_each(found: list[Telling]) -> Iterator[Telling]:
    """By place; of two that overlap the surer and longer stays."""
    kept: list[Telling] = []
    for item in sorted(found, key=lambda item: (not item.sure, item.start - item.end, item.start)):
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    yield from sorted(kept, key=lambda item: item.start)


def _names(text: str, cast: Cast) -> Iterator[Telling]:
    whole = text
    for name in cast.displayed:
        text = text.replace(name, _BLOT * len(name))
    for person in cast.nameless:
        yield from _given_name(text, person.name)
        # 骆某谦 begins as the 骆某 does whom the page shows.
        yield from (
            item
            for item in _half_masked(whole, person.name)
            if whole[item.start : item.end] not in cast.displayed
        )
    if not cast.withheld:
        return
    masked = {surname_of(known_as(person)) for person in cast.masked}
    shown = {surname_of(known_as(person)) for person in cast.shown}
    for surname in dict.fromkeys(surname_of(person.name) for person in cast.withheld):
        if surname and is_han(surname[0]) and surname not in masked:
            yield from _appellations(text, surname, is_shared=surname in shown)


def _objectors(text: str, field: str, objecting: tuple[str, ...], cast: Cast) -> Iterator[Telling]:
    """荀某, 荀女士, 令仪 of whoever objected. In the answer it is they; elsewhere it may be a witness."""
    in_answer = field.startswith(_ANSWERS)
    shown = {surname_of(name) for name in cast.displayed}
    for name in objecting:
        if name in cast.displayed or not all(map(is_han, name)):
            continue
        told = list(_given_name(text, name))
        if (surname := surname_of(name)) and surname not in shown:
            told += _appellations(text, surname, is_shared=False)
        yield from (replace(item, sure=item.sure and in_answer) for item in told)


def _objecting(case: Case) -> Iterator[str]:
    for objection in case.objections:
        if (objector := objection.objector) is not None:
            yield from (name for name in (objector.name, *objector.joined_by) if name is not None)


def _given_name(text: str, name: str) -> Iterator[Telling]:
    """允谦 alone. Inside a run of characters it may be the end of one word and the beginning of another."""
    given = given_name_of(name)
    if not given:
        return
    mentions = find_private_mentions(text, (given,))
    whole = find_private_mentions(text, (name,)) if mentions else ()
    for mention in mentions:
        if any(item.start <= mention.start and mention.end <= item.end for item in whole):
            continue  # the whole name is told of as such
        sure = not is_ordinary_word(given) and _is_apart(text, mention.start, mention.end)
        yield Telling(code="DIS021", start=mention.start, end=mention.end, sure=sure)
    if not any(char in text for char in given):
        return  # nearly every text: no pattern of this name need be made
    for found in re.finditer(f"[小阿][{given}]|{given[-1]}[{words()['after_given']}]", text):
        if _is_apart(text, found.start(), found.end()) and not is_ordinary_word(found[0]):
            yield Telling(code="DIS021", start=found.start(), end=found.end(), sure=False)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether no word of the language reaches over either end."""
    borders = word_borders(text)
    return start in borders and end in borders


def _half_masked(text: str, name: str) -> Iterator[Telling]:
    """骆允*, 骆*谦, *允谦: more than a surname is left."""
    given = name.removeprefix(surname_of(name))
    pattern = _half_masked_pattern(name) if any(char in text for char in given) else None
    if pattern is not None:
        for found in pattern.finditer(text):
            yield Telling(code="DIS021", start=found.start(), end=found.end())


@lru_cache(4096)
def _half_masked_pattern(name: str) -> re.Pattern[str] | None:
    surname, given = surname_of(name), name.removeprefix(surname_of(name))
    if not given or not all(map(is_han, name)):
        return None
    if len(given) == 1:
        return re.compile(f"{_LEFT_OUT.replace('某', '')}{given}(?![一-龥])")
    first, last = given[0], given[-1]
    return re.compile(
        f"{surname}{first}{_LEFT_OUT}{{1,2}}|{surname}{_LEFT_OUT}{{1,2}}{last}|{_LEFT_OUT}{given}"
    )


def _appellations(text: str, surname: str, *, is_shared: bool) -> Iterator[Telling]:
    """骆某, 骆师傅, 老骆. Where somebody shown has the same surname 骆师傅 is they, and 骆某 somebody else."""
    data = words()
    sure = not is_shared and surname not in data["common_surnames"]
    for found in _appellation(surname).finditer(text):
        if is_shared and found.lastgroup != "left_out":
            continue
        if not _is_apart(text, found.start(), found.end()):
            continue  # 长江女子, 小骆驼
        doubtful = found["before"] is not None and surname in data["also_words"]
        doubtful |= found.lastgroup in ("before", "short") and is_ordinary_word(found[0])
        if doubtful and not re.match(data["acts"], text[found.end() :]):
            continue  # 老路, 小车
        yield Telling(code="DIS021", start=found.start(), end=found.end(), sure=sure and not doubtful)


@lru_cache(4096)
def _appellation(surname: str) -> re.Pattern[str]:
    data = words()
    return re.compile(
        f"(?P<left_out>{surname}(?:[（(]某{{1,2}}[)）]|某(?:某|[甲乙丙丁戊])?(?![人种些日地个处天年])|[*＊×✕□○〇●]{{1,2}}|[_＿?？]{{2,}}|[xXＸΧχХх]{{1,2}}(?![a-zA-Z])))"
        f"|(?P<title>{surname}(?:{'|'.join(sorted(data['titles'], key=len, reverse=True))}))"
        f"|(?P<short>{surname}[{data['short_titles']}])"
        f"|(?P<before>[{''.join(data['before'])}]{surname})"
    )


def _in_address(address: str, names: tuple[str, ...]) -> Iterator[Telling]:
    """网址里的姓名: LuoYunqian, luo-yunqian, %E9%AA%86…. The whole address is the word."""
    parts = urlsplit(address)
    told = unquote(f"{parts.netloc} {parts.path} {parts.query} {parts.fragment}")
    letters = re.sub("[^a-z]", "", told.lower())
    pieces = [piece.lower() for piece in re.findall("[A-Z]?[a-z]+|[A-Z]+", told)]
    joined = {
        "".join(pieces[first:last])
        for first in range(len(pieces))
        for last in range(first + 1, min(first + 5, len(pieces) + 1))
    }
    written = any(
        form in joined or (len(form) >= _SURE_LETTERS and form in letters)
        for name in names
        for form in romanised(name)
        if len(form) >= _FEWEST_LETTERS
    )
    if written or find_private_mentions(told, names):
        yield Telling(code="DIS028", start=0, end=len(address))
    elif any(_given_letters(name) in joined for name in names):
        yield Telling(code="DIS028", start=0, end=len(address), sure=False)


def _given_letters(name: str) -> str:
    """yunqian of 骆允谦; a space, which no address has, where that is too short to tell anybody."""
    given = given_name_of(name)
    letters = next(iter(romanised(given)), "") if given else ""
    return letters if len(letters) >= _FEWEST_LETTERS else " "
