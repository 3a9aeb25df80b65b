"""个人标识 (identifiers): numbers and words of a shape that is never published for anyone.

身份证号码, 电话号码, 银行卡号, 护照号码, 车牌号码, 电子邮箱, full birth dates, full home addresses
(《中华人民共和国个人信息保护法》第二十八条、《政府信息公开条例》第十五条). They are found in records before the build
and in the built site after it, even if they are spaced, dotted, hyphenated, full-width or in Chinese numerals.

Clean text must cost next to nothing. So one cheap expression finds numbers, and every other kind has a word
without which nobody looks further.
"""

from __future__ import annotations

import itertools
import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from operator import itemgetter

from ahocorasick_rs import BytesAhoCorasick

from generator.spellings.folding import whole_characters
from generator.spellings.number_shapes import (
    GROUP,
    MOST_DIGITS,
    SHORTEST_WITHOUT_CONTEXT,
    is_bank_card,
    is_identity_card,
    is_landline,
    is_local,
    is_mobile,
    may_be_number,
)


class IdentifierKind(StrEnum):
    """标识的种类."""

    IDENTITY_CARD = "identity_card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    NUMBER_PLATE = "number_plate"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    HOME_ADDRESS = "home_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierHit:
    """一处标识: from ``start`` (inclusive) to ``end`` (exclusive), in characters of the text given."""

    kind: IdentifierKind
    start: int
    end: int


# Written for the eye as nothing or as a small gap between digits. Line breaks are not among them:
# a column of numbers is not one number.
_GAP = r"[ \t\u00a0\u2000-\u200f\u202f\u205f\u2060-\u2064\u3000\ufeff\u00ad.\-·・•_/–—―‐‑‒−~()（）\[\]．－＿／、+＋]"
_LIST_GAP = re.compile("[、+＋]")
"""Parts the items of a list too: between such items only the shape of a mobile number is believed."""
_CHINESE_DIGITS = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("貳參陸", "236", strict=True)),
    "○": "0",
    "幺": "1",
    "两": "2",
    "弌": "1",
}
_HAN_DIGITS = "".join(_CHINESE_DIGITS)
_DIGIT = rf"[0-9０-９{_HAN_DIGITS}①-⑨⓪𝟎-𝟿\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]"
_RUN = re.compile(
    rf"{_DIGIT}(?:{_GAP}{{0,3}}{_DIGIT}){{6}}(?:{_GAP}{{0,3}}{_DIGIT})*(?:{_GAP}{{0,3}}[xXｘＸ×])?"
)
_HAN_DIGIT = re.compile(f"[{_HAN_DIGITS}]")


def find_identifiers(text: str, *, allowed: frozenset[str] = frozenset()) -> tuple[IdentifierHit, ...]:
    """查出标识, sorted by place; of two that overlap only the longer.

    ``allowed`` holds what an office has declared as its own channel: telephone numbers, e-mail
    addresses, an office address. They are compared without separators, with or without 86 and area
    code. Nothing else is ever allowed: the number of an identity card is found even if it is listed.
    """
    text = whole_characters(text)
    permitted = _Permitted.of(allowed)
    hits: list[IdentifierHit] = []
    windows: dict[_Finder, list[tuple[int, int]]] = {}
    for run in _RUN.finditer(text):
        written, start = run[0], run.start()
        if not written.isascii() or may_be_number(written):
            hits.extend(_numbers(text, start, written, permitted))
        if _may_begin_passport(text[max(0, start - 2) : start]):
            windows.setdefault(_passports, []).append(run.span())
    for sign in _MAILBOX_SIGN.finditer(text):
        if _MAILBOX_END.search(text, max(0, sign.start() - 3), sign.start()):
            windows.setdefault(_emails, []).append(sign.span())
    for number, start, end in _found_in(text, _gates()):
        windows.setdefault(_gate_words()[number][1], []).append((start, end))
    for finder, spans in windows.items():
        for first, last in _merged(spans):
            window = text[first:last].translate(_PLAIN)
            hits.extend(
                IdentifierHit(kind=hit.kind, start=hit.start + first, end=hit.end + first)
                for hit in finder(window, permitted)
            )
    return tuple(_without_overlaps(hits)) if hits else ()


