"""公示列表 and 首页."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta

import markdown
import pytest

from generator.catalogue import speaking, wording
from generator.pages.decision_lists import decision_lists
from generator.pages.decision_page import render_decision
from generator.pages.english_home import render_english_home
from generator.pages.home_page import render_home
from generator.pages.honour_rolls import render_honour_rolls
from generator.pages.notice_lists import render_notice_lists
from generator.pages.open_notices import SHOWN, open_notices_html
from generator.pages.page import Page
from generator.pipeline.staged_markdown import as_markdown
from generator.public.list_rows import NoticeRow, honour_row, notice_row
from generator.public.open_minute import OPEN_MINUTE
from generator.public.public_case import NoticeStatus
from generator.public.public_decision import PublicDecision, decision_row
from tests.every_row import every_row
from tests.public_records import (
    AS_OF,
    act,
    clock,
    context,
    honour,
    notice,
    person,
    public_decision,
    site,
    tombstone,
)
from tests.unit.pages.reading import links_of, text_of

PER_PAGE = context().site.lists.per_page


def rows(count: int, **changes: object) -> list[NoticeRow]:
    return [notice_row(notice(number, **changes)) for number in range(1, count + 1)]


def closed(number: int, year: int = 2026, **changes: object) -> NoticeRow:
    return notice_row(
        notice(
            number,
            clock=clock(date(year, 9, 1)),
            status=NoticeStatus.CONFIRMED,
            status_after_close=NoticeStatus.CONFIRMED,
            **changes,
        )
    )


def pages_of(some: list[NoticeRow]) -> dict[str, Page]:
    pages = list(render_notice_lists(some, context()))
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page for page in pages}


def test_addresses_and_which_turn_by_the_minute() -> None:
    pages = pages_of([*rows(1), closed(2, 2025)])
    assert set(pages) == {
        "notices/",
        "notices/wuhan/",
        "notices/wuhan/2026/",
        "notices/wuhan/2025/",
        "notices/nanjing/",
        "notices/kinds/",
        *(f"notices/kinds/{kind}/" for kind in wording("titles")["kinds"]),
    }
    assert [path for path, page in pages.items() if page.freshness is not None] == [
        "notices/",
        "notices/wuhan/",
        "notices/nanjing/",
    ]


def test_who_cuts_the_address_of_a_kind_finds_all_kinds() -> None:
    kinds = list(wording("titles")["kinds"])
    found = {
        page.path: page.body for page in (*pages_of(rows(1)).values(), *render_honour_rolls([], context()))
    }
    for path in ("notices/kinds/", "honours/kinds/", "honours/wuhan/kinds/"):
        root = "../" * path.count("/")
        assert [link for link in links_of(found[path]) if "/kinds/" in link and link != root + path] == [
            f"{root}{path}{kind}/" for kind in kinds
        ]
    (row,) = rows(1)
    assert "../../" + row.path in links_of(found["notices/kinds/"]) and row.title in text_of(
        found["notices/kinds/"]
    )
    assert "1 件" in found["notices/kinds/"] and found["honours/kinds/"].count("0 人次") == len(kinds)


def test_what_the_counts_of_kinds_leave_out_or_count_twice_is_said() -> None:
    one, two, none = rows(3)
    two = replace(
        two, kinds=(*one.kinds, "mudslide_rescue" if one.kinds[0] == "fire_rescue" else "fire_rescue")
    )
    pages = pages_of([one, two, replace(none, kinds=())])
    for path in ("notices/", "notices/kinds/"):
        assert "另有 1 件未列类型。一则公示有几类行为的，各类都计一件。" in text_of(pages[path].body), path
    assert "../notices/kinds/" in links_of(pages["notices/"].body)
    assert "../../../notices/kinds/" in links_of(pages[f"notices/kinds/{one.kinds[0]}/"].body)
    assert "未列类型" not in text_of(pages_of([one])["notices/kinds/"].body)


def test_the_kinds_say_how_many_are_open_and_why_what_ended_has_none() -> None:
    one, two, gone = rows(3)
    withdrawn = replace(gone, kinds=(), status=NoticeStatus.WITHDRAWN)
    said = text_of(
        pages_of([one, replace(two, kinds=one.kinds, status=NoticeStatus.CONFIRMED), withdrawn])[
            "notices/kinds/"
        ].body
    )
    assert "正在公示 1 / 共 2 件" in said and "正在公示的件数截至 20" in said
    assert "另有 1 件（公示已撤回）事迹不再公布，不列类型。" in said and "未列类型" not in said


def test_the_kinds_list_first_what_can_be_objected_to_with_its_state_and_lead_to_all() -> None:
    later = [notice_row(notice(n, clock=clock(date(2026, 9, day)))) for n, day in ((1, 28), (2, 25))]
    page = pages_of([closed(3), closed(4), *later])["notices/kinds/"]
    of_kind = page.body.split("<section")[list(wording("titles")["kinds"]).index(later[0].kinds[0]) + 1]
    assert re.findall(r'yy-row--(\w+)".*?wuhan-2026-000(\d)/"', of_kind, re.DOTALL) == [
        ("open", "2"),
        ("open", "1"),
        ("confirmed", "3"),
    ]
    assert of_kind.count("data-closes-at") == 2 and "已确认" in of_kind
    assert f'<a href="../../notices/kinds/{later[0].kinds[0]}/">全部 4 件</a>' in of_kind.replace(
        "\u00a0", " "
    )
    assert "全部" not in pages_of(later)["notices/kinds/"].body


def test_each_kind_of_deed_has_a_list_and_a_full_part_keeps_what_it_holds() -> None:
    path = f"notices/kinds/{closed(1).kinds[0]}/"

    def listed(count: int, part: str) -> list[str]:
        many = [closed(n, published_at=AS_OF - timedelta(days=400 - n)) for n in range(1, count + 1)]
        return [link for link in links_of(pages_of(many)[part].body) if "-2026-" in link]

    assert len(listed(3, path)) == 3
    assert len(listed(PER_PAGE + 5, path)) == PER_PAGE
    assert listed(PER_PAGE + 5, f"{path}1/") == listed(PER_PAGE + 9, f"{path}1/")
    empty = pages_of([])[path]
    assert "notices/kinds/" in pages_of([])["notices/"].body and empty.path == path


def test_a_notice_of_several_deeds_is_in_the_list_of_each_and_one_notice_in_all() -> None:
    two = notice(7, act=act(kind="disaster_relief"), further_acts=(act(kind="water_rescue"),))
    pages = pages_of([*rows(1), notice_row(two)])
    chips = text_of(pages["notices/"].body).replace("\u00a0", " ")
    assert "水中救人 2 件" in chips and "抢险救灾 1 件" in chips
    assert "一则公示有几类行为的，各类都计一件。" in chips
    for kind, count in (("disaster_relief", 1), ("water_rescue", 2)):
        body = pages[f"notices/kinds/{kind}/"].body
        assert f"../../../{two.path}" in links_of(body), kind
        assert body.count('class="yy-row ') == count, kind
    assert told(re.findall(r"<nav aria-label=[^>]*>.*?</nav>", pages["notices/"].body, re.DOTALL)[0]) == 2
    # Its row elsewhere says both.
    assert "抢险救灾 水中救人 wuhan-2026-0007" in text_of(pages["notices/wuhan/"].body)
    assert "各类都计一件" not in text_of(pages_of(rows(1))["notices/"].body)
    with speaking("en"):
        assert "Disaster relief, water rescue, one person, " in text_of(
            render_english_home([notice_row(two)], context()).body
        )


def test_a_row_that_waits_has_what_the_script_needs_to_say_how_long() -> None:
    awaiting = replace(closed(3), status=NoticeStatus.AWAITING)
    page = pages_of([awaiting])["notices/"]
    assert (
        page.body.count("data-waited") == 1 and f'data-since="{awaiting.closes_at.isoformat()}"' in page.body
    )
    assert "assets/lists.js" in page.head
    settled = pages_of([closed(3)])["notices/"]
    assert "data-waited" not in settled.body and "assets/lists.js" not in settled.head


def test_open_first_then_awaiting_then_closed() -> None:
    awaiting = replace(closed(3), status=NoticeStatus.AWAITING)
    pages = pages_of([closed(2), awaiting, *rows(1)])
    for path in ("notices/", "notices/wuhan/", "notices/wuhan/2026/"):
        order = [link.rsplit("/", 2)[1] for link in links_of(pages[path].body) if "-2026-" in link]
        assert order == ["wuhan-2026-0001", "wuhan-2026-0003", "wuhan-2026-0002"], path


def test_a_notice_that_is_not_decided_says_its_deed_on_every_list() -> None:
    coming = notice_row(notice(2, status=NoticeStatus.SCHEDULED))
    waiting = replace(closed(3), status=NoticeStatus.AWAITING)
    pages = pages_of([*rows(1), coming, waiting])
    for path in ("notices/", "notices/wuhan/", f"notices/kinds/{coming.kinds[0]}/"):
        assert pages[path].body.count('data-part="summary"') == 3, path


def test_what_closes_first_stands_first() -> None:
    late = notice_row(notice(1, clock=clock(date(2026, 11, 20), date(2026, 12, 4))))
    soon = notice_row(notice(2, clock=clock(date(2026, 11, 20), date(2026, 11, 23))))
    body = pages_of([late, soon])["notices/"].body
    assert body.index("wuhan-2026-0002") < body.index("wuhan-2026-0001")


def test_no_list_is_longer_than_the_setting_and_none_loses_a_notice() -> None:
    many = [*rows(PER_PAGE * 2 + 1), *(closed(100 + n) for n in range(PER_PAGE))]
    pages = pages_of(many)
    for page in pages.values():
        assert page.body.count('class="yy-row ') <= PER_PAGE, page.path
    in_year = [
        link.rsplit("/", 2)[1]
        for path, page in pages.items()
        if path.startswith("notices/wuhan/2026/")
        for link in links_of(page.body)
        if "-2026-" in link
    ]
    assert sorted(in_year) == sorted(row.id for row in many)
    current = [
        page
        for path, page in pages.items()
        if path in ("notices/wuhan/", "notices/wuhan/2/", "notices/wuhan/3/")
    ]
    assert sum(page.body.count("yy-row--open") for page in current) == PER_PAGE * 2 + 1
    left = len(many) - PER_PAGE
    assert f"本页列出 {PER_PAGE} 件；一页列不完，其余 {left} 件见武汉 {left} 件。" in text_of(
        pages["notices/"].body
    )


def test_a_few_beyond_the_limit_are_no_reason_for_another_list() -> None:
    wide = context(site=site(lists=site().lists.model_copy(update={"per_page": 20})))
    for count, shown in ((22, 22), (23, 20)):
        found = render_notice_lists([closed(n) for n in range(1, count + 1)], wide)
        (body,) = (page.body for page in found if page.path == "notices/")
        assert body.count('class="yy-row ') == shown and ("一页列不完" in body) == (shown < count)


def told(nav: str) -> int:
    """The numbers of the chips of ``nav``, summed."""
    return sum(int(n) for n in re.findall(r"<small>(\d+)\s件</small>", nav))


@every_row("seed", range(8))
def test_cities_kinds_and_states_count_the_same_notices(seed: int) -> None:
    """A notice that does not fit a page is counted on it all the same, and the page says where it is."""
    draw = random.Random(seed)
    ends = [NoticeStatus.OPEN, NoticeStatus.SCHEDULED, NoticeStatus.AWAITING, NoticeStatus.CONFIRMED]
    ends += [NoticeStatus.AWARDED, NoticeStatus.RECOMMENDED]
    some = [
        replace(
            closed(n, draw.choice((2024, 2025, 2026))),
            id=f"{(city := draw.choice(('wuhan', 'nanjing')))}-{draw.choice((2024, 2025, 2026))}-{n:04}",
            jurisdiction=city,
            status=draw.choice(ends),
            kinds=(draw.choice(list(wording("titles")["kinds"])),),
        )
        for n in range(1, draw.randrange(2, PER_PAGE * 3))
    ]
    pages = pages_of(some)
    kinds = re.search(r'<details[^>]*id="kinds">.*?</details>', pages["notices/"].body, re.DOTALL)
    assert kinds is not None and told(kinds[0]) == len(some)
    del pages["notices/kinds/"]  # lists the newest of each kind
    for path, page in pages.items():
        _, place, *rest = path.split("/")
        of_list = [
            row
            for row in some
            if place in ("", row.jurisdiction) or (place == "kinds" and rest[0] in row.kinds)
            if not rest[0:1] or not rest[0].isdigit() or len(rest[0]) < 4 or row.year == int(rest[0])
        ]
        lists, *others = re.findall(r"<nav aria-label=[^>]*>.*?</nav>", page.body, re.DOTALL) or [""]
        around = [row for row in some if place in ("", "kinds", row.jurisdiction)]
        assert told(lists) == len(around), path
        for states in (nav for nav in others if "data-states" in nav):
            assert told(states) == len(of_list), path
            for anchor in re.findall(r'href="#([^"]+)"', states):
                assert f'id="{anchor}"' in page.body, (path, anchor)
        shown = page.body.count('class="yy-row ')
        assert ('id="left-out"' in page.body) == (shown < len(of_list)), path


def test_a_row_is_true_without_script_and_carries_its_moments() -> None:
    body = pages_of(rows(1))["notices/"].body
    assert "公示至 2026年11月26日 24:00" in text_of(body)
    assert "还有" not in text_of(body)
    assert 'data-opens-at="2026-11-20T00:00:00+08:00"' in body
    assert 'data-closes-at="2026-11-27T00:00:00+08:00"' in body
    assert 'data-after-close="awaiting"' in body


def test_tombstone_row_has_no_name() -> None:
    dead = notice_row(tombstone(NoticeStatus.REVOKED))
    assert "李大勇" not in pages_of([dead])["notices/wuhan/2026/"].body


def test_what_is_closed_is_folded_by_how_it_ended_and_has_an_address() -> None:
    endings = (NoticeStatus.WITHDRAWN, NoticeStatus.REVOKED)
    ended = [notice_row(tombstone(status, number)) for number, status in enumerate(endings, 8)]
    pages = pages_of([*rows(1), closed(5), *ended])
    body = pages["notices/"].body
    for status in (NoticeStatus.CONFIRMED, *endings):
        # The anchor stands within what is folded, so that a browser unfolds it for whoever comes by the address.
        fold = re.search(
            rf'<details class="[^"]*"( open)?>(?:(?!</details>).)*id="{status}"', body, re.DOTALL
        )
        assert fold is not None and fold[1] is None, status
        assert f'href="#{status}"' in body
    for row, said in zip(ended, ("公示已撤回", "确认已撤销"), strict=True):
        assert f"公示 {row.id}（{said}）" in text_of(body)


def test_a_list_of_what_is_closed_alone_is_not_folded() -> None:
    body = pages_of([closed(5)])["notices/wuhan/2026/"].body
    endings = [tag for tag in re.findall("<details[^>]*>", body) if "yy-endings" in tag]
    assert re.findall("<details[^>]* open>", body) == endings != []


def test_home_leads_with_what_closes_first_and_says_the_name_once() -> None:
    later = notice_row(notice(1, clock=clock(date(2026, 11, 20), date(2026, 11, 29))))
    first = notice_row(notice(2, clock=clock(date(2026, 11, 20), date(2026, 11, 24))))
    body = render_home([later, first], [], context()).body
    hero = body[: body.index("<nav")]
    assert f'/{first.path}"' in hero and f'/{later.path}"' not in hero
    assert "公示至 2026年11月24日 24:00" in text_of(hero)
    assert "最先截止的一件列在上面，其余的按截止先后排列。" in text_of(body), "the style hides its row below"
    assert "仍在公示的，按截止先后排列。" in text_of(render_home([first], [], context()).body)
    assert "有 2 件公示可以提出异议" in text_of(hero[hero.index("<h1") : hero.index("</h1>")])
    assert '<span class="yy-whole">公示</span>可以' in hero, "in large type it stood on two lines"
    assert context().site.name not in text_of(hero)


def test_home_leads_to_each_city_with_what_is_open_there_above_the_list() -> None:
    body = render_home(rows(2), [honour_row(honour())], context()).body
    nav = body[body.index('<nav aria-label="按城市看正在公示的"') : body.index('<ul class="yy-rows"')]
    assert "武汉 2 件" in text_of(nav) and "./notices/wuhan/" in links_of(nav)
    assert len(links_of(nav)) == len(context().register_cities), "none is left out for having nothing open"


def test_home_leads_to_an_open_notice_in_one_click_and_answers_four_tasks() -> None:
    page = render_home(rows(1), [honour_row(honour())], context())
    links = links_of(page.body)
    assert "./notices/wuhan-2026-0001/" in links
    assert {"./notices/", "./objections/", "./honours/", "./policies/"} <= set(links)
    assert "./honours/wuhan-2026-h0001/" in links
    assert "截至 2026年11月22日 09:00，有 1 件公示可以提出异议" in text_of(page.body)


def test_home_holds_what_opens_and_closes_while_it_lies_unchanged() -> None:
    """A home that nobody rebuilt for a week must not say that nothing is open."""
    coming = [notice_row(notice(20 + n, status=NoticeStatus.SCHEDULED)) for n in range(3)]
    body = render_home([*rows(9), *coming], [], context()).body
    assert body.count("yy-row--open") == 9 + 1, "and the first in the hero"
    assert body.count("yy-row--scheduled") == 3
    assert body.count("data-beyond") == 3 + 3 + 1, "the heading of what is scheduled too"
    assert "另有 3 件正在公示、3 件即将公示。" in text_of(body).replace("\u00a0", " ")


def test_the_english_home_holds_what_opens_later_and_where_what_has_closed_goes() -> None:
    coming = [notice_row(notice(20 + n, status=NoticeStatus.SCHEDULED)) for n in range(2)]
    with speaking("en"):
        body = render_english_home([*rows(1), *coming], context()).body
        empty = render_english_home([], context())
    assert [name for name in ("open", "scheduled", "closed") if f'data-group="{name}"' in body] == [
        "open",
        "scheduled",
        "closed",
    ]
    assert body.count("yy-row--scheduled") == 2 and text_of(body).count("Opens 2") == 2
    assert 'data-recount="Of the notices listed below, {n} can be objected to now."' in body
    assert "no notice is open to objections" in text_of(empty.body) and "lists.js" not in empty.head


def test_the_page_on_objections_has_what_ends_first_and_leads_to_the_rest() -> None:
    coming = [notice_row(notice(20 + n, status=NoticeStatus.SCHEDULED)) for n in range(2)]
    body = open_notices_html("objections/", [*rows(8), *coming], context())
    assert body.count("yy-row--open") == 8 and body.count("data-beyond") == 8 - SHOWN + 1
    assert f"另有 {8 - SHOWN} 件见全部公示。" in text_of(body).replace("\u00a0", " ")
    assert [name for name in ("open", "scheduled", "closed") if f'data-group="{name}"' in body] == [
        "open",
        "scheduled",
        "closed",
    ]
    assert "lists.js" in body and "../notices/#open" in links_of(body)
    closes = re.findall(r'data-closes-at="([^"]+)"', body)[:8]
    assert closes == sorted(closes)
    assert "截至" not in text_of(body), "no more of the moment of the build than lists have"


def test_the_page_on_objections_says_that_nothing_is_open() -> None:
    empty = open_notices_html("objections/", [closed(1)], context())
    assert "没有可以提出异议的公示。" in text_of(empty)
    assert "lists.js" not in empty and "yy-row--" not in empty


def test_home_without_any_notice_says_so() -> None:
    words = text_of(render_home([], [], context()).body)
    assert "没有可以提出异议的公示" in words


def test_home_keeps_revoked_honours_off_the_wall() -> None:
    revoked = replace(honour_row(honour()), revoked=True)
    assert "李大勇" not in render_home([], [revoked], context()).body


def test_home_holds_the_chart_it_is_given() -> None:
    assert "<svg>图</svg>" in render_home([], [], context(), chart_html="<svg>图</svg>").body


@pytest.mark.parametrize(
    "hostile", ["a\n\n    b", "<b>", "# 一", "</div>", "**x**", "[x](javascript:alert(1))", "&amp;"]
)
def test_markdown_leaves_a_body_as_it_is(hostile: str) -> None:
    """An engine reads a body as Markdown: it must come out unchanged."""
    row = replace(rows(1)[0], title=hostile, summary=hostile)
    for page in (render_home([row], [], context()), *render_notice_lists([row], context())):
        source = as_markdown(page).split("---\n", 2)[2].strip()
        built = markdown.markdown(source, extensions=["attr_list", "md_in_html", "toc"])
        assert built.strip() == page.body


def test_lists_of_a_later_day_say_their_own_day() -> None:
    later = context(as_of=AS_OF + timedelta(days=1))
    assert "截至 2026年11月23日 09:00 可以提出异议" in text_of(next(render_notice_lists(rows(1), later)).body)
    assert site().lists.per_page == PER_PAGE


def test_a_city_on_the_home_page_leads_to_what_one_can_get() -> None:
    with_rules = context()
    body = render_home(rows(1), [], with_rules).body
    for city in with_rules.register_cities:
        assert f'policies/{city.slug}/for-me/"' in body, city.slug


def test_the_time_in_the_heading_of_the_english_home_stays_with_its_date_where_its_minute_is_left_open() -> (
    None
):
    with speaking("en"):
        body = render_english_home(rows(2), replace(context(), minute_open=True)).body
    heading = body.partition("</h1>")[0]
    assert re.search(rf'<span class="yy-whole">[^<]*, {OPEN_MINUTE},</span> 2 notices', heading)


def test_a_row_of_the_english_home_says_in_english_what_was_done_and_by_how_many() -> None:
    several = notice_row(notice(1, persons=(person("甲一"), person("乙二"), person("丙三"))))
    with speaking("en"):
        words = text_of(render_english_home([several, *rows(2)[1:]], context()).body)
    assert "Water rescue, 3 people, " in words and "Water rescue, one person, " in words


def test_decisions_say_that_not_every_one_is_entered_and_where_the_others_stand() -> None:
    def told(*decisions: PublicDecision, honours: int) -> tuple[str, list[str]]:
        parts = {
            part.path: part
            for part in decision_lists(
                [decision_row(item) for item in decisions], {"wuhan": honours, "nanjing": 1}, context()
            )
        }
        (page, *_) = parts["decisions/wuhan/"].make()
        return text_of(page.body), links_of(page.body)

    said, links = told(honours=5)
    assert "只列本站整份收录的决定。其余荣誉" in said and "../../data/honours.csv" in links
    said, links = told(public_decision(), honours=5)
    assert "现有 1 份，涉及 2 项荣誉；本站公开的武汉荣誉共 5 项。其余荣誉" in said
    assert "../../data/honours.csv" in links
    said, _ = told(public_decision(), honours=2)
    assert "现有 1 份；本站公开的武汉荣誉 2 项都在其中。" in said and "其余荣誉" not in said


def test_a_decision_leads_to_its_original_or_says_that_none_is_known() -> None:
    bare, linked = public_decision(), public_decision(source="https://example.org/a")
    none = "本站的记录里没有原文的网址；要对照原文，请向发布机构查询。"
    page = render_decision(bare, context(), "0").body
    assert none in text_of(page)
    page = render_decision(linked, context(), "0").body
    assert none not in text_of(page) and "https://example.org/a" in links_of(page)
