"""说漏的字句 (betraying texts): what a clerk could write into a public text of a random registry and must not.

Each tells of somebody of the same record who is withheld or masked, or of whoever objected. ``check`` refuses the
registry that has one, or, where the words may as well be somebody else's, asks about it.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.checks.people_of_case import words
from generator.disclosure.masking import surname_of
from generator.disclosure.ways_of_writing import given_name_of
from generator.spellings.folding import is_han
from tests.registries import Registry, Tree

_NUMERALS = "〇一二三四五六七八九"
_TITLES = ("师傅", "先生", "女士", "同志")


@dataclass(frozen=True, slots=True, kw_only=True)
class Betrayal:
    """说漏的一处: ``cases`` are those of the registry with the words in the file ``file``. ``refused`` where it is
    certain whom they tell of; else somebody is asked."""

    how: str
    file: str
    refused: bool
    cases: dict[str, Tree]


@dataclass(frozen=True, slots=True)
class _Words:
    how: str
    text: str
    refused: bool = True


def betrayal(registry: Registry, rng: random.Random) -> Betrayal | None:
    """One of ``registry``, drawn by ``rng``; None where nobody of a public record is hidden."""
    possible = [
        (file, told)
        for file, tree in registry.cases.items()
        if tree["level"] != "confidential"
        for told in _of_case(tree, rng)
    ]
    if not possible:
        return None
    # By kind first, or those of which every record has ten would be all that is drawn.
    how = rng.choice(sorted({told.how for _, told in possible}))
    file, told = rng.choice([item for item in possible if item[1].how == how])
    cases = copy.deepcopy(registry.cases)
    _write(cases[file], told.text, rng)
    return Betrayal(how=how, file=file, refused=told.refused, cases=cases)


def _write(tree: Tree, text: str, rng: random.Random) -> None:
    """Put ``text`` into one of the texts that the public reads."""
    act, notice = tree["act"], tree["notice"]
    places: list[tuple[Tree, str]] = [(act, "narrative"), (act, "summary"), (act, "verification")]
    places += [(item, "what") for item in notice.get("corrections", ())]
    places += [(item, "public_reason") for item in tree.get("objections", ()) if "resolved_on" in item]
    places += [(tree[key], "public_reason") for key in ("outcome",) if key in tree]
    places += [(tree[key], "ground") for key in ("revocation",) if key in tree]
    holder, key = rng.choice(places)
    before = holder.get(key, "经核实")
    holder[key] = f"{before.rstrip('。')}。{text}。" if rng.random() < 0.5 else f"{text}。{before}"


def _of_case(tree: Tree, rng: random.Random) -> Iterator[_Words]:
    persons = tree["persons"]
    withheld = [person for person in persons if person["disclosure"] == "withheld"]
    visible = [person for person in persons if person["disclosure"] != "withheld"]
    masked = [p for p in visible if p["disclosure"] == "masked" or tree["level"] == "masked"]
    surnames = {surname_of(person["name"]) for person in visible}
    for person in (*withheld, *masked):
        yield from _of_hidden(person, {p.get("unit") for p in visible if p not in masked}, rng)
    for person in withheld:
        yield from _by_surname(person["name"], surnames, rng)
    for person in persons:
        yield from _private(person["private"], rng)
    if withheld:
        number = _NUMERALS[len(persons)]
        yield _Words("a number of people", f"{number}名市民先后跳入水中")
        yield _Words("said outright", "另有一人要求不公开姓名")
    for item in tree.get("objections", ()):
        yield from _of_objector(item["objector"], rng)


def _of_hidden(person: Tree, shown_units: set[str | None], rng: random.Random) -> Iterator[_Words]:
    name = person["name"]
    yield _Words("a name", rng.choice((f"{name}也在场", f"据{name}说", " ".join(name) + "也在场")))
    if "·" in name:
        first = name.partition("·")[0]
        yield _Words("a part of a name", f"{first}也在场")
    if given := given_name_of(name):
        # 平安 and 明华 are words or anybody's; the characters of a canary are neither.
        yield _Words("a given name", f"随后{given}赶到", refused=not given.isascii() and _is_canary(given))
    if "unit" in person and person["unit"] not in shown_units:
        yield _Words("a unit", f"系{person['unit']}职工")


def _by_surname(name: str, others: set[str], rng: random.Random) -> Iterator[_Words]:
    """赵师傅 of a withheld person: of a common surname it may be anybody, of a shared one it is the other."""
    surname = surname_of(name)
    if surname in others or not is_han(surname[0]) or "·" in name:
        return
    told = rng.choice((f"{surname}某某", *(surname + title for title in _TITLES)))
    yield _Words("a surname", f"{told}递来绳子", refused=surname not in words()["common_surnames"])


def _private(private: dict[str, Any], rng: random.Random) -> Iterator[_Words]:
    phone, card = private["phone"], private["id_number"]
    yield _Words("a telephone", rng.choice((f"电话{phone}", f"电话{phone[:3]} {phone[3:7]} {phone[7:]}")))
    yield _Words("an identity number", f"身份证号{card}")
    yield _Words("an address", f"家住{private['home_address']}")
    year, month, day = private["born_on"].split("-")
    born = rng.choice(
        (f"{year}年{int(month)}月{int(day)}日", private["born_on"], f"{year}.{int(month)}.{int(day)}")
    )
    yield _Words("a birth date", f"{born}出生")
    yield _Words("somebody's kin", f"其亲属{private['kin'][0]}在岸边")
    yield _Words("a school", f"就读于{private['school']}")
    yield _Words("a word never to be published", private["never_publish"][0])


def _of_objector(objector: Tree, rng: random.Random) -> Iterator[_Words]:
    names = [name for name in (objector.get("name"), *objector.get("joined_by", ())) if name]
    if names:
        yield _Words("an objector's name", f"答复{rng.choice(names)}")
    yield _Words("an objector's telephone", f"已电话告知{objector['phone']}")
    if "address" in objector:
        yield _Words("an objector's address", f"已送达{objector['address']}")


def _is_canary(text: str) -> bool:
    return all("\u3400" <= character <= "\u4dbf" for character in text)