def normalised_digits(text: str) -> Iterator[tuple[str, int, int]]:
    """数字串: every run of seven or more digits, however written, as (plain digits, start, end).

    For comparing a known number with a text: separators are gone, Chinese numerals and full-width digits are
    plain, and a final X is kept.
    """
    for run in _RUN.finditer(text):
        digits = run[0].translate(_PLAIN).translate(_HAN_TO_DIGIT)
        yield "".join(c for c in digits if c.isdigit() or c in "Xx").upper(), run.start(), run.end()


class _OneToOne(dict[int, int | str]):
    """Plain form of each character, always one character, so that places stay as they are."""

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        plain: int | str = code
        if character not in _CHINESE_DIGITS and (unicodedata.digit(character, None) is not None):
            plain = str(unicodedata.digit(character))
        else:
            compatible = unicodedata.normalize("NFKC", character)
            if len(compatible) == 1 and compatible.isascii():
                plain = compatible
        if character in "×":
            plain = "X"
        self[code] = plain
        return plain


_PLAIN = _OneToOne()
_HAN_TO_DIGIT = str.maketrans(_CHINESE_DIGITS)


@dataclass(frozen=True, slots=True)
class _Permitted:
    digits: tuple[str, ...]
    words: frozenset[str]

    @staticmethod
    @cache
    def of(allowed: frozenset[str]) -> _Permitted:
        digits = []
        for item in allowed:
            bare = "".join(c for c in item.translate(_PLAIN) if c.isdigit())
            if len(bare) >= 7:
                digits.append(bare.removeprefix("86") if len(bare) > 11 else bare)
        return _Permitted(tuple(digits), frozenset(_bare(item) for item in allowed))

    def number(self, digits: str) -> bool:
        """The declared number, or its local part without the area code, or with an extension."""
        return any(
            one == digits or (len(digits) >= 7 and one.endswith(digits)) or digits == "86" + one.lstrip("0")
            for one in self.digits
        )

    def word(self, text: str) -> bool:
        return _bare(text) in self.words


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text.translate(_PLAIN)).casefold()


# --- numbers -------------------------------------------------------------------------------------

_ASCII_RUN = re.compile(rf"[0-9](?:{_GAP}{{0,3}}[0-9]){{6,}}(?:{_GAP}{{0,3}}[Xx](?![A-Za-z0-9]))?")
_NO_DIGIT = re.compile(r"[^0-9]+")
_GLUED_BEFORE = re.compile(r"[A-Za-z0-9_#$%]")
_GLUED_AFTER = re.compile(r"[A-Za-z0-9_]")
_CALLED_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:tel|phone|mobile|mob|cell|call|sms|wx|vx|weixin|wechat|qq|dh|sj|dianhua|shouji)[_#]?$",
    re.IGNORECASE,
)
"""Words by which a number may be glued to letters."""
_SUM_AFTER = re.compile(r"\s?(?:余|多)?(?:[万亿]?元|人次|[万亿])")
"""An amount of eleven figures is no telephone."""
_PHONE_CONTEXT = re.compile(
    r"(?:电话|電話|座机|传真|拨打|联系方式|热线|[Tt][Ee][Ll]|[Pp]hone|[Ff]ax)[^。；\n0-9]{0,8}$"
)


def _numbers(text: str, offset: int, run: str, permitted: _Permitted) -> Iterator[IdentifierHit]:
    plain = run if run.isascii() else run.translate(_PLAIN).translate(_HAN_TO_DIGIT)
    if len(_NO_DIGIT.sub("", plain)) < SHORTEST_WITHOUT_CONTEXT and not _PHONE_CONTEXT.search(
        text[max(0, offset - 24) : offset]
    ):
        return
    plain = run if run.isascii() else run.translate(_PLAIN)
    forms = [plain]
    if _HAN_DIGIT.search(run):
        # 之一13800138000: the 一 is a word there, so the digits alone are looked at as well.
        forms.append(plain.translate(_HAN_TO_DIGIT))
    for form in forms:
        for part in _ASCII_RUN.finditer(form):
            yield from _numbers_in(text, offset + part.start(), part[0], permitted)


