"""光荣榜."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import markdown

from generator.catalogue import wording
from generator.pages.home_page import render_home
from generator.pages.honour_rolls import (
    NAMES_PER_PART,
    edition_of,
    persons_in,
    render_honour_rolls,
    total_sentence,
)
from generator.pages.page import Page
from generator.pages.roll_entries import by_deed, in_roll_order
from generator.pipeline.staged_markdown import as_markdown
from generator.public.list_rows import HonourRow, by_kind, honour_row
from generator.public.people_counts import people_once
from generator.public.public_case import PublicGroup
from generator.source.model.partial_day import PartialDay
from tests.public_records import HOSTILE_TO_MARKUP, act, context, honour, person, revoked_honour
from tests.unit.pages.reading import links_of, tags_of, text_of


def row(number: int, name: str = "李大勇", **changes: Any) -> HonourRow:
    return honour_row(honour(number, recipients=(person(name),), **changes))


KINDS = list(wording("titles")["kinds"])
ROOT = Path(__file__).parents[3]


def pages_of(rows: Sequence[HonourRow]) -> dict[str, Page]:
    newest_first = sorted(rows, key=lambda item: item.decided_on, reverse=True)
    pages = list(render_honour_rolls(newest_first, context()))
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page for page in pages}


MIXED = (
    row(1, "单雄"),
    row(2, "解放"),
    row(3, "仇英"),
    row(4, "邵一", decided_on="2026-03"),
    row(5, "秋三", decided_on="2026"),
    row(6, "王勇", title="江岸区见义勇为积极分子", level="district"),
    row(7, "周全", title="湖北省见义勇为英雄", level="province"),
    row(8, "吴双", decided_on="2025-05-05"),
    row(9, "郑十", jurisdiction="nanjing"),
    honour_row(revoked_honour(99, recipients=(person("胡说"),))),
)


def test_a_roll_leads_to_its_own_data_and_feed() -> None:
    late = row(90, decided_on="2025-12-30")
    pages = pages_of([*MIXED, late])

    def files(path: str) -> list[str]:
        page = pages[path]
        given = [
            link.removeprefix(page.root) for link in links_of(page.body) if link.endswith(("json", "atom"))
        ]
        assert all(f'href="{page.root}{file}"' in page.head for file in given), "for a reader of feeds too"
        return given

    assert files("honours/") == ["api/v1/honours.json", "feeds/honours.atom"]
    assert files("honours/nanjing/") == ["api/v1/honours.json", "feeds/nanjing/honours.atom"]
    assert files("honours/wuhan/kinds/water_rescue/") == ["api/v1/honours.json", "feeds/wuhan/honours.atom"]
    # Data are cut by the year in the number, rolls by that of the decision.
    assert late.id.startswith("wuhan-2026-")
    assert files("honours/wuhan/2025/") == ["api/v1/honours/wuhan/2026.json", "feeds/wuhan/honours.atom"]


def test_addresses() -> None:
    pages = pages_of(MIXED)
    assert set(pages) == {
        "honours/",
        "honours/wuhan/",
        "honours/wuhan/2026/",
        "honours/wuhan/2025/",
        "honours/nanjing/",
        "honours/nanjing/2026/",
        *(f"honours/{city}kinds/" for city in ("", "wuhan/", "nanjing/")),
        *(f"honours/{city}kinds/{kind}/" for city in ("", "wuhan/", "nanjing/") for kind in KINDS),
    }


def test_a_kind_of_act_has_its_page_with_and_without_honours() -> None:
    rows = [*MIXED, row(40, "殷红", act=act(kind="fire_rescue"))]
    with_it, without = pages_of(rows), pages_of([])
    assert {path for path in with_it if path.rstrip("/").rpartition("/")[2] in KINDS} == {
        path for path in without if path.rstrip("/").rpartition("/")[2] in KINDS
    }
    fire = with_it["honours/wuhan/kinds/fire_rescue/"]
    assert "武汉市见义勇为荣誉中属于火场救人的 1 人次" in text_of(fire.body)
    assert re.findall(r'/honours/(wuhan-[^/"]+)/"><span class="yy-wall__name"', fire.body) == [
        "wuhan-2026-h0040"
    ]
    assert "现在没有属于这一类型的荣誉" in text_of(without["honours/wuhan/kinds/fire_rescue/"].body)
    # From the page of all cities, and from the city's, in one step without script.
    for page in (with_it["honours/"], with_it["honours/wuhan/"]):
        assert page.root + fire.path in links_of(page.body)
    everywhere = with_it["honours/kinds/fire_rescue/"]
    assert "各地见义勇为荣誉中属于火场救人的 1 人次" in text_of(everywhere.body)
    assert "殷红" in text_of(everywhere.body)
    assert with_it["honours/"].root + everywhere.path in links_of(with_it["honours/"].body)
    assert fire.root + "honours/wuhan/kinds/water_rescue/" in links_of(fire.body)


def of_two_deeds(**changes: Any) -> HonourRow:
    """One honour of two people, each for a deed of another kind."""
    values: dict[str, Any] = {
        "recipients": (person("沙问渠", death="unsaid"), person("宁可嘉")),
        "whose": (0, 1),
        "of": "wuhan-2026-0040",
        "act": act(kind="stop_crime", summary="夺下刀具。", persons=("沙问渠",), whose=(0,)),
        "further_acts": (act(kind="traffic_rescue", summary="砸开车窗。", persons=("宁可嘉",), whose=(1,)),),
    }
    return honour_row(honour(40, **{**values, **changes}))


def test_of_an_honour_for_two_deeds_each_person_is_under_the_kind_of_their_own() -> None:
    both = of_two_deeds()
    pages = pages_of([both, row(1, "单雄")])
    for kind, name, other, did in (
        ("stop_crime", "沙问渠", "宁可嘉", "夺下刀具。"),
        ("traffic_rescue", "宁可嘉", "沙问渠", "砸开车窗。"),
    ):
        for place in ("", "wuhan/"):
            text = text_of(pages[f"honours/{place}kinds/{kind}/"].body)
            assert f"属于{wording('titles')['kinds'][kind]}的 1 人次，涉及 1 人" in text.replace(
                "\u00a0", " "
            )
            assert name in text and did in text and other not in text, (place, kind)
            # A phone leaves the deed out of every other roll.
            assert "yy-wall__did" not in pages[f"honours/{place}kinds/{kind}/"].body
    assert "yy-wall__did" in pages["honours/wuhan/"].body
    assert "牺牲" not in pages["honours/kinds/traffic_rescue/"].body
    front = text_of(pages["honours/"].body).replace("\u00a0", " ")
    assert "交通事故救援武汉 1 人次" in front and "制止违法犯罪武汉 1 人次" in front
    assert "本站公开各地见义勇为荣誉 3 人次，涉及 3 人" in front
    # On the roll of its year it is one entry of two kinds.
    year = text_of(pages["honours/wuhan/2026/"].body)
    assert "制止违法犯罪、交通事故救援" in year
    assert persons_in(by_kind([both])[None]) == 0


def test_who_did_two_things_and_whom_a_group_does_not_name_are_under_each_kind() -> None:
    twice = of_two_deeds(
        further_acts=(act(kind="fire_rescue", persons=("沙问渠", "宁可嘉"), whose=(0, 1)),),
    )
    assert {kind: persons_in(rows) for kind, rows in by_kind([twice]).items()} == {
        "stop_crime": 1,
        "fire_rescue": 2,
    }
    group = of_two_deeds(group=PublicGroup(name="群体", head_count=12))
    assert {
        kind: (persons_in(rows), people_once(row.people for row in rows))
        for kind, rows in by_kind([group]).items()
    } == {
        "stop_crime": (11, 11),
        "traffic_rescue": (11, 11),
    }
    # Several deeds of one kind part nobody, and of somebody without a deed the kind is not known.
    assert not of_two_deeds(further_acts=(act(kind="stop_crime", persons=("宁可嘉",), whose=(1,)),)).shares
    three = of_two_deeds(recipients=(person("沙问渠"), person("宁可嘉"), person("宛其昌")), whose=(0, 1, 2))
    assert [item.name for item in by_kind([three])[None]] == ["宛其昌"]


def test_the_highest_title_stands_first_and_what_is_seen_is_the_order_of_the_page() -> None:
    titles = ("先进群体", "先进个人", "英雄", "积极分子", "嘉奖", "热心人")
    rows = [
        row(number, f"李{number}勇", title=f"武汉市见义勇为{title}") for number, title in enumerate(titles)
    ]
    assert [entry.title.removeprefix("武汉市见义勇为") for entry in in_roll_order(rows)] == [
        "英雄",
        "先进个人",
        "先进群体",
        "积极分子",
        "嘉奖",
        "热心人",
    ]
    body = pages_of(rows)["honours/wuhan/2026/"].body
    # The table follows the same order within one day.
    assert re.findall(r"<td>武汉市<span class=\"yy-keep\">见义勇为</span>(.*?)</td>", body)[0] == "英雄"
    css = (ROOT / "site_config/theme/assets/rolls.css").read_text(encoding="utf-8")
    assert "dense" not in css


def test_one_of_a_pair_who_is_honoured_alone_too_stands_with_the_pair() -> None:
    two = (person("闵雪珺"), person("翟卫东"))
    rows = [
        honour_row(honour(50, recipients=two, of="wuhan-2026-0001", whose=(0, 1))),
        honour_row(
            honour(51, recipients=two[1:], of="wuhan-2026-0001", whose=(1,), title="江岸区见义勇为嘉奖")
        ),
        honour_row(honour(52, recipients=(person("殷红"),), of="wuhan-2026-0001", whose=(2,))),
    ]
    deeds = list(by_deed(rows))
    assert [[entry.row.id[-2:] for _, entry in deed.grants] for deed in deeds] == [["50", "51"], ["52"]]
    assert [who for who, _ in deeds[0].grants] == ["闵雪珺、翟卫东", "翟卫东"]
    body = pages_of(rows)["honours/wuhan/"].body
    assert body.count(">翟卫东<") == 1
    assert "翟卫东：江岸区见义勇为嘉奖" in text_of(body)


def test_a_list_has_no_day_of_publication_and_is_headed_by_what_it_holds() -> None:
    pages = pages_of(MIXED)
    for page in pages.values():
        assert "；发布：" not in text_of(page.body), page.path
        assert "citation_online_date" not in page.head or "2025-05" not in page.head
    assert "全部荣誉" in text_of(pages["honours/wuhan/"].body)
    assert "最近的荣誉" in text_of(pages_of(many(200))["honours/"].body)
    # A separator stands between two things only.
    assert "yy-dots" not in pages["honours/wuhan/2026/"].body


def test_the_newest_honours_end_with_a_decision_and_say_that_there_are_more() -> None:
    def on(day: str, numbers: range) -> list[HonourRow]:
        return [row(n, f"李{n}勇", decided_on=day, of=f"wuhan-2026-{n:04}") for n in numbers]

    # A page holds five. Two of the four of May would fit, and so none of them stands there.
    rows = [*on("2026-06-01", range(1, 4)), *on("2025-05-12", range(4, 8))]
    pages = pages_of(rows)
    for path, where in (
        ("honours/", "其余的见各城市的光荣榜：武汉、南京。"),
        ("honours/wuhan/", "其余的见各年的光荣榜：2026 年、2025 年。"),
    ):
        newest = pages[path].body.partition('id="newest"')[2].partition("</section>\n</section>")[0]
        text = text_of(pages[path].body)
        assert "以上只是最近表彰的 3 件事，不是全部。" in text and where in text, path
        assert re.search(r'<span class="yy-whole"><a [^>]*>[^<]*</a>。</span>', pages[path].body), "a lone 。"
        assert "李3勇" in newest and "李4勇" not in text, path
    # One that takes most of the page is begun; a list that is whole has nothing to say.
    large = text_of(pages_of(on("2026-06-01", range(1, 9)))["honours/"].body)
    assert "最近表彰的 5 件事，不是全部" in large
    assert "不是全部" not in text_of(pages_of(rows[:3])["honours/"].body)


def test_a_city_without_honours_has_its_page() -> None:
    pages = pages_of([])
    assert "0 人次" in text_of(pages["honours/nanjing/"].body)
    assert "尚无公开的荣誉" in text_of(pages["honours/nanjing/"].body)


def test_wall_by_level_title_and_pinyin() -> None:
    wuhan = [
        item for item in MIXED if item.jurisdiction == "wuhan" and item.year == 2026 and not item.revoked
    ]
    assert [entry.row.name for entry in in_roll_order(wuhan)] == [
        "周全",
        "秋三",
        "仇英",
        "单雄",
        "邵一",
        "解放",
        "王勇",
    ]
    body = pages_of(MIXED)["honours/wuhan/2026/"].body
    wall = body[body.index("yy-plaque") : body.index("同一称号下")]
    assert re.findall(r'honours/(wuhan-[^/]+)/"><span class="yy-wall__name"', wall) == [
        f"wuhan-2026-h000{number}" for number in (7, 5, 3, 1, 4, 2, 6)
    ]
    assert [re.sub("<.*?>", "", heading) for heading in re.findall("<h2>(.*?)</h2>", wall)] == [
        "省级湖北省见义勇为英雄",
        "市级武汉市见义勇为英雄",
        "区县级江岸区见义勇为积极分子",
    ]


def test_who_is_praised_for_the_deed_stands_under_the_word_of_the_decision() -> None:
    rows = [row(1, title="见义勇为行为", verb="通报表扬"), row(2, title="武汉市见义勇为勇士")]
    assert [entry.title for entry in in_roll_order(rows)] == ["武汉市见义勇为勇士", "通报表扬"]
    body = text_of(pages_of(rows)["honours/wuhan/2026/"].body)
    assert "通报表扬" in body and "见义勇为行为" not in body
    assert "由本站按称号的用字编排" in body


def test_table_by_date_newest_first() -> None:
    body = pages_of(MIXED)["honours/wuhan/2026/"].body
    table = body[body.index("<tbody>") :]
    dates = re.findall("<tr><td>(.*?)</td>", table)
    assert dates == ["2026年10月12日"] * 5 + ["2026年3月", "2026年"]


def test_revoked_honours_stand_on_no_roll_and_in_no_total() -> None:
    with_it, without = pages_of(MIXED), pages_of(MIXED[:-1])
    for page in with_it.values():
        assert "胡说" not in page.body + page.head, page.path
        assert "h0099" not in page.body, page.path
    totals = {path: re.findall(r"\d+ 人次", text_of(page.body)) for path, page in with_it.items()}
    assert totals == {path: re.findall(r"\d+ 人次", text_of(page.body)) for path, page in without.items()}


def test_a_year_whose_honours_were_all_revoked_keeps_its_address() -> None:
    pages = pages_of([MIXED[-1]])
    year = pages["honours/wuhan/2026/"]
    assert "本站公开武汉市2026年见义勇为荣誉 0 人次" in text_of(year.body)
    assert "没有有效的荣誉" in text_of(year.body)
    assert "胡说" not in year.body + year.head
    assert "h0099" not in year.body
    assert "<table" not in year.body
    city = pages["honours/wuhan/"]
    assert city.root + year.path in links_of(city.body)
    assert "2026 年 0 人次（1 项已撤销）" in text_of(city.body)
    # The latest changes of all kinds may have left it behind.
    assert f"{year.root}changes/withdrawals/" in links_of(year.body)
    assert text_of(year.body).count("公布过的 1 项已经撤销") == 2, "in the sentence to be quoted too"


def test_a_group_leads_its_members_where_its_deed_is_listed() -> None:
    group = of_two_deeds(group=PublicGroup(name="滁河群体", head_count=2))
    later = replace(group, id="wuhan-2026-h0041", title="另一称号")
    for rows in ([group], [group, later]):
        pages = pages_of(rows)
        for path in ("honours/", "honours/wuhan/"):
            (led,) = re.findall(r'yy-wall__name--group">(.*?)</li>', pages[path].body, re.DOTALL)
            assert led.startswith("滁河群体</span>") and "沙问渠" in led, path
        assert "滁河群体（" in text_of(pages["honours/kinds/"].body)
    home = render_home([], [group], context()).body
    assert '<span class="yy-wall__name">滁河群体</span>' in home and "沙问渠" in home


def test_the_index_of_kinds_says_how_many_entries_a_list_has_and_what_has_no_kind() -> None:
    many = [honour_row(honour(n, act=act(kind="fire_rescue"))) for n in range(50, 54)]
    pages = pages_of([*many, honour_row(honour(60, act=None))])
    for place in ("", "wuhan/"):
        index = f"honours/{place}kinds/"
        assert "全部 4 项，4 人次" in text_of(pages[index].body)
        assert "另有 1 人次类型未载明。" in text_of(pages[index].body)
        assert pages[f"honours/{place}"].root + index in links_of(pages[f"honours/{place}"].body)
        of_kind = pages[f"{index}fire_rescue/"]
        assert of_kind.root + index in links_of(of_kind.body)


def test_totals_agree_with_the_rows() -> None:
    group = honour_row(honour(20, recipients=(), group=PublicGroup(name="群体", head_count=12)))
    nameless = honour_row(honour(21, recipients=(), group=PublicGroup(name="队", head_count=None)))
    three = honour_row(honour(22, recipients=(person("甲某"), person("乙某"), person("丙某"))))
    rows = [*MIXED, group, nameless, three]
    assert persons_in(rows) == 9 + 12 + 1 + 3
    pages = pages_of(rows)
    assert "本站公开各地见义勇为荣誉 25 人次" in text_of(pages["honours/"].body)
    assert "本站公开武汉市见义勇为荣誉 24 人次" in text_of(pages["honours/wuhan/"].body)
    assert "本站公开武汉市2026年见义勇为荣誉 23 人次" in text_of(pages["honours/wuhan/2026/"].body)
    # Home says the same of a city.
    told = f"{sum(row.jurisdiction == 'wuhan' and not row.revoked for row in rows)} 项，24 人次"
    assert f"武汉 {told}" in text_of(pages["honours/"].body)
    assert f"荣誉 {told}" in text_of(render_home([], rows, context()).body)


def test_everybody_is_counted_once_and_units_are_not_people() -> None:
    two = (person("甲某"), person("乙某"))
    rows = [
        honour_row(honour(30, recipients=two, of="wuhan-2026-0001", whose=(0, 1))),
        honour_row(honour(31, recipients=two[:1], of="wuhan-2026-0001", whose=(0,))),
        # The leader has a title of his own, and belongs to the group of twelve.
        honour_row(
            honour(32, recipients=(), group=PublicGroup(name="群体", head_count=12), of="wuhan-2026-0002")
        ),
        honour_row(honour(33, recipients=two[:1], of="wuhan-2026-0002", whose=(0,))),
        # Five of twenty-seven are named.
        honour_row(
            honour(
                34,
                recipients=two,
                group=PublicGroup(name="等27人", head_count=27),
                of="wuhan-2026-0003",
                whose=(0, 1),
            )
        ),
        honour_row(
            honour(
                35,
                recipients=(),
                group=PublicGroup(name="示例公司", head_count=400, kind="unit"),
                of="wuhan-2026-0004",
            )
        ),
        honour_row(
            honour(36, recipients=(), group=PublicGroup(name="队", head_count=None), of="wuhan-2026-0005")
        ),
    ]
    assert (persons_in(rows), people_once(row.people for row in rows)) == (
        2 + 1 + 12 + 1 + 27 + 0 + 1,
        2 + 12 + 27 + 1,
    )
    said = total_sentence(rows, context(), "武汉市")
    assert (
        "44 人次，涉及 42 人（同一件事中的同一人只计一次），不含依法不公开的荣誉。\n"
        "1 个群体未公布人数，每个按 1 人计；1 个单位未计人数。" in said
    )


def test_the_sentence_with_the_total_is_always_the_same() -> None:
    rows = [item for item in MIXED if item.jurisdiction == "wuhan"]
    said = "截至2026年11月22日，本站公开武汉市见义勇为荣誉 {} 人次，涉及 {} 人（同一件事中的同一人只计一次），不含依法不公开的荣誉。"
    assert total_sentence(rows, context(), "武汉市") == said.format(8, 8)
    assert total_sentence([], context(), "武汉市") == said.format(0, 0)


def many(count: int, year: int = 2026) -> list[HonourRow]:
    names = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单解仇"
    return [
        replace(
            MIXED[0],
            id=f"wuhan-{year}-h{number:05}",
            name=f"{names[number % len(names)]}{names[number // 7 % len(names)]}勇",
            decided_on=PartialDay(f"{year}-{number % 10 + 1:02}-{number % 28 + 1:02}"),
            published_on=PartialDay(f"{year}-11-01"),
            batch=f"{year}年第{'一二三四'[number % 4]}季度",
        )
        for number in range(count)
    ]


def test_thousands_of_honours_of_one_year_are_bounded_and_all_there() -> None:
    pages = pages_of(many(3_000))
    seen: list[str] = []
    for path, page in pages.items():
        assert len((page.body + page.head).encode()) < 150_000, path
        if path.startswith("honours/wuhan/2026/"):
            wall = page.body[page.body.index("yy-plaque") : page.body.index("同一称号下")]
            found = re.findall(r"honours/(wuhan-2026-h\d+)/", wall)
            assert 0 < len(found) <= NAMES_PER_PART
            seen += found
    assert len(seen) == len(set(seen)) == 3_000


def test_every_list_is_three_clicks_from_home() -> None:
    pages = pages_of(many(NAMES_PER_PART * 3 + 1))
    reached = {"honours/"}
    # Home links to the page of all rolls: one click. Two more must do.
    for _ in range(2):
        for path in list(reached):
            root = pages[path].root
            reached |= {link.removeprefix(root) for link in links_of(pages[path].body)} & set(pages)
    parts = {path for path in pages if re.fullmatch(r"honours/wuhan/2026/(\d+/)?", path)}
    assert len(parts) == 4
    assert "honours/wuhan/2026/" in reached
    # The home page links to each city's roll as well, so a year's parts are the third click from there.
    first = pages["honours/wuhan/2026/"]
    assert parts <= {link.removeprefix(first.root) for link in links_of(first.body)} | {first.path}


def test_ways_to_find_a_name() -> None:
    page = pages_of(many(60))["honours/wuhan/2026/"]
    text = text_of(page.body)
    for heading in ("按姓名", "按批次", "2026年第三季度"):
        assert heading in text, heading
    letters = re.findall(r'<div id="name-\d+"><dt>(.)</dt>', page.body)
    assert letters == sorted(letters)
    ids = re.findall(r' id="([^"]+)"', page.body)
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links_of(page.body) if link.startswith("#")} <= set(ids)
    batches = re.findall(r'<div id="batch-\d+"><dt>(.*?)</dt><dd>(.*?)</dd>', page.body)
    assert sum(names.count("<a ") for _, names in batches) == 60
    assert len(batches) == 4
    # One kind of act only: no way to find by it.
    assert "按类型" not in text


def test_a_short_year_has_no_empty_ways_to_find() -> None:
    page = pages_of([row(1, batch=None)])["honours/wuhan/2026/"]
    assert 'id="by-name"' not in page.body
    assert "批次" not in text_of(page.body)


def test_posthumous_merit_and_groups_are_marked() -> None:
    rows = [
        honour_row(honour(1, verb="追授", recipients=(person(death="unsaid"),))),
        row(2, "王勇", merit="个人二等功"),
        honour_row(honour(3, recipients=(), group=PublicGroup(name="护堤村民群体", head_count=12))),
    ]
    body = pages_of(rows)["honours/wuhan/2026/"].body
    assert body.count("<span>追授</span>") == 1
    text = text_of(body)
    assert "个人二等功" in text
    assert "共 12 人" in text
    two = (person("诸葛长川"), person("井田禾", death="in_the_act"))
    named = honour_row(honour(4, recipients=two, group=PublicGroup(name="护堤群体", head_count=27)))
    # On the wall of names the names lead, wherever deeds are listed the group does.
    for path, said in (
        ("honours/wuhan/", "护堤群体诸葛长川井田禾（牺牲）等27人"),
        ("honours/wuhan/2026/", "诸葛长川井田禾（牺牲）等27人护堤群体"),
    ):
        assert said in text_of(pages_of([named])[path].body).replace(" ", ""), path


def test_rolls_say_what_was_done() -> None:
    rows = [honour_row(honour(1, act=act(summary="下水救起两名孩子。")))]
    for path in ("honours/wuhan/", "honours/wuhan/2026/"):
        assert "下水救起两名孩子。" in text_of(pages_of(rows)[path].body), path


def test_a_group_of_many_names_is_listed_on_the_wall_and_shortened_in_the_index() -> None:
    members = tuple(person(f"李{number:03}勇") for number in range(30))
    rows = [honour_row(honour(1, recipients=members))]
    text = text_of(pages_of(rows)["honours/wuhan/2026/"].body)
    assert "李019勇" in text
    assert "李020勇" not in text
    assert "等30人" in text
    assert "李000勇等30人" in text


def test_the_version_of_a_roll_changes_with_its_honours() -> None:
    before = edition_of(MIXED)
    assert edition_of(MIXED) == before
    assert before.updated_on == "2026-11-02"  # the day of the revocation
    assert edition_of([replace(MIXED[0], title="别的称号"), *MIXED[1:]]).version != before.version
    assert edition_of([replace(MIXED[0], revoked=True), *MIXED[1:]]).version != before.version


def test_hostile_text_stays_text() -> None:
    def rolls_of(texts: Sequence[str]) -> dict[str, Page]:
        return pages_of(
            [row(number, said, title=said, batch=said, merit=said) for number, said in enumerate(texts, 1)]
        )

    harmless = rolls_of([re.sub(r"\W", "·", text) for text in HOSTILE_TO_MARKUP])
    for path, page in rolls_of(HOSTILE_TO_MARKUP).items():
        assert tags_of(page.body) == tags_of(harmless[path].body), path
        assert len(page.body.encode()) < 200_000, path


def test_markdown_passes_the_hosted_pages_through() -> None:
    for page in pages_of([*MIXED, row(30, "*星* _号_ `码`"), row(31, "<b>")]).values():
        source = as_markdown(page).split("---\n", 2)[2]
        made = markdown.markdown(source, extensions=["attr_list", "md_in_html", "toc"])
        assert tags_of(made) == tags_of(page.body), page.path
        assert text_of(made) == text_of(page.body), page.path


def test_a_roll_is_cited_as_it_stood_and_with_no_day_of_its_own() -> None:
    """The last event of a roll is a decision of years ago, on which nobody published a roll."""
    page = pages_of([row(1, decided_on="2010-11", published_on=PartialDay("2010-11"))])["honours/wuhan/2010/"]
    cited = text_of(page.body)
    assert "数据截至：2026年11月22日" in cited and "(2026, November 22)" in cited
    assert "[EB/OL]. （2026-11-22）[查阅日期]" in cited and "[EB/OL]. (2026-11-22)[查阅日期]" in cited
    assert "2010-11" not in cited and "(2010, November)" not in cited
    assert "DC.date" not in page.head and "citation_online_date" not in page.head
    assert page.lastmod == "2010-11"


def test_names_stand_before_the_total_and_can_be_looked_up() -> None:
    pages = pages_of([row(1), row(2, "王二")])
    for path in ("honours/", "honours/wuhan/", "honours/wuhan/2026/"):
        body = pages[path].body
        assert body.index('class="yy-wall') < body.index('id="total"') < body.index('id="cite"'), path
    found = next(iter(render_honour_rolls([row(1)], context(search=True)))).body
    assert re.search(r'<form [^>]*action="\.\./search/"[^>]*method="get">.*?name="q"', found, re.DOTALL)
