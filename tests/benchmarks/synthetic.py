"""仿真登记册 (synthetic registry): any number of invented case records, the same for the same seed.

Lengths and states are like those of the sample registry: about two kilobytes a record; one to four
persons; groups, honours, objections, corrections and revocations; some masked, withheld and
confidential. Settings, policies and theme are copied from this repository.

Words that are withheld are made of characters that no public text here uses, so that the audit
finds nothing but what really leaked: with tens of thousands of real names many would be namesakes.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from generator.public.verification.certificate_code import new_code

ROOT = Path(__file__).parent.parent.parent
AS_OF = "2026-11-22T09:00+08:00"
TODAY = date(2026, 11, 22)
FIRST_YEAR = 2005
_DAYS_OPEN = 8
"""Days from the first to the last of a notice, at least."""

Node: TypeAlias = "str | Sequence[Node] | Mapping[str, Node]"

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_GIVEN = "建国志强伟明华军平安文斌海涛晓东春生秀英玉兰桂芳丽娟雪梅淑珍云飞宏远立新永胜世杰家豪子涵雨欣思源浩然俊辉振宇学锋广德承业继光少华利民长青红霞芝燕凤琴"
_RARE_SURNAMES = "逄鄢隗厍璩粟仝佘亓爨"
_RARE = "珺玥翀昇喆堃垚霁蓁彧翯翙曦昶璟瑄玙珵珩璇瑭琮璘珣琰骁骉骢骦犇猋毓禛祎祯禧穰穆稷稞筠箬篪簃籁綦綮缦缨"
_KINDS = ("water_rescue", "fire_rescue", "traffic_rescue", "stop_crime", "pursue_offender", "disaster_relief")
_HOURS = ("清晨", "7时许", "9时20分许", "14时许", "17时许", "18时30分许", "22时许", "凌晨2时许")
_SPOTS = (
    "江堤步道",
    "沿湖大道",
    "老街菜场",
    "地铁站口",
    "邮局门口",
    "环城公路",
    "居民楼前",
    "车站广场",
    "公园北门",
    "桥头",
)
_UNITS = ("第三中学", "公交公司", "人民医院", "机械厂", "物流中心", "消防救援站", "街道办事处", "建筑公司")
_POSTS = ("教师", "驾驶员", "护士", "钳工", "快递员", "社区工作者", "项目经理", "保安")
_ACTS: dict[str, tuple[str, ...]] = {
    "water_rescue": (
        "听见有人落水的呼救",
        "脱下外衣跳入水中",
        "托住落水者的下颌游回岸边",
        "把人交给赶来的群众",
    ),
    "fire_rescue": (
        "看见三楼窗口冒出浓烟",
        "用湿毛巾捂住口鼻冲进楼道",
        "背出行动不便的老人",
        "又返回关掉了燃气阀门",
    ),
    "traffic_rescue": (
        "发现前方两车相撞起火",
        "砸开变形的车门",
        "把受困的驾驶员拖到路边",
        "在来车方向摆出警示标志",
    ),
    "stop_crime": (
        "见一名男子持刀追砍路人",
        "上前抱住持刀者的双臂",
        "夺下刀具踢到一旁",
        "护住伤者直到民警到场",
    ),
    "pursue_offender": (
        "见有人抢夺手提包后逃跑",
        "骑车追出两条街",
        "把嫌疑人堵在巷口",
        "与随后赶到的民警一起将其制服",
    ),
    "disaster_relief": (
        "发现山洪漫过堤岸",
        "挨家挨户敲门叫醒村民",
        "蹚着齐腰深的水背出老人",
        "在转移点守到天亮",
    ),
}
_FILLERS = (
    "围观群众有人打电话报警，有人找来绳索和竹竿",
    "当时气温只有六度，水面结着薄冰",
    "现场监控录像显示，整个过程持续约十一分钟",
    "获救者送医后经检查没有生命危险，次日出院",
    "事后没有留下姓名就离开了，有关部门经多方寻找才查明身份",
    "目击群众说，再晚半分钟后果不堪设想",
    "当事人家属专程送来锦旗表示感谢",
    "在救助过程中手臂和膝部多处擦伤，缝合五针",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """一市: slug, prefix of its case numbers, districts, and its authority by the year of the case."""

    slug: str
    prefix: str
    name: str
    districts: tuple[str, ...]
    authority: str
    authority_before_2026: str
    withholding: str
    """The article that lets what concerns a person be withheld."""


CITIES = (
    City(
        slug="wuhan",
        prefix="wh",
        name="武汉",
        districts=("江岸区", "江汉区", "硚口区", "汉阳区", "武昌区", "青山区", "洪山区", "蔡甸区"),
        authority="wuhan-pingan",
        authority_before_2026="wuhan-zongzhi",
        withholding="第十一条第一款",
    ),
    City(
        slug="hangzhou",
        prefix="hz",
        name="杭州",
        districts=("上城区", "拱墅区", "西湖区", "滨江区", "萧山区", "余杭区"),
        authority="hangzhou-shi",
        authority_before_2026="hangzhou-shi",
        withholding="第十一条第一款",
    ),
    City(
        slug="nanjing",
        prefix="nj",
        name="南京",
        districts=("玄武区", "秦淮区", "建邺区", "鼓楼区", "浦口区", "栖霞区"),
        authority="nanjing-shi",
        authority_before_2026="nanjing-shi",
        withholding="第二十条",
    ),
    City(
        slug="kunming",
        prefix="km",
        name="昆明",
        districts=("五华区", "盘龙区", "官渡区", "西山区", "呈贡区"),
        authority="kunming-shi",
        authority_before_2026="kunming-shi",
        withholding="第十五条第二款",
    ),
)


def write_registry(
    folder: Path,
    count: int,
    seed: int = 1,
    *,
    share_cards: bool = False,
    closing: int = 0,
    project: Path = ROOT,
    cities: Sequence[City] = CITIES,
) -> int:
    """写出仿真登记册: a whole project of ``count`` case records in ``folder``; returns bytes of records.

    ``share_cards``: as in ``site.yml``, off unless asked for: a picture for each record is another thing than its page.
    ``closing``: so many of them, and no others, have a notice whose last day is :data:`TODAY`. ``project``: whose law,
    settings and theme it has. ``cities``: where the cases are from.
    """
    for name in ("content", "site_config"):
        shutil.copytree(project / name, folder / name, dirs_exist_ok=True)
    shutil.copy(project / "mkdocs.yml", folder / "mkdocs.yml")
    settings = folder / "site_config" / "site.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        re.sub(r"(?m)^share_cards: .*$", f"share_cards: {str(share_cards).lower()}", text), encoding="utf-8"
    )
    written = 0
    made: set[Path] = set()
    for path, text in synthetic_cases(count, seed, closing, cities):
        target = folder / "registry" / "cases" / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        data = text.encode()
        target.write_bytes(data)
        written += len(data)
    return written


def synthetic_cases(
    count: int, seed: int = 1, closing: int = 0, cities: Sequence[City] = CITIES
) -> Iterator[tuple[str, str]]:
    """(path below ``registry/cases``, YAML text) of ``count`` records; the first ``closing`` close at the end of
    :data:`TODAY`."""
    rng = random.Random(seed)
    years = range(FIRST_YEAR, TODAY.year + 1)
    weights = [2 + 0.35 * (year - FIRST_YEAR) for year in years]
    numbers: dict[tuple[str, int, str], int] = {}
    for serial in range(1, count + 1):
        closes = serial <= closing
        year = TODAY.year if closes else rng.choices(years, weights)[0]
        # Of earlier years no text in force there is at hand, so a case of then cannot be judged.
        likely = {"wuhan": 4, "hangzhou": 3 * (year > 2023), "nanjing": 3, "kunming": 2 * (year > 2014)}
        city = rng.choices(cities, weights=[likely[city.slug] for city in cities])[0]
        maker = _Case(rng, city, year, serial, numbers, closes=closes)
        tree = maker.tree()
        name = f"{city.slug}/{year}/{city.prefix}{year % 100:02}-{serial:07}.yml"
        yield name, as_yaml(tree)


class _Case:
    """One record in the making."""

    def __init__(
        self,
        rng: random.Random,
        city: City,
        year: int,
        serial: int,
        numbers: dict[tuple[str, int, str], int],
        *,
        closes: bool,
    ) -> None:
        self.rng, self.city, self.year, self.serial, self.numbers = rng, city, year, serial, numbers
        last = 330 if year < TODAY.year else 240
        self.happened = date(year, 1, 1) + timedelta(days=rng.randrange(5, last - 60))
        self.district = rng.choice(city.districts)
        self.kind = rng.choice(_KINDS)
        old = self.happened < date(2025, 12, 1)
        self.authority = city.authority_before_2026 if old else city.authority
        self.organ = f"{city.name}市见义勇为工作机关（示例）"
        self.closes = closes
        self.level = "public" if closes else rng.choices(("public", "masked", "confidential"), (90, 5, 5))[0]
        # As many are open as ten days are of the years, and close within days of the build.
        self.is_open = year == TODAY.year and rng.random() < 0.04

    def tree(self) -> Mapping[str, Node]:
        """The whole record."""
        rng, city = self.rng, self.city
        secret = self.level == "confidential"
        persons = [self._person(n) for n in range(rng.choices((1, 2, 3, 4), (74, 16, 7, 3))[0])]
        withheld = [str(p["name"]) for p in persons if p["disclosure"] == "withheld"]
        shown = [self._shown_name(p) for p in persons if p["name"] not in withheld]
        tree: dict[str, Node] = {
            "case": f"{city.prefix}{self.year % 100:02}-{self.serial:07}",
            "jurisdiction": city.slug,
            "level": self.level,
            "authority": self.authority,
            "act": self._secret_act() if secret else self._act(shown),
            "persons": persons,
        }
        if self.level != "public":
            tree["withholding"] = self._withholding()
        if len(shown) > 2 and not withheld and not secret:
            tree["group"] = {
                "name": f"{self.district}{rng.choice(_SPOTS)}救人群体",
                "head_count": str(len(shown)),
            }
        tree["procedure"] = self._procedure()
        if self.closes or (not secret and rng.random() < 0.8):
            self._publicise(tree)
        if not secret and ("notice" not in tree or ("outcome" in tree and rng.random() < 0.6)):
            # A few honours of old are on record without a notice.
            listed = "notice" in tree or self.city.slug == "kunming" or rng.random() < 0.1
            honour = listed and self._honours(
                tree, [str(p["key"]) for p in persons if p["disclosure"] != "withheld"]
            )
            if honour:
                tree["honours"] = honour
        if "notice" not in tree and "honours" not in tree and not secret:
            tree["outcome"] = {"kind": "withdrawn", "decided_on": str(self.proposed + timedelta(days=20))}
        tree["private"] = {
            "handler": f"经办{rng.choice(_RARE)}{rng.choice(_RARE)}",
            "note": f"卷宗{self._token()}存放于{self._token()}柜，电话核对过{rng.randrange(2, 9)}次。",
        }
        return tree

    def _person(self, index: int) -> dict[str, Node]:
        rng = self.rng
        disclosure = "full"
        if self.level == "confidential" or (index and rng.random() < 0.06):
            disclosure = "withheld"
        elif self.level == "masked" or rng.random() < 0.02:
            disclosure = "masked"
        common = disclosure == "full"
        surname = rng.choice(_SURNAMES if common else _RARE_SURNAMES)
        given = "".join(
            rng.choice(_GIVEN if common else _RARE) for _ in range(2 if not common else rng.choice((1, 2, 2)))
        )
        if len(given) == 1:
            given += rng.choice("民军华英")
        born = date(self.year - rng.randrange(24, 66), rng.randrange(1, 13), rng.randrange(1, 28))
        person: dict[str, Node] = {
            "key": f"p{index + 1}",
            "name": surname + given,
            "disclosure": disclosure,
            "sex": rng.choice("男女"),
            "born": f"{born:%Y-%m}",
            "ethnicity": "汉族",
        }
        if disclosure != "full" and self.level == "public":
            person["withholding"] = self._withholding()
        if common and rng.random() < 0.7:
            person["unit"] = f"{self.city.name}{self.district}{rng.choice(_UNITS)}"
            person["post"] = rng.choice(_POSTS)
        if common and rng.random() < 0.08:
            person["deceased"] = "true"
        person["private"] = {
            "id_number": _identity_number(born, rng),
            "phone": f"1{rng.choice('3578')}{rng.randrange(10**8, 10**9)}",
            "home_address": f"{self.district}{self._token()}里{rng.randrange(1, 300)}号{rng.randrange(101, 3000)}室",
            "born_on": str(born),
            "kin": [rng.choice(_RARE_SURNAMES) + self._token()],
        }
        return person

    def _shown_name(self, person: Mapping[str, Node]) -> str:
        name = str(person["name"])
        return name if person["disclosure"] == "full" else name[0] + "某某"

    def _withholding(self) -> dict[str, Node]:
        return {
            "ground": self.rng.choice(("safety", "asked_by_person", "asked_by_kin")),
            "article": self.city.withholding,
            "decided_by": self.organ,
            "decided_on": str(self.happened + timedelta(days=40)),
        }

    def _act(self, shown: Sequence[str]) -> dict[str, Node]:
        rng = self.rng
        place, hour = rng.choice(_SPOTS), rng.choice(_HOURS)
        names = "、".join(shown) or "一名群众"
        steps = _ACTS[self.kind]
        fillers = rng.sample(_FILLERS, rng.randrange(2, 6))
        first = (
            f"{self.happened.year}年{self.happened.month}月{self.happened.day}日{hour}，{names}途经"
            f"{self.district}{place}，{steps[0]}，没有犹豫，{steps[1]}。"
            f"约{rng.randrange(2, 20)}分钟后，{steps[2]}，{steps[3]}。"
        )
        second = "。".join(fillers) + f"。{rng.choice(_SURNAMES)}某等{rng.randrange(1, 4)}人因此脱险。"
        return {
            "happened_on": str(self.happened),
            "at": hour,
            "kind": self.kind,
            "place": f"{self.district}{place}",
            "district": self.district,
            "summary": f"{self.district}{place}，{names}{steps[1]}，{steps[2]}。",
            "narrative": f"{first}\n\n{second}",
            "verification": f"经调取监控录像、走访目击群众{rng.randrange(2, 9)}人、向获救者核实，事实清楚。",
            "limb": "第七条第（三）项",
        }

    def _secret_act(self) -> dict[str, Node]:
        def clause() -> str:
            return f"{self._token()}在{self._token()}处{self._token()}"

        sentences = ["，".join(clause() for _ in range(4)) + "。" for _ in range(7)]
        return {
            "happened_on": str(self.happened),
            "kind": self.kind,
            "district": self.district,
            "summary": f"{clause()}，{clause()}。",
            "narrative": "".join(sentences),
        }

    def _procedure(self) -> dict[str, Node]:
        applied = self.happened + timedelta(days=self.rng.randrange(8, 25))
        accepted = applied + timedelta(days=1)
        self.proposed = applied + timedelta(days=self.rng.randrange(6, 12))
        self.opens = self.proposed + timedelta(days=1)
        if self.closes or self.is_open:
            self.opens = TODAY - timedelta(
                days=_DAYS_OPEN if self.closes else self.rng.randrange(0, _DAYS_OPEN)
            )
            self.proposed = self.opens - timedelta(days=2)
            applied = self.proposed - timedelta(days=8)
            accepted = applied + timedelta(days=1)
        return {
            "applied_on": str(applied),
            "applied_by": self.rng.choice(("beneficiary", "kin", "unit")),
            "accepted_on": str(accepted),
            "opinion_on": str(accepted + timedelta(days=1)),
            "proposed_on": str(self.proposed),
        }

    def _publicise(self, tree: dict[str, Node]) -> None:
        rng = self.rng
        published = self.opens - timedelta(days=1)
        closes = self.opens + timedelta(days=_DAYS_OPEN if self.closes else rng.randrange(_DAYS_OPEN, 10))
        year = published.year
        notice: dict[str, Node] = {
            "id": f"{self.city.slug}-{year}-{self._number(year, 'n'):05}",
            "published_at": f"{published}T{rng.randrange(8, 18):02}:30",
            "order": "before_decision",
            "number": f"{self.city.name[0]}见示例〔{year}〕{rng.randrange(1, 400)}号",
            "period": {
                "opens_on": str(self.opens),
                "closes_on": str(closes),
                "first_day_counts": "true",
                "roll_over": "false",
            },
            "postings": [
                {
                    "kind": "media",
                    "place": f"《{self.city.name}示例报》第{rng.randrange(1, 9)}版",
                    "posted_on": str(self.opens),
                }
            ],
        }
        if rng.random() < 0.04:
            notice["corrections"] = [
                {"corrected_on": str(self.opens + timedelta(days=1)), "what": "更正事发地点的写法。"}
            ]
        tree["notice"] = notice
        decided = closes + timedelta(days=rng.randrange(2, 5))
        if decided > TODAY or rng.random() < 0.01:
            return
        kind = rng.choices(("confirmed", "not_confirmed", "withdrawn"), (95, 4, 1))[0]
        if rng.random() < 0.05:
            tree["objections"] = [
                {
                    "received_on": str(self.opens + timedelta(days=2)),
                    "resolved_on": str(decided - timedelta(days=1)),
                    "result": "dismissed" if kind == "confirmed" else "upheld",
                    "objector": {"name": rng.choice(_RARE_SURNAMES) + self._token()},
                    "note": f"异议人{self._token()}称与{self._token()}有旧怨。",
                }
            ]
        outcome: dict[str, Node] = {"kind": kind, "decided_on": str(decided), "organ": self.organ}
        if kind == "confirmed":
            outcome["certificate_on"] = str(decided + timedelta(days=3))
        else:
            outcome["public_reason"] = "经核查，不符合确认条件。"
        tree["outcome"] = outcome
        if kind == "confirmed" and rng.random() < 0.004:
            revoked = min(decided + timedelta(days=200), TODAY)
            tree["revocation"] = {
                "revoked_on": str(revoked),
                "organ": self.organ,
                "ground": "经查实，申报材料与事实不符。",
                "article": "第三十条",
            }

    def _honours(self, tree: Mapping[str, Node], keys: Sequence[str]) -> list[Node]:
        rng = self.rng
        outcome = tree.get("outcome")
        start = self.proposed + timedelta(days=30)
        if isinstance(outcome, Mapping):
            if outcome["kind"] != "confirmed":
                return []
            start = date.fromisoformat(str(outcome["decided_on"])) + timedelta(days=20)
        decided = start + timedelta(days=rng.randrange(0, 40))
        published = decided + timedelta(days=3)
        if published > TODAY or not keys:
            return []
        honour: dict[str, Node] = {
            "id": f"{self.city.slug}-{decided.year}-h{self._number(decided.year, 'h'):05}",
            "published_on": str(published),
            "recipients": list(keys),
            "verb": "授予",
            "title": rng.choice(("见义勇为先进个人", "见义勇为模范", "见义勇为积极分子")),
            "level": "city",
            "grantor": f"{self.city.name}市人民政府（示例）",
            "grantor_role": "city_government",
            "basis": "示例市见义勇为奖励办法",
            "decided_on": str(decided),
            "number": f"{self.city.name[0]}政示例〔{decided.year}〕{rng.randrange(1, 90)}号",
            "batch": f"{decided.year}年度",
        }
        if rng.random() < 0.01:
            # Few: each costs a third of a second of one core, once.
            honour["certificate_code"] = new_code(rng.choice)
        return [honour]

    def _number(self, year: int, kind: str) -> int:
        key = (self.city.slug, year, kind)
        self.numbers[key] = self.numbers.get(key, 0) + 1
        return self.numbers[key]

    def _token(self) -> str:
        return self.rng.choice(_RARE) + self.rng.choice(_RARE)


def _identity_number(born: date, rng: random.Random) -> str:
    """A number of the region 990000, which does not exist, with a right check digit."""
    digits = f"990000{born:%Y%m%d}{rng.randrange(1000):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff《（〔][^:#\n]*")


def as_yaml(tree: Mapping[str, Node]) -> str:
    """YAML text of a record, written as people write it."""
    return "# 仿真数据：人物、单位、事件均为虚构\n" + "".join(_mapping(tree, 0))


def _mapping(tree: Mapping[str, Node], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, value in tree.items():
        if isinstance(value, str):
            yield f"{indent}{key}: {_scalar(value, depth)}\n"
        elif isinstance(value, Mapping):
            yield f"{indent}{key}:\n"
            yield from _mapping(value, depth + 1)
        elif all(isinstance(item, str) for item in value):
            yield f"{indent}{key}: [{', '.join(_scalar(str(item), depth) for item in value)}]\n"
        else:
            yield f"{indent}{key}:\n"
            for item in value:
                assert isinstance(item, Mapping)
                lines = "".join(_mapping(item, depth + 2))
                yield f"{indent}  - {lines[len(indent) + 4 :]}"


def _scalar(text: str, depth: int) -> str:
    if "\n" in text:
        indent = "  " * (depth + 1)
        return "|-\n" + "\n".join(indent + line if line else "" for line in text.split("\n"))
    if (_PLAIN.fullmatch(text) and ", " not in text) or (text.replace("-", "").isdigit() and len(text) < 11):
        return text
    return f'"{text}"'
