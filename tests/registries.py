"""Random registries with a canary in every private field.

A canary is made of characters of CJK Extension A, which no public text of the site uses: one of them
anywhere in what was built is a leak, whatever the audit says. Numbers and names in Latin letters are
canaries by being drawn at random; :attr:`Registry.numbers` lists them.

Some of what is hidden is no canary, for somebody else shows it: a namesake, an employer, the name of a group, one
part of a compound name. It may stand in the site and must not stand in the files of its own record;
:attr:`Registry.elsewhere` tells which those are.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from generator.disclosure.masking import surname_of
from generator.public.verification.certificate_code import new_code
from tests.projects import AS_OF

Tree = dict[str, Any]

TODAY = AS_OF.date()
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_COMPOUND = ("欧阳", "司马", "上官", "诸葛")
_GIVEN = "明华军平安斌涛晓春秀英兰丽梅云飞"
_PARTS = ("阿卜杜拉", "买买提", "古丽娜尔", "吐尔逊", "巴特尔", "其其格")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_UNITS = ("长江航运公司", "武汉市汉江轮渡有限公司", "武汉市第二机床厂")
_GROUPS = ("湖边救援小组", "汉江义务救援队")
_BOARDS = ("江欣苑社区公告栏", "汉江村村务公开栏")
_PLACES = ("江堤步道", "沿湖大道", "老街菜场", "环城公路")
_DISTRICTS = ("汉阳区", "武昌区", "洪山区")
_CANARY = re.compile("[\u3400-\u4dbf]")
_KINDS = ("water_rescue", "fire_rescue", "traffic_rescue", "stop_crime", "other_rescue")
_GROUNDS = ("safety", "asked_by_person", "asked_by_kin", "decided_by_organ", "other")


@dataclass(slots=True)
class Registry:
    """一个随机登记册: case files by path below ``registry/cases``, and the numbers that never appear."""

    cases: dict[str, Tree] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> Iterator[tuple[str, str]]:
        """(public id, words) that are hidden in the record of that id, and may be shown in another."""
        for tree in self.cases.values():
            words = set(_shared_and_hidden(tree))
            yield from ((tree["notice"]["id"], text) for text in words)
            yield from ((honour["id"], text) for honour in tree.get("honours", ()) for text in words)


def _shared_and_hidden(tree: Tree) -> Iterator[str]:
    public = tree["level"] == "public"
    hidden = [person for person in tree["persons"] if person["disclosure"] != "full" or not public]
    shown_units = {person.get("unit") for person in tree["persons"] if person not in hidden}
    for person in hidden:
        yield person["name"]
        yield from (person[key] for key in ("unit",) if key in person and person[key] not in shown_units)
    for person in tree["persons"]:
        yield from person["private"]["kin"]
    for objection in tree.get("objections", ()):
        objector = objection["objector"]
        yield from (name for name in (objector.get("name"), *objector.get("joined_by", ())) if name)


def random_registry(seed: int, *, most_cases: int = 4) -> Registry:
    """The registry of ``seed``."""
    return _Maker(random.Random(seed)).registry(most_cases)


def canaries_in(text: str) -> list[str]:
    """Canary characters that stand in ``text``."""
    return _CANARY.findall(text)


def without_withheld(registry: Registry, rng: random.Random, *, renumber: bool = True) -> Registry:
    """The registry as if nothing withheld existed.

    With ``renumber`` the internal numbers and the names of the files are others as well, and so is
    their order.
    """
    kept: dict[str, Tree] = {}
    for name, tree in registry.cases.items():
        if tree["level"] == "confidential":
            continue
        tree = copy.deepcopy(tree)
        # A key may be left out where nothing in the record points to the person.
        hidden = {
            person.get("key") for person in tree.get("persons", ()) if person["disclosure"] == "withheld"
        }
        tree["persons"] = [person for person in tree.get("persons", ()) if person["disclosure"] != "withheld"]
        tree["honours"] = [
            honour for honour in tree.get("honours", ()) if _keep(honour, "recipients", hidden)
        ]
        _drop_acts(tree, hidden)
        if "not_confirmed" in tree.get("outcome", {}):
            _keep(tree["outcome"], "not_confirmed", hidden)
        for person in tree["persons"]:
            person.pop("withholding", None)
            if "injury_consent" not in person:
                person.pop("injured", None)
            person["private"] = {
                key: value for key, value in person.get("private", {}).items() if key == "born_on"
            }
            if person["disclosure"] == "masked" and tree["level"] == "public":
                person["withholding"] = _plain_withholding()
        if "withholding" in tree:
            tree["withholding"] = _plain_withholding()
        for objection in tree.get("objections", ()):
            objection.pop("objector", None)
            objection.pop("note", None)
            if objection["received_on"] <= str(TODAY):
                # On which day it came shows nowhere.
                objection["received_on"] = tree["notice"]["published_at"][:10]
        if "objections" in tree and tree["notice"]["period"].get("closes_on", "") >= str(TODAY):
            # Nor, while the period runs, that it came at all.
            tree["objections"] = [item for item in tree["objections"] if "resolved_on" in item]
        tree.pop("private", None)
        if not tree["persons"]:
            del tree["persons"]
        kept[name] = tree
    if not renumber:
        return Registry(cases=kept)
    trees = list(kept.values())
    rng.shuffle(trees)
    for number, tree in enumerate(trees):
        tree["case"] = f"other-{number:03}"
    return Registry(cases={f"wuhan/2026/n{number:03}.yml": tree for number, tree in enumerate(trees)})


def _keep(thing: Tree, field: str, hidden: set[str]) -> bool:
    """Take the hidden keys out of a list of persons; whether that leaves something to tell."""
    before = thing.get(field, [])
    thing[field] = [key for key in before if key not in hidden]
    return bool(thing[field]) or not before


def _drop_acts(tree: Tree, hidden: set[str]) -> None:
    """An act of somebody hidden alone goes with them; of those that are told, the first is the act."""
    told = [act for act in (tree.get("act"), *tree.pop("further_acts", ())) if act]
    told = [act for act in told if _keep(act, "persons", hidden)]
    tree.pop("act", None)
    if told:
        tree["act"], *further = [{key: act[key] for key in act if key != "case"} for act in told]
        if further:
            tree["further_acts"] = further


def _plain_withholding() -> Tree:
    return {
        "ground": "safety",
        "article": "第十一条第一款",
        "decided_by": "武汉市测试机关（示例）",
        "decided_on": "2026-10-21",
    }


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.numbers: list[str] = []
        self.used: set[str] = set()
        self.of_case: set[str] = set()
        self.told_as: dict[str, str] = {}
        self.serial = 0
        self.honours = 0
        self.common_names = [self.plain_name() for _ in range(2)]

    def registry(self, most_cases: int) -> Registry:
        cases: dict[str, Tree] = {}
        for _ in range(self.rng.randint(1, most_cases)):
            self.serial += self.rng.randint(1, 3)
            tree = self.case()
            cases[f"wuhan/2026/{tree['case']}.yml"] = tree
        return Registry(cases=cases, numbers=self.numbers)

    def chance(self, likelihood: float) -> bool:
        return self.rng.random() < likelihood

    def canary(self, length: int = 4) -> str:
        """Words that stand nowhere else."""
        while True:
            text = "".join(chr(self.rng.randint(0x3400, 0x4DBF)) for _ in range(length))
            if text not in self.used:
                self.used.add(text)
                return text

    def number(self, length: int) -> str:
        while True:
            text = str(self.rng.randint(10 ** (length - 1), 10**length - 1))
            if text not in self.numbers:
                self.numbers.append(text)
                return text

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    def name(self, *, secret: bool) -> str:
        """A name that nobody else of its case has; elsewhere it may be a namesake's."""
        if self.chance(0.35):
            name = self.rng.choice(self.common_names)
        elif self.chance(0.15):
            name = self.secret_name_of_parts() if secret else "·".join(self.rng.sample(_PARTS, 2))
        else:
            name = self.surname() + self.canary(self.rng.randint(1, 2)) if secret else self.plain_name()
        if name in self.of_case:
            return self.name(secret=secret)
        self.of_case.add(name)
        return name

    def surname(self) -> str:
        return self.rng.choice(_COMPOUND) if self.chance(0.15) else self.rng.choice(_SURNAMES)

    def plain_name(self) -> str:
        while True:
            name = self.surname() + "".join(self.rng.sample(_GIVEN, 2))
            if name not in self.used:
                self.used.add(name)
                return name

    def secret_name_of_parts(self) -> str:
        """阿㐀㐁·㐂㐃㐄; one that shares a part with somebody's, as those of a father and a child do; or in letters."""
        first = self.rng.choice(_PARTS)[0] + self.canary(2)
        if self.chance(0.3):
            words = ["".join(self.rng.choices(_LETTERS, k=9)).capitalize() for _ in range(2)]
            self.numbers += words
            return " ".join(words)
        return f"{first}·{self.rng.choice(_PARTS) if self.chance(0.4) else self.canary(3)}"

    def unit(self, *, secret: bool) -> str:
        return self.rng.choice(_UNITS) if not secret or self.chance(0.3) else f"{self.canary()}公司"

    def case(self) -> Tree:
        rng = self.rng
        self.of_case, self.told_as = set(), {}
        level = rng.choice(("public", "public", "public", "masked", "confidential"))
        published = self.day(TODAY - timedelta(days=400), TODAY + timedelta(days=20))
        happened = published - timedelta(days=rng.randint(30, 80))
        secret = level == "confidential"
        persons = [self.person(level, index, happened) for index in range(rng.randint(1, 3))]
        if not secret and all(person["disclosure"] == "withheld" for person in persons):
            persons.append(self.person(level, len(persons), happened, disclosure="masked"))
        shown = [person for person in persons if person["disclosure"] != "withheld"]
        tree: Tree = {
            "case": f"{self.canary()}-{self.serial}",
            "jurisdiction": "wuhan",
            "level": level,
            "authority": "wuhan-test",
            "act": self.act(happened, persons, level),
            "persons": persons,
            "procedure": {
                "applied_on": str(happened + timedelta(days=3)),
                "accepted_on": str(happened + timedelta(days=5)),
                "opinion_on": str(happened + timedelta(days=7)),
                "proposed_on": str(happened + timedelta(days=9)),
            },
            "private": {
                "handler": self.canary(),
                "note": self.canary(12),
                "never_publish": [self.canary()],
                "other_than": [f"{self.canary()}-0"],
            },
        }
        if level != "public":
            tree["withholding"] = self.withholding()
        if self.chance(0.3):
            hidden = secret and self.chance(0.6)
            tree["group"] = {"name": f"{self.canary()}救援小组" if hidden else rng.choice(_GROUPS)}
            if not secret and self.chance(0.5):
                tree["group"]["head_count"] = str(len(shown))
        tree["notice"] = self.notice(published, level)
        if self.chance(0.3):
            tree["objections"] = [self.objection(published)]
        if published < TODAY - timedelta(days=20) and self.chance(0.7):
            tree["outcome"] = self.outcome(published)
        confirmed = tree.get("outcome", {}).get("kind") == "confirmed"
        hidden_keys = [item["key"] for item in persons if item["disclosure"] == "withheld"]
        if hidden_keys and not secret:
            self.alone(tree, happened, hidden_keys, [item["key"] for item in shown])
        if confirmed and self.chance(0.8):
            decided = date.fromisoformat(tree["outcome"]["decided_on"])
            tree["honours"] = [self.honour(persons, decided, level) for _ in range(rng.randint(1, 2))]
            if self.chance(0.2):
                tree["revocation"] = {
                    "revoked_on": str(decided + timedelta(days=rng.randint(5, 300))),
                    "organ": "武汉市测试机关（示例）",
                    "ground": "经查申报材料不实",
                    "article": "第二十条",
                }
        return tree

    def person(self, level: str, index: int, happened: date, *, disclosure: str | None = None) -> Tree:
        rng = self.rng
        chosen = disclosure or rng.choice(("full", "full", "masked", "withheld"))
        age = rng.choice((9, 15, 17, 22, 45, 80))
        born = date(happened.year - age - 1, rng.randint(1, 12), rng.randint(1, 28))
        lived = happened.year - born.year - ((happened.month, happened.day) < (born.month, born.day))
        tells_age = self.chance(0.5)
        minor = lived < 18 or (tells_age and age < 18)
        consents = minor and self.chance(0.5)
        hidden = chosen != "full" or level != "public" or (minor and not consents)
        tree: Tree = {
            "key": f"p{index + 1}",
            "name": self.name(secret=hidden),
            "disclosure": chosen,
            "sex": rng.choice(("男", "女")),
            "private": {
                "id_number": self.number(18),
                "phone": self.number(11),
                "email": f"{self.number(12)}@mail.example",
                "bank_card": self.number(19),
                "home_address": self.canary(8),
                "born_on": str(born),
                "school": f"{self.canary()}中学",
                "class_name": f"{self.canary()}班",
                "kin": [self.name(secret=True)],
                "note": self.canary(10),
                "never_publish": [self.canary()],
            },
        }
        self.told_as[tree["key"]] = f"{surname_of(tree['name'])}某" if hidden else tree["name"]
        if chosen != "full" and level == "public":
            tree["withholding"] = self.withholding()
        if consents:
            tree["guardian_consent"] = {"given_on": "2025-01-01", "given_by": self.name(secret=True)}
        if self.chance(0.7):
            # A minor's unit is a school, and never shown, consent or not.
            private_unit = hidden or minor
            tree["unit"] = self.unit(secret=private_unit)
            tree["post"] = self.canary() if private_unit else "驾驶员"
            tree["residence"] = f"{self.canary()}社区" if private_unit else "武汉市汉阳区"
        if self.chance(0.3):
            told = not hidden and self.chance(0.5)
            tree["injured"] = "右臂擦伤" if told else self.canary()
            if told:
                given_by = "guardian" if minor else rng.choice(("person", "kin"))
                tree["injury_consent"] = {"given_on": "2025-01-01", "given_by": given_by}
            tree["ethnicity"] = self.canary() if hidden else "汉族"
        if self.chance(0.3):
            tree["native_place"] = self.canary() if hidden else "湖北黄陂"
            tree["political_status"] = self.canary() if hidden else "中共党员"
        if self.chance(0.1):
            tree["deceased"] = rng.choice(("in_the_act", "later", "unsaid"))
        if tells_age:
            tree["age_at_act"] = str(age)
        elif not hidden:
            tree["born"] = f"{born.year}-{born.month:02}"
        return tree

    def alone(self, tree: Tree, happened: date, hidden: list[str], shown: list[str]) -> None:
        """Sometimes those withheld did something else, of which nothing is told; or were refused by themselves."""
        if self.chance(0.4):
            other = {
                "happened_on": str(happened),
                "kind": self.rng.choice(_KINDS),
                "place": self.canary(6),
                "summary": self.canary(12),
                "narrative": self.canary(20),
                "persons": list(hidden),
                "case": f"{self.canary()}-1",
            }
            tree["act"]["persons"] = shown
            tree["further_acts"] = [other]
        if tree.get("outcome", {}).get("kind") == "confirmed" and self.chance(0.4):
            tree["outcome"]["not_confirmed"] = list(hidden)

    def withholding(self) -> Tree:
        return {
            "ground": self.rng.choice(_GROUNDS),
            "article": "第十一条第一款",
            "decided_by": "武汉市测试机关（示例）",
            "decided_on": "2026-10-21",
            "ends_on": "2026-11-01",
            "note": self.canary(10),
        }

    def act(self, happened: date, persons: list[Tree], level: str) -> Tree:
        if level == "confidential":
            narrative = "，".join([*(person["name"] for person in persons), self.canary(20)])
            place, summary, verification = self.canary(6), self.canary(12), self.canary(10)
        else:
            shown = [person for person in persons if person["disclosure"] != "withheld"]
            narrative = f"{'、'.join(self.told_as[person['key']] for person in shown)}听见呼救，上前救起一人。\n\n获救者无恙。"
            place, summary, verification = self.rng.choice(_PLACES), "救起一名遇险者", "经走访目击者核实。"
        return {
            "happened_on": str(happened),
            "at": "17时许",
            "kind": self.rng.choice(_KINDS),
            "place": place,
            "district": self.rng.choice(_DISTRICTS),
            "summary": summary,
            "narrative": narrative,
            "verification": verification,
        }

    def notice(self, published: date, level: str) -> Tree:
        closes = published + timedelta(days=self.rng.randint(8, 12))
        tree: Tree = {
            "id": f"wuhan-{published.year}-{self.serial:04}",
            "published_at": f"{published}T09:00",
            "order": self.rng.choice(("before_decision", "after_decision")),
            "period": {"opens_on": str(published), "closes_on": str(closes), "first_day_counts": "true"},
        }
        if level == "confidential":
            tree["title"] = self.canary(10)
        if self.chance(0.2):
            tree["corrections"] = [
                {"corrected_on": str(published + timedelta(days=2)), "what": "更正行为发生的时间"}
            ]
        if self.chance(0.3):
            kind, place = self.rng.choice(
                (("media", "长江日报"), *(("residence", board) for board in _BOARDS))
            )
            tree["postings"] = [{"kind": kind, "place": place, "posted_on": str(published)}]
        return tree

    def objection(self, published: date) -> Tree:
        received = published + timedelta(days=self.rng.randint(1, 14))
        objector: Tree = {"phone": self.number(11)}
        if self.chance(0.8):
            objector["name"] = self.name(secret=True)
        if self.chance(0.5):
            objector["address"] = (
                f"{self.canary(4)}{self.rng.choice(('小区', '村'))}{self.rng.randint(1, 99)}号"
            )
        if self.chance(0.3):
            objector["joined_by"] = [self.name(secret=True) for _ in range(self.rng.randint(1, 2))]
        if self.chance(0.2):
            local = self.number(8)
            objector["phone"] = f"027-{local}"
        tree: Tree = {"received_on": str(received), "objector": objector, "note": self.canary(12)}
        if self.chance(0.6):
            tree["resolved_on"] = str(received + timedelta(days=2))
            tree["result"] = self.rng.choice(("dismissed", "withdrawn"))
        return tree

    def outcome(self, published: date) -> Tree:
        decided = published + timedelta(days=self.rng.randint(14, 19))
        return {
            "kind": self.rng.choice(("confirmed", "confirmed", "confirmed", "not_confirmed", "withdrawn")),
            "decided_on": str(decided),
            "organ": "武汉市测试机关（示例）",
        }

    def honour(self, persons: list[Tree], decided: date, level: str) -> Tree:
        self.honours += 1
        published = self.day(decided, decided + timedelta(days=40))
        chosen = self.rng.sample(persons, self.rng.randint(1, len(persons)))
        return {
            "id": f"wuhan-{published.year}-h{self.honours:04}",
            "published_on": str(published),
            "recipients": [person["key"] for person in chosen],
            "verb": "授予",
            "title": self.canary() if level == "confidential" else "见义勇为先进个人",
            "level": "city",
            "grantor": "武汉市测试机关（示例）",
            "basis": "测试奖励办法（示例）",
            "decided_on": str(decided),
            "certificate_code": self.certificate_code(),
        }

    def certificate_code(self) -> str:
        code = new_code(self.rng.choice)
        self.numbers.append(code)
        return code


def private_texts(tree: Any, key: str = "") -> Iterator[str]:
    """Every canary of a tree, for tests that look for them one by one."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from private_texts(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from private_texts(value, key)
    elif isinstance(tree, str) and canaries_in(tree):
        yield tree
