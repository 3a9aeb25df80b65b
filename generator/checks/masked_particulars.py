"""隐名以后 (after masking): details that still tell who a masked person is.

The page says 骆某某, 五十余岁. A correction that still says 原为52岁 更正为51岁 says more than the page;
so does a narrative with the post, the place, or the unit without its city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generator.cases.case import Case, Person
from generator.checks.people_of_case import Cast, Telling, words
from generator.disclosure.masking import find_private_mentions, reduce_place
from generator.disclosure.ways_of_writing import numeral, unit_without_place
from generator.disclosure.who_is_shown import age_at_act, is_minor
from generator.source.model.site_settings import Masking

_FIGURES = dict(zip(map(ord, "０１２３４５６７８９"), "0123456789", strict=True))
_ZODIAC = "猴鸡狗猪鼠牛虎兔龙蛇马羊"
"""生肖 of a year, by the rest of its division by twelve."""
_SHORTEST_POST, _TELLING_POST, _SHORTEST_PLACE = 2, 4, 4


def find_particulars(
    case: Case, field: str, text: str, cast: Cast, masking: Masking, today: date
) -> Iterator[Telling]:
    """DIS026 (age, year of birth) and DIS027 (unit, post, residence, place) of the masked persons of a case; of
    withheld persons, their work and year of birth."""
    text = text.translate(_FIGURES)
    for person in cast.withheld:
        yield from _work(text, person, shortest_post=_TELLING_POST)
        yield from (replace(told, sure=False) for told in _year(text, person))
    if not cast.masked:
        return
    in_correction = ".corrections[" in field
    shown_ages = {age_at_act(case, person) for person in cast.shown}
    for person in cast.masked:
        age = age_at_act(case, person)
        if age is not None and masking.age != "exact":
            for start, end in _ages(text, age):
                yield Telling(code="DIS026", start=start, end=end, sure=age not in shown_ages)
        yield from _year(text, person)
        yield from _work_and_home(text, person, masking, minor=is_minor(case, person, today))
    if in_correction:
        if masking.age != "exact":
            for told in re.finditer(words()["any_age"], text):
                yield Telling(code="DIS026", start=told.start(), end=told.end(), sure=not cast.shown)
        if field.endswith(".what") and not cast.shown and (named := re.search(words()["personal"], text)):
            yield Telling(code="DIS027", start=named.start(), end=named.end(), sure=False)
    if not cast.shown and masking.place != "full" and field != "act.place":
        yield from _place(case, text)


def _ages(text: str, age: int) -> Iterator[tuple[int, int]]:
    forms = (str(age), numeral(age)) if age < 100 else (str(age),)
    if not any(form in text for form in forms):
        return  # nearly every text: no pattern of this age need be made
    written = "|".join(forms)
    for pattern in words()["ages"]:
        for found in re.finditer(pattern.replace("A", written), text):
            yield found.span()


def _year(text: str, person: Person) -> Iterator[Telling]:
    """一九七四年出生, 74年生, 1974 in a correction of the year of birth."""
    born = person.private.born_on
    year = born.year if born is not None else person.born.year if person.born is not None else None
    if year is None:
        return
    han = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    full, short = f"{year}|{han}", f"{year % 100:02}|{han[2:]}"
    # Before the spring festival the year is still the last one's.
    animals = [_ZODIAC[which % 12] for which in (year, year - 1)]
    if not any(form in text for form in (*short.split("|"), *animals)):
        return  # nearly every text: no pattern of this year need be made
    for pattern in words()["years"]:
        for found in re.finditer(pattern.replace("Y", full).replace("S", short), text):
            yield Telling(code="DIS026", start=found.start(), end=found.end())
    for found in re.finditer(words()["zodiac"].replace("Z", "|".join(animals)), text):
        yield Telling(code="DIS026", start=found.start(), end=found.end(), sure=False)
    if re.fullmatch(rf"(?:{full})年?(?:[0-9]{{1,2}}月)?", text):
        yield Telling(code="DIS026", start=0, end=len(text))


def _work_and_home(text: str, person: Person, masking: Masking, *, minor: bool) -> Iterator[Telling]:
    if masking.unit == "none" or minor:
        yield from _work(text, person, shortest_post=_SHORTEST_POST)
    sought: list[str] = []
    if person.residence is not None and reduce_place(person.residence, "district") == person.residence:
        sought += [f"{before}{person.residence}" for before in ("住", "家住", "住在", "居住在", "现住")]
        sought += [f"{person.residence}{after}" for after in ("居民", "人", "村民")]
    for mention in find_private_mentions(text, sought):
        yield Telling(code="DIS027", start=mention.start, end=mention.end, sure=False)


def _work(text: str, person: Person, *, shortest_post: int) -> Iterator[Telling]:
    """云枫数控设备, 夜班看守. 民警 and 司机 stand in every narrative: of somebody withheld they tell nothing."""
    short = unit_without_place(person.unit) if person.unit is not None else ""
    post = person.post if person.post is not None and len(person.post) >= shortest_post else ""
    for mention in find_private_mentions(text, [word for word in (short, post) if word]):
        yield Telling(code="DIS027", start=mention.start, end=mention.end, sure=False)


def _place(case: Case, text: str) -> Iterator[Telling]:
    """The place of the act, which the page leaves out where everybody is masked."""
    if case.act is None or (place := case.act.place) is None:
        return
    _, district, after = place.partition(case.act.district or "\n")
    tail = after if district else place.removeprefix(reduce_place(place, "district") or "")
    if re.search(words()["anywhere"], tail):
        return
    sought = [word for word in dict.fromkeys((place, tail)) if len(word) >= _SHORTEST_PLACE]
    for mention in find_private_mentions(text, sought):
        yield Telling(code="DIS027", start=mention.start, end=mention.end, sure=False)