def _numbers_in(text: str, offset: int, run: str, permitted: _Permitted) -> Iterator[IdentifierHit]:
    """Every number among the groups of one run, longest first; a group is never cut in two."""
    groups = [(found.start(), found.end()) for found in GROUP.finditer(run)]
    index = 0
    while index < len(groups):
        taken = 1
        for last in range(min(len(groups), index + MOST_DIGITS), index, -1):
            start, end = groups[index][0], groups[last - 1][1]
            digits = "".join(run[a:b] for a, b in groups[index:last]).upper()
            if not 7 <= len(digits) <= MOST_DIGITS:
                continue
            sizes = tuple(b - a for a, b in groups[index:last])
            if all(size == 1 for size in sizes):
                if len({run[b:c] for (_, b), (c, _) in itertools.pairwise(groups[index:last])}) > 1:
                    continue
                sizes = (len(sizes),)
            kind = _kind_of(digits, sizes, text, offset + start, offset + end, permitted)
            if kind is IdentifierKind.MOBILE or (kind and not _LIST_GAP.search(run, start, end)):
                yield IdentifierHit(kind=kind, start=offset + start, end=offset + end)
                taken = last - index
                break
        index += taken


def _kind_of(
    digits: str, sizes: tuple[int, ...], text: str, start: int, end: int, permitted: _Permitted
) -> IdentifierKind | None:
    """``sizes`` are those of the groups as written; a number written digit by digit counts as whole."""
    lead_in = text[max(0, start - 24) : start]
    if len(digits) < SHORTEST_WITHOUT_CONTEXT:
        known = is_local(digits, sizes) and _PHONE_CONTEXT.search(lead_in)
        return IdentifierKind.LANDLINE if known and not permitted.number(digits) else None
    glued = _GLUED_AFTER.match(text, end) is not None or (
        start > 0 and _GLUED_BEFORE.match(text, start - 1) is not None and not _CALLED_BEFORE.search(lead_in)
    )
    if glued or _SUM_AFTER.match(text, end) or (lead_in[-1:] == "." and lead_in[-2:-1].isdigit()):
        return None
    if is_identity_card(digits, sizes, lead_in):
        return IdentifierKind.IDENTITY_CARD
    if not digits.isdigit():
        return None
    if is_mobile(digits, sizes):
        return None if permitted.number(digits) else IdentifierKind.MOBILE
    if is_landline(digits, sizes):
        return None if permitted.number(digits) else IdentifierKind.LANDLINE
    if is_bank_card(digits, sizes):
        return IdentifierKind.BANK_CARD
    return None


# --- words ---------------------------------------------------------------------------------------

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}[ \u200b-\u200d]{0,2}@[ \u200b-\u200d]{0,2}"
    r"(?:[A-Za-z0-9\-]{1,63}\.)+[A-Za-z]{2,18}(?![A-Za-z0-9])"
)
# What may stand before the @; data say "@type" everywhere, and that is no address.
_MAILBOX_SIGN = re.compile(r"[@＠](?<=[\w.%+\-．＿％＋－\s\u200b-\u200d][@＠])")
_MAILBOX_END = re.compile(r"[\w.%+\-．＿％＋－][\s\u200b-\u200d]{0,2}$")
_EMAIL_IN_WORDS = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?[(\[【{<]\s?(?:at|艾特)\s?[)\]】}>]\s?"
    r"(?:[A-Za-z0-9\-]{1,63}\s?(?:\.|[(\[【{<]\s?dot\s?[)\]】}>])\s?)+[A-Za-z]{2,18}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_FILE_ENDING = re.compile(
    r"\.(?:png|jpe?g|webp|svg|gif|css|m?js|map|html?|json|xml|ya?ml|woff2?)$", re.IGNORECASE
)
_PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PLATE_PROVINCES}][ ·・•.\-]{{0,2}}[A-Za-z](?P<rest>(?:[ ·・•.\-]{{0,2}}[0-9A-Za-z]){{4,5}}[0-9A-Za-z挂学警港澳])"
    r"(?![0-9A-Za-z])"
)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9_#/\-.])(?:[EGD] ?[0-9]{8}|E ?[A-HJ-NP-Z][0-9]{7}|(?:DE|SE|PE) ?[0-9]{7}|[SP] ?[0-9]{7,8}|[HM] ?[0-9]{10})"
    r"(?![A-Za-z0-9_\-])"
)
_CAPITALS = frozenset(string.ascii_uppercase)
_PASSPORT_CONTEXT = re.compile(
    r"(?:护照|passport)[^。；\n]{0,12}?(?<![A-Za-z0-9])(?P<number>[A-Z]{0,2} ?[0-9]{7,9})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NUMERAL = "[0-9一二三四五六七八九〇零十○]"
_FULL_DAY = (
    rf"(?:(?:19|20|一九|二[〇零○])\s?{_NUMERAL}{{2}}\s?(?:年\s?{_NUMERAL}{{1,2}}\s?月\s?{_NUMERAL}{{1,3}}\s?[日号]?"
    r"|[-./]\s?[01]?[0-9]\s?[-./]\s?[0-3]?[0-9](?![0-9])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])))"
)
_BIRTH_BEFORE = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于|在)?|生于|诞生(?:于|日期)?|生日|生辰|birth[\s_\-]?(?:date|day)?|date of birth|born(?:[\s_\-]?on)?|dob)"
    rf"[\s\"'：:=＝是为,，(（</>a-z\-]{{0,12}}(?P<day>{_FULL_DAY})",
    re.IGNORECASE,
)
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_BIRTH_IN_ENGLISH = re.compile(
    r"(?:birth[\s_\-]?(?:date|day)?|born(?:[\s_\-]?on)?|dob)[\s\"':：=,]{0,6}"
    rf"(?P<day>{_MONTH_NAME}\s[0-3]?[0-9](?:st|nd|rd|th)?,?\s(?:19|20)[0-9]{{2}}"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)?\s(?:of\s)?{_MONTH_NAME},?\s(?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
# 69.12.03生: a year of two figures is one only where birth is told directly after it.
_BIRTH_IN_SHORT = re.compile(
    r"(?<![0-9.])(?P<day>[0-9]{2}\s?(?:[.\-/]\s?(?:0?[1-9]|1[0-2])\s?[.\-/]\s?(?:0?[1-9]|[12][0-9]|3[01])"
    r"|年\s?(?:0?[1-9]|1[0-2])\s?月\s?(?:0?[1-9]|[12][0-9]|3[01])\s?[日号]))\s?(?:出生|生(?=[，,。；;、）)\s<\"']|$|于|人|的))"
)
_BIRTH_AFTER = re.compile(rf"(?P<day>{_FULL_DAY})\s?(?:出生|诞生|生(?=[，,。；;、）)\s<\"']|$|于|人))")
_NUMBER_WORD = r"[0-9一二三四五六七八九〇零十百]{1,5}"
# A group or a household has a number like a door only where a village or a house stands before it.
_DOOR = (
    rf"(?:{_NUMBER_WORD}\s?[-之]?\s?(?:{_NUMBER_WORD})?\s?(?:号楼|号院|号|栋|幢|座|单元|室|弄)"
    rf"|(?:村|社区|乡|镇|屯|寨|庄|大队|街|路|巷|弄)第?\s?{_NUMBER_WORD}\s?(?:组|队)"
    rf"|[号栋幢]\s?{_NUMBER_WORD}\s?户)"
)
# 住 alone is also in 抓住 and 住院; it says where somebody lives only at the start of a phrase.
_BEFORE_LIVES = "，,。；;（(、：:\n \u3000>\"'人"
_HOME = re.compile(
    rf"(?:家住|家庭[住地]址|住址|现住址?|居住地址?|居住[在于]|户籍(?:地址?|所在地)|住[在于]|(?<=[{_BEFORE_LIVES}])住(?![院宿房建户手]))"
    rf"[^。；;！!？?\n]{{0,40}}?{_DOOR}"
)
_FLAT = re.compile(
    rf"{_NUMBER_WORD}\s?(?:号楼|栋|幢|座|号)\s?{_NUMBER_WORD}\s?单元\s?{_NUMBER_WORD}\s?(?:室|号|户|楼|层)?"
)


_ESTATES = ("小区", "花园", "家园", "公寓", "新村", "山庄", "新城", "华庭", "雅苑", "佳苑", "宿舍", "家属院")
_ROOM = re.compile(
    rf"(?:{'|'.join(_ESTATES)})[A-Za-z甲乙丙丁东南西北一二三]?区?\s?[0-9一二三四五六七八九十]{{1,3}}\s?(?:号楼|栋|幢|座|[-–—之])\s?"
    r"(?:[0-9一二三四五六七八九十]{1,3}\s?(?:单元|门|[-–—之])\s?)?[0-9一二三四五六七八九〇零]{3,5}(?![0-9年月元人名平米])"
)


def _emails(plain: str, permitted: _Permitted) -> Iterator[IdentifierHit]:
    for found in _EMAIL.finditer(plain):
        if not _FILE_ENDING.search(found[0]) and not permitted.word(found[0]):
            yield IdentifierHit(kind=IdentifierKind.EMAIL, start=found.start(), end=found.end())


def _written_emails(plain: str, permitted: _Permitted) -> Iterator[IdentifierHit]:
    """someone (at) example.cn."""
    for found in _EMAIL_IN_WORDS.finditer(plain):
        address = re.sub(r"[(\[【{<]\s?(?:at|艾特)\s?[)\]】}>]", "@", found[0], flags=re.IGNORECASE)
        address = re.sub(r"[(\[【{<]\s?dot\s?[)\]】}>]", ".", address, flags=re.IGNORECASE)
        if not permitted.word(address):
            yield IdentifierHit(kind=IdentifierKind.EMAIL, start=found.start(), end=found.end())


def _plates(plain: str, _: _Permitted) -> Iterator[IdentifierHit]:
    """GA 36: five characters with at most two letters, or six for 新能源 with one or two at an end."""
    for found in _PLATE.finditer(plain):
        rest = re.sub(r"[ ·・•.\-]", "", found["rest"])
        if sum(c.isdigit() for c in rest) >= len(rest) - 2:
            yield IdentifierHit(kind=IdentifierKind.NUMBER_PLATE, start=found.start(), end=found.end())


@lru_cache(4096)
@lru_cache(65_536)
def _may_begin_passport(before: str) -> bool:
    """``before`` are the two characters before digits. True where they end with a capital, however wide, or with
    a capital and a blank."""
    plain = before.translate(_PLAIN)
    return plain[-1:] in _CAPITALS or (plain[-1:] == " " and plain[:-1] in _CAPITALS)


def _passports(plain: str, _: _Permitted) -> Iterator[IdentifierHit]:
    for found in _PASSPORT.finditer(plain):
        yield IdentifierHit(kind=IdentifierKind.PASSPORT, start=found.start(), end=found.end())
    for found in _PASSPORT_CONTEXT.finditer(plain):
        start, end = found.span("number")
        yield IdentifierHit(kind=IdentifierKind.PASSPORT, start=start, end=end)


def _births(plain: str, _: _Permitted) -> Iterator[IdentifierHit]:
    for pattern in (_BIRTH_BEFORE, _BIRTH_AFTER, _BIRTH_IN_ENGLISH, _BIRTH_IN_SHORT):
        for found in pattern.finditer(plain):
            start, end = found.span("day")
            yield IdentifierHit(kind=IdentifierKind.BIRTH_DATE, start=start, end=end)


def _addresses(plain: str, permitted: _Permitted) -> Iterator[IdentifierHit]:
    for pattern in (_HOME, _FLAT, _ROOM):
        for found in pattern.finditer(plain):
            if not any(len(word) > 5 and word in _bare(found[0]) for word in permitted.words):
                yield IdentifierHit(kind=IdentifierKind.HOME_ADDRESS, start=found.start(), end=found.end())


_Finder = Callable[[str, _Permitted], Iterator[IdentifierHit]]
REACH = 96
"""Characters on each side of a gate word that a finder is shown; no pattern is longer."""


_OVER_LINES: frozenset[_Finder] = frozenset({_written_emails, _births, _addresses})


@cache
def _gate_words() -> tuple[tuple[str, _Finder], ...]:
    """Words without which a finder finds nothing, each with its finder."""
    words: list[tuple[str, _Finder]] = [("护照", _passports)]
    words += [(word, _passports) for word in ("passport", "Passport", "PASSPORT")]
    words += [(word, _births) for word in ("出生", "诞生", "生于", "生日", "生辰", "日生", "日 生", "号生")]
    words += [(f"{digit}生", _births) for digit in string.digits]
    words += [(word, _births) for word in ("birth", "Birth", "BIRTH", "born", "Born", "dob", "DOB")]
    words += [(word, _addresses) for word in ("家住", "住址", "现住", "居住", "住在", "住于", "户籍", "单元")]
    words += [(before + "住", _addresses) for before in _BEFORE_LIVES]
    words += [(estate, _addresses) for estate in _ESTATES]
    for left, right in ("()", "[]", "（）", "【】", "{}"):
        words += [(left + at + right, _written_emails) for at in ("at", "AT", "At", " at ", "艾特")]
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in string.ascii_letters)
    words += [
        (province + following, _plates)
        for province in _PLATE_PROVINCES
        for following in string.ascii_letters + wide + " \u3000·・•.．"
    ]
    return tuple(words)


@cache
def _gates() -> BytesAhoCorasick:
    return BytesAhoCorasick([word.encode() for word, _ in _gate_words()])


@cache
def _gates_over_lines() -> BytesAhoCorasick:
    return BytesAhoCorasick([word.encode() for word, finder in _gate_words() if finder in _OVER_LINES])


def _found_in(text: str, words: BytesAhoCorasick) -> Iterator[tuple[int, int, int]]:
    """(number of the word, start, end) of words in ``text``, which is read as UTF-8: that takes a third of the time."""
    data = text.encode()
    begins = last = 0
    for number, start, end in words.find_matches_as_indexes(data):
        begins += len(data[last:start].decode())
        last = start
        yield number, begins, begins + len(data[start:end].decode())


_LEADS = (
    *("电话", "電話", "座机", "传真", "拨打", "联系方式", "热线", "tel", "phone", "fax"),
    *("身份证", "身份號碼", "公民身份", "证件", "證件", "护照", "passport"),
)
_SOON_ENDS = re.compile(r"[^。；\n]{0,12}$", re.MULTILINE)


@cache
def _leads() -> BytesAhoCorasick:
    return BytesAhoCorasick([word.encode() for word in _LEADS])


def may_lead(text: str) -> Iterator[int]:
    """Places in ``text`` of words by which a number is known that comes next, where a line ends soon after them. They
    reach over no end of a line; what was cut into lines it matters to."""
    data = text.encode()
    begins = last = 0
    for number, start, _ in sorted(
        _leads().find_matches_as_indexes(data.lower(), overlapping=True), key=itemgetter(1)
    ):
        begins += len(data[last:start].decode())
        last = start
        if _SOON_ENDS.match(text, begins + len(_LEADS[number])):
            yield begins


def may_go_on(text: str) -> Iterator[int]:
    """Places in ``text`` of words by which an identifier is known even where it goes on in another line. Numbers,
    plates and plain e-mail addresses never do."""
    return (start for _, start, _ in _found_in(whole_characters(text), _gates_over_lines()))


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans with ``REACH`` on both sides, those that touch made one."""
    first, last = -1, -1
    for start, end in sorted(spans):
        if start - REACH > last and last >= 0:
            yield first, last
            first = -1
        if first < 0:
            first = max(0, start - REACH)
        last = end + REACH
    yield first, last


def _without_overlaps(hits: list[IdentifierHit]) -> Iterator[IdentifierHit]:
    """By place; of two that overlap the longer stays."""
    kept: list[IdentifierHit] = []
    for hit in sorted(hits, key=lambda item: (item.start - item.end, item.start, item.kind)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    yield from sorted(kept, key=lambda item: item.start)
