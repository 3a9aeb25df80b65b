"""“我能得到什么”页: true without a script, sorted with one as the library decides, light, linked."""

from __future__ import annotations

from urllib.parse import urljoin

from generator.law.instruments.entitlement import Injury, entitlements
from generator.law.instruments.policy_words import cited_words
from generator.pages.english_pages import counterparts
from generator.pages.page import Page
from generator.source.model.law_words import Consequence, Modality, Topic
from tests.every_row import every_row
from tests.policy_site import (
    TODAY,
    by_class,
    by_id,
    english_pages,
    pages,
    parsed,
    settings,
    site_context,
    words,
)

PLACES = sorted(slug for slug, place in settings().jurisdictions.items() if place.level != "nation")
HEAVIEST = 200_000
"""Bytes of a page, the shell of the site included."""
SHELL = 15_000


def path_of(place: str) -> str:
    return f"policies/{place}/for-me/"


@every_row("place", PLACES)
def test_the_page_has_every_benefit_with_its_article_and_all_it_asks_for(place: str) -> None:
    tree = parsed(pages()[path_of(place)])
    text = words(tree)
    cited = {(urljoin(f"/{path_of(place)}", a.get("href") or ""), words(a)) for a in tree.iter("a")}
    found = entitlements(settings().library, place, TODAY)
    assert len(by_class(tree, "yy-benefit")) == len(found) > 0
    for item in found:
        assert item.provision.summary.replace(" ", "") in text
        assert (f"/{item.provision.path}", cited_words(item.provision.article)) in cited
        for condition in (*item.provision.value.conditions, *item.benefit.bring, *item.benefit.payers):
            assert condition.replace(" ", "") in text, item.provision.path


@every_row("place", PLACES)
def test_without_a_script_nothing_is_asked_and_nothing_is_hidden(place: str) -> None:
    tree = parsed(pages()[path_of(place)])
    form = next(node for node in tree.iter("form"))
    assert form.get("hidden") is not None
    assert all(
        node.get("hidden") is None
        for node in tree.iter()
        if "data-all" in node.attrib or "yy-benefit" in (node.get("class") or "")
    )


@every_row("place", PLACES)
def test_the_page_is_light(place: str) -> None:
    assert len(pages()[path_of(place)].body.encode()) < HEAVIEST - SHELL


@every_row("place", PLACES)
def test_every_digest_leads_to_it_first(place: str) -> None:
    lead = by_id(parsed(pages()[f"policies/{place}/"]), "for-me")
    links = [urljoin(f"/policies/{place}/", a.get("href") or "") for a in lead.iter("a")]
    assert links[0] == f"/{path_of(place)}"
    assert f"/{path_of(place)}#place=outsider" in links


def test_kunming_says_first_to_whom_it_applies() -> None:
    text = words(by_id(parsed(pages()[path_of("kunming")]), "for-whom"))
    assert "非昆明市人员在昆明市见义勇为的，条文写明适用的只有表彰奖励" in text


def test_hangzhou_shows_what_the_province_gives_and_says_that_it_is_the_provinces() -> None:
    cards = by_class(parsed(pages()[path_of("hangzhou")]), "yy-benefit")
    province = [
        words(card)
        for card in cards
        if any("浙江省" in words(tag) for tag in by_class(card, "yy-benefit__level"))
    ]
    assert any("第十六条第三款" in card and "没有加害人" in card for card in province)
    assert any("二等功以上奖励" in card for card in province)


def test_absences_are_one_sentence_with_whom_to_call() -> None:
    text = words(by_id(parsed(pages()[path_of("kunming")]), "silent"))
    assert text.startswith("本站收录的适用文本没有规定这些方面：公共交通、公园景区、落户")
    assert "可以问上面写的机关" in text


def test_what_is_open_of_all_of_it_is_told_before_the_answer() -> None:
    missing = "上位规定《云南省奖励和保护见义勇为人员条例》本站没有收录，可能另有规定"
    page = pages()[path_of("kunming")]
    assert missing in words(by_id(parsed(page), "open"))
    assert page.body.index('id="open"') < page.body.index("data-results")


def test_what_the_bereaved_are_told_has_one_order_of_topics_everywhere() -> None:
    after_death = list(Injury).index(Injury.DEATH)
    for place in PLACES:
        cards = [
            card
            for card in by_class(parsed(pages()[path_of(place)]), "yy-benefit")
            if card.get("data-encouraged") is None
        ]
        cards.sort(key=lambda card: int((card.get("data-places") or "")[2 * after_death :][:2], 36))
        topics = list(dict.fromkeys(words(by_class(card, "yy-benefit__topic")[0]) for card in cards))
        wanted = [
            "伤亡抚恤",
            "教育",
            "就业与劳动关系",
            "医疗与救治费用",
            "社会救助",
            "住房",
            "公共交通",
            "公园景区",
        ]
        assert [topic for topic in topics if topic in wanted] == [
            topic for topic in wanted if topic in topics
        ]


@every_row("place", PLACES)
def test_somebody_disabled_reads_first_of_the_pension_and_then_of_what_only_the_disabled_have(
    place: str,
) -> None:
    at = 2 * list(Injury).index(Injury.DISABLED)
    cards = by_class(parsed(pages()[path_of(place)]), "yy-benefit")
    told = [(words(card), int((card.get("data-places") or "")[at:][:2], 36)) for card in cards]
    ranks: dict[str, list[int]] = {"pension": [], "disabled": [], "others": []}
    for item in entitlements(settings().library, place, TODAY):
        if item.provision.modality is Modality.ENCOURAGED:
            continue
        kind, named = "others", set(item.benefit.outcomes)
        if item.provision.topic is Topic.BENEFIT_PENSION:
            kind = "pension"
        elif Consequence.DISABLED in named and not {Consequence.INJURED, Consequence.HARDSHIP} & named:
            kind = "disabled"
        summary = item.provision.summary.replace(" ", "")
        ranks[kind] += [rank for text, rank in told if summary in text]
    for sooner, later in (("pension", "disabled"), ("disabled", "others")):
        assert max(ranks[sooner], default=0) < min(ranks[later], default=36**2), (place, sooner)


def test_a_line_of_scope_says_whom_it_concerns() -> None:
    lines = {
        place: [
            (words(li), li.get("data-places"))
            for li in by_id(parsed(pages()[path_of(place)]), "for-whom").iter("li")
        ]
        for place in ("kunming", "luoyang")
    }
    assert not any("没有另外写" in told for told, _ in lines["kunming"])
    assert [places for _, places in lines["kunming"]] == ["away", "outsider", "serviceman"]
    anybody = [places for told, places in lines["luoyang"] if told.startswith("在洛阳市见义勇为，不属于")]
    assert anybody == ["local outsider serviceman"]


PEOPLE = {
    "wuhan": ("武汉市居民", "不是武汉市居民的", "第二条），没有写怎样算本市居民"),
    "nanjing": ("南京市户籍居民", "不是南京市户籍居民的", "第三条第二款）。"),
    "qingdao": ("具有青岛市常住户口", "不具有青岛市常住户口", "“具有青岛市常住户口的公民”（第三条第一款）。"),
    "kunming": ("昆明市人员", "非昆明市人员", "第二条第一款），没有写怎样算本市人员"),
    "luoyang": ("洛阳市人员", "不是洛阳市人员的", "第三条第二款），没有写怎样算本市人员"),
    "beijing": ("北京市公民", "非北京市人员", "第三条第一款），没有写怎样算本市公民"),
    "shandong": ("山东省公民", "不是山东省公民的", "第三条第二款），没有写怎样算本省公民"),
    "henan": ("河南省户籍人员", "不是河南省户籍人员的", "第二条第二款）。"),
    # Two texts, two words.
    "hubei": ("湖北人", "外地人", "“湖北省户籍居民”（第二条第二款）。"),
    "hangzhou": ("杭州人", "外地人", ""),
    "zhejiang": ("浙江人", "外地人", ""),
}


@every_row("place", PLACES)
def test_who_is_of_a_place_is_asked_in_the_words_of_its_text(place: str) -> None:
    """户籍, 常住户口, 居民 and 公民 are different tests: who lived there for years may meet one and not another."""
    local, elsewhere, whence = PEOPLE[place]
    form = next(iter(parsed(pages()[path_of(place)]).iter("form")))
    options = {option.get("value"): words(option) for option in form.iter("option")}
    assert options["local"].startswith(f"{local}，") and options["away"].startswith(f"{local}，")
    assert options["outsider"].startswith(f"{elsewhere}，")
    hint = words(by_class(form, "yy-ask__hint")[0])
    assert whence in hint and ("条文的写法是" in hint) is bool(whence)


def test_the_box_says_whom_a_text_means_in_its_words_and_how_surely() -> None:
    told = {
        place: words(by_id(parsed(pages()[f"policies/{place}/"]), "for-whom"))
        for place in PEOPLE
        if place not in ("hangzhou", "zhejiang")
    }
    assert "南京市户籍居民在南京市以外见义勇为的" in told["nanjing"]
    assert "不具有青岛市常住户口的公民在青岛市见义勇为的，参照适用" in told["qingdao"]
    assert "湖北省居民在湖北省以外见义勇为的（没有在省外受到表彰奖励），原则上适用" in told["hubei"]
    assert "湖北省户籍居民在湖北省以外见义勇为的" in told["hubei"]
    assert "武汉市居民在武汉市以外见义勇为的，可以参照适用" in told["wuhan"]
    assert "北京市公民在北京市以外见义勇为的，参照适用" in told["beijing"]


def test_a_soldier_is_told_that_no_text_speaks_of_soldiers() -> None:
    def of_soldiers(place: str) -> list[str]:
        lines = by_id(parsed(pages()[path_of(place)]), "for-whom").iter("li")
        return [words(line) for line in lines if line.get("data-places") == "serviceman"]

    assert "没有另外写" in "".join(of_soldiers("wuhan")) and "所在部队" in "".join(of_soldiers("wuhan"))
    assert not any(
        "没有另外写" in told for place in ("kunming", "luoyang", "henan") for told in of_soldiers(place)
    )


def test_a_text_that_is_cut_off_is_not_called_silent() -> None:
    text = words(by_id(parsed(pages()[path_of("hubei")]), "silent"))
    assert "文本不全，不能断定没有" in text
    assert "没有规定这些方面" not in text


def test_somebody_hurt_and_the_bereaved_find_theirs_first_and_every_group_says_how_many() -> None:
    tree = parsed(pages()[path_of("wuhan")])
    titles = [words(node) for node in tree.iter("h2") if "项）" in words(node)]
    order = [title.partition("（")[0] for title in titles]
    assert (
        order.index("医疗与救治费用")
        < order.index("伤亡抚恤")
        < order.index("教育")
        < order.index("公园景区")
    )
    assert order.index("伤亡抚恤") < order.index("奖金") < order.index("公共交通")
    local = [title for title in titles if not title.startswith("国家规定")]
    own = [card for card in by_class(tree, "yy-benefit") if card.get("data-benefit") != "national"]
    assert sum(int(title.partition("（")[2].removesuffix("项）")) for title in local) == len(own)


def test_conditions_are_said_as_one_says_them_to_kin() -> None:
    for place in PLACES:
        text = words(parsed(pages()[path_of(place)]))
        for machine in ("后果：", "要看：", "不符合：", "给遗属", "条件："):
            assert machine not in text, (place, machine)
    assert "限于牺牲人员的家人" in words(parsed(pages()[path_of("wuhan")]))


def test_kin_of_the_dead_are_not_told_that_money_is_for_the_person_alone() -> None:
    cards = by_class(parsed(pages()[path_of("luoyang")]), "yy-benefit")
    (bonus,) = [card for card in cards if "特别奖金一百万元" in words(card)]
    lines = {words(line): line.get("data-a") for line in by_class(bonus, "yy-benefit__if")[0]}
    # 本人, 配偶, 子女, 父母, 其他近亲属, each alive and dead.
    assert lines["须为本人"] == "ynnynynyny"
    assert lines["条文写给本人；本人牺牲后能不能由遗属领取，没有写明，请问机关"] == "yyydydydyd"


def lines_of(place: str, summary: str) -> dict[str, str | None]:
    cards = by_class(parsed(pages()[path_of(place)]), "yy-benefit")
    (card,) = [card for card in cards if summary in words(card)]
    return {words(line): line.get("data-a") for line in by_class(card, "yy-benefit__if")[0]}


def test_of_a_household_the_page_says_whom_the_civil_code_counts() -> None:
    cards = by_class(parsed(pages()[path_of("wuhan")]), "yy-benefit")
    assert any("须为家庭" in words(card) for card in cards)
    assert "照民法典第一千零四十五条，是配偶、父母、子女和共同生活的其他近亲属" in words(
        by_id(parsed(pages()[path_of("wuhan")]), "yours")
    )
    # 配偶, 子女, 父母 and 其他近亲属, alive.
    assert (lines_of("wuhan", "保障性住房条件")["须为家庭"] or "")[2::2] == "yyyd"


def test_what_is_left_to_the_organ_of_registration_is_told_for_an_act_elsewhere() -> None:
    box = by_id(parsed(pages()[path_of("nanjing")]), "where")
    (home,) = (node for node in box.iter("div") if "data-home" in node.attrib)
    assert home.get("data-places") == "away"
    lines = {words(li): li.get("data-a") for li in home.iter("li")}
    (disabled,) = (said for said in lines if "区民政部门" in said)
    assert disabled.endswith("第二十五条第二款")
    # 没有受伤, 负伤, 轻伤, 重伤, 致残, 牺牲, each without and with hardship.
    assert lines[disabled] == "nnddnnddyynn"
    assert not any("非本市户籍" in said for said in lines)
    away = [words(node) for node in box.iter("p") if node.get("data-places") == "away"]
    assert len(away) == 1 and "025-" not in away[0]


def test_kin_read_what_is_paid_once_and_beneath_it_of_the_funeral_then_of_what_is_paid_monthly() -> None:
    told = kinds_after_death("wuhan")
    at_work = told["《工伤保险条例》"]
    assert at_work.index("一次性工亡补助金是") < at_work.index("丧葬补助金") < at_work.index("按月供养亲属")
    martyrs = told["《烈士褒扬条例》"]
    assert martyrs.index("一次性30倍") < martyrs.index("也评定为烈士") < martyrs.index("按月父母")


@every_row("place", PLACES)
def test_of_each_kind_one_sentence_is_seen_and_the_rest_folded(place: str) -> None:
    (listed,) = by_id(parsed(pages()[path_of(place)]), "decides").iter("dl")
    for told in (node for node in listed if node.tag == "dd"):
        folded = {li for fold in told.iter("details") for li in fold.iter("li")}
        seen = [words(li) for li in told.iter("li") if li not in folded]
        assert len([said for said in seen if "条文没有写" not in said]) <= 1, seen
        assert len(words(told)) > 10


def test_foreigners_read_where_texts_speak_of_them_and_that_others_do_not() -> None:
    for place, unsaid in (("wuhan", True), ("quanguo", False)):
        told = words(by_id(parsed(pages()[path_of(place)]), "foreigners"))
        assert ("本站收录的地方规定没有提到外国人" in told) is unsaid
        assert "第六十九条" in told and "在我国境内申请行政复议，适用本法。第八十九条" in told


def test_work_injury_is_marked_as_nothing_for_soldiers() -> None:
    (listed,) = by_id(parsed(pages()[path_of("wuhan")]), "decides").iter("dl")
    assert next(words(node) for node in listed if "data-civilian" in node.attrib).startswith("职工")


def test_the_nation_has_a_page_for_whoever_lives_where_no_text_is_held() -> None:
    tree = parsed(pages()[path_of("quanguo")])
    assert len(by_class(tree, "yy-benefit")) == len(entitlements(settings().library, "quanguo", TODAY)) > 50
    assert all(card.get("data-benefit") == "own" for card in by_class(tree, "yy-benefit"))
    form = next(iter(tree.iter("form")))
    assert [select.get("name") for select in form.iter("select")] == ["role", "place", "work", "injury"]
    serves = [option.get("value") for option in form.iter("option") if "军人" in words(option)]
    assert serves == ["local", "serviceman"]
    text = words(tree)
    for never in ("以见义勇为得到确认为前提", "地方规定没有写", "没有规定这些方面", "国家规定另有"):
        assert never not in text, never
    assert "打当地的12345" in words(by_id(tree, "where"))
    links = {urljoin(f"/{path_of('quanguo')}", a.get("href") or "") for a in tree.iter("a")}
    assert {"/policies/", "/policies/quanguo/"} <= links


@every_row("path", ["policies/", "policies/quanguo/"])
def test_the_nations_page_is_linked_where_a_city_is_missing_and_in_both_languages(path: str) -> None:
    links = {urljoin(f"/{path}", a.get("href") or "") for a in parsed(pages()[path]).iter("a")}
    assert f"/{path_of('quanguo')}" in links
    _, nation = english_pages("quanguo")
    assert nation.path == path_of("quanguo") and "12345" in nation.body
    assert path_of("quanguo") in counterparts(site_context())


def test_costs_of_treatment_are_those_from_before_the_death() -> None:
    costs = lines_of("kunming", "由医疗机构垫付")
    assert costs["牺牲以前发生的费用，请问机关"] == "yyydydydyd"
    assert not any("遗属领取" in line for line in costs)


def test_the_civil_code_is_left_to_itself() -> None:
    code = lines_of("kunming", "由侵权人承担民事责任")
    assert not any("请问机关" in line for line in code)


def test_a_death_meets_the_condition_that_names_it() -> None:
    # 没有受伤, 负伤, 轻伤, 重伤, 致残, 牺牲, each without and with hardship.
    of_three = lines_of("kunming", "由市综治部门向省综治部门申报")
    assert of_three["尚需：有特别重大贡献、因见义勇为牺牲或者完全丧失劳动能力"] == "ddddddddddyy"
    assert of_three["尚需：经市社会管理综合治理部门审核、市人民政府批准，授予市级称号"] == "d"
    all_of = lines_of("luoyang", "特别奖金一百万元")
    assert all_of["尚需：经省评定委员会评定并由省政府表彰"] == "d"
    assert all_of["尚需：牺牲或者全部丧失劳动能力"] == "ddddddddddyy"


def test_lineal_relatives_are_said_to_be_the_articles_word() -> None:
    cards = by_class(parsed(pages()[path_of("wuhan")]), "yy-benefit")
    lineal = [words(card) for card in cards if "须为直系亲属" in words(card)]
    assert lineal and all("条文这样写，没有说明是哪些人" in card for card in lineal)


def test_that_the_version_is_uncertain_is_told_before_the_answer() -> None:
    page = next(
        page for path, page in pages().items() if path.endswith("/for-me/") and "不能完全断定" in page.body
    )
    assert page.body.index("不能完全断定") < page.body.index("data-results")


def test_of_a_city_whose_text_is_certain_only_the_provinces_is_called_uncertain() -> None:
    told = words(by_id(parsed(pages()[path_of("wuhan")]), "open"))
    assert "湖北省的规定现在适用哪一个版本，不能完全断定" in told
    assert "武汉" not in told
    (link,) = [a.get("href") or "" for a in by_id(parsed(pages()[path_of("wuhan")]), "open").iter("a")]
    assert urljoin(f"/{path_of('wuhan')}", link) == "/policies/hubei/"


@every_row("place", PLACES)
def test_kin_read_every_way_to_a_martyr_and_who_decides_it(place: str) -> None:
    """One killed by an attacker may come under 第（五）项, which another organ decides than the first two."""
    block = words(by_id(parsed(pages()[path_of(place)]), "decides"))
    for item in ("第八条第一款第（一）项", "第八条第一款第（二）项", "第八条第一款第（五）项"):
        assert item in block, item
    assert "依法查处违法犯罪行为" in block and "没有任务的公民自行制止违法犯罪算不算" in block
    assert "情节特别突出、堪为楷模" in block and "国务院退役军人工作主管部门审查评定" in block
    assert "属于第（一）、（二）项的，由单位" in block


@every_row("place", PLACES)
def test_dependants_read_who_is_paid_and_what_share(place: str) -> None:
    block = words(by_id(parsed(pages()[path_of(place)]), "decides"))
    assert "由死者生前提供主要生活来源、没有劳动能力的亲属" in block
    assert "配偶40%，其他亲属每人30%，孤寡老人或者孤儿每人另加10%" in block


@every_row("place", PLACES)
def test_somebody_injured_reads_first_of_the_time_that_can_be_missed(place: str) -> None:
    page = pages()[path_of(place)]
    limits, graded = (node for node in parsed(page).iter() if "data-limits" in node.attrib)
    told = words(limits)
    assert "data-serviceman" not in limits.attrib and "data-serviceman" in graded.attrib
    assert "工伤" in told and "30日内申请工伤认定" in told and "1年内直接申请" in told
    assert "视同工伤" in told and "第十七条第二款" in told
    assert page.body.index("data-limits") < page.body.index("data-results")
    assert limits.find(".//details") is None


@every_row("place", PLACES)
def test_a_soldier_reads_how_a_disability_is_graded_and_by_whom(place: str) -> None:
    page = pages()[path_of(place)]
    _, graded = (node for node in parsed(page).iter() if "data-limits" in node.attrib)
    told = words(graded)
    assert "军人抚恤优待条例" in told and "工伤" not in told
    assert "认定为因战致残" in told and "应当及时评定" in told and "军级以上单位" in told
    for article in ("第二十五条第一款第（三）项", "第二十七条第一款", "第二十七条第二款", "第二十八条第一款"):
        assert article in told, article


@every_row("place", PLACES)
def test_kin_read_of_the_time_that_can_be_missed_before_the_sums(place: str) -> None:
    block = by_id(parsed(pages()[path_of(place)]), "decides")
    (first,) = by_class(block, "yy-decides__first")
    told = words(first)
    assert told.startswith("先记住期限，过期可能领不到")
    assert "30日内" in words(next(first.iter("summary"))), "the times stand there unopened"
    assert told.index("30日内申请工伤认定") < told.index("1年内直接申请")
    assert first.find(".//details") is None
    assert words(block).index("1年内直接申请") < words(block).index("20倍")
    assert words(block).count("1年内直接申请") == 1


def test_kin_read_by_when_the_act_must_be_confirmed_where_a_text_says() -> None:
    def told(place: str) -> str:
        (first,) = by_class(by_id(parsed(pages()[path_of(place)]), "decides"), "yy-decides__first")
        return words(first)

    assert "申请见义勇为确认：1年" in told("nanjing") and "90日内申报" in told("kunming")
    # The city is silent and its province is not.
    assert "申请见义勇为确认" in told("wuhan")
    for silent in ("luoyang", "beijing", "zhejiang"):
        assert "没有规定期限" not in told(silent)


@every_row("place", PLACES)
def test_what_a_martyr_is_given_as_an_employee_is_kept_from_whoever_had_no_employer(place: str) -> None:
    block = by_id(parsed(pages()[path_of(place)]), "decides")
    (line,) = [li for li in block.iter("li") if words(li).find("属于工伤保险范围的，还有") >= 0]
    assert (line.get("data-q"), line.get("data-a")) == ("work", "yn")


def kinds_after_death(place: str) -> dict[str, str]:
    """What the block says under each kind, by the law that has it; under 都不是的 by that."""
    (listed,) = by_id(parsed(pages()[path_of(place)]), "decides").iter("dl")
    told = [words(node) for node in listed]
    return {head.rpartition("：")[2] or head: said for head, said in zip(told[::2], told[1::2], strict=True)}


OF_A_KIND = {
    "wuhan": ("工伤保险条例", "武汉：未评烈士而属视同工伤的"),
    "nanjing": ("工伤保险条例", "属视同工伤的，遗属在工伤保险待遇之外"),
    "henan": ("工伤保险条例", "发生地县级财政出钱"),
    "luoyang": ("工伤保险条例", "河南：不够烈士而属视同工伤的"),
    "zhejiang": ("工伤保险条例", "单位职工致残或者牺牲的"),
    "qingdao": ("烈士褒扬条例", "青岛：牺牲而符合革命烈士条件的"),
    "beijing": ("烈士褒扬条例", "家属享受烈属待遇"),
}


@every_row("place", list(OF_A_KIND))
def test_what_a_text_gives_to_one_kind_stands_under_that_kind(place: str) -> None:
    law, said = OF_A_KIND[place]
    told = kinds_after_death(place)
    assert said in told[f"《{law}》"]
    (neither,) = (value for head, value in told.items() if head.startswith("都不是的"))
    assert said not in neither and "视同工伤的" not in neither


@every_row("place", PLACES)
def test_english_tells_as_much_under_each_kind(place: str) -> None:
    def under_each(page: Page) -> list[int]:
        (listed,) = by_id(parsed(page), "decides").iter("dl")
        return [len(list(node.iter("li"))) for node in listed if node.tag == "dd"]

    _, page = english_pages(place)
    assert under_each(page) == under_each(pages()[path_of(place)])


def test_where_every_rule_is_for_a_kind_the_text_is_not_called_silent() -> None:
    assert kinds_after_death("zhejiang")["都不是的"].startswith(
        "本站收录的地方规定写牺牲的抚恤的，都列在上面"
    )
    assert kinds_after_death("hubei")["都不是的"].startswith("本站收录的地方规定没有写牺牲的抚恤")


@every_row("place", PLACES)
def test_kin_read_of_the_monthly_pension_that_is_theirs_and_where_sums_are_published(place: str) -> None:
    block = by_id(parsed(pages()[path_of(place)]), "decides")
    # 本人, 配偶, 子女, 父母, 其他近亲属, each alive and dead.
    lines = {words(li): li.get("data-a") for li in block.iter("li") if "定期抚恤金" in words(li)}
    assert [(answers or "")[3::2] for answers in lines.values()] == ["ynyn", "nynn", "nnnd"]
    others = [li for li in block.iter("li") if li.get("data-a") and "定期抚恤金" not in words(li)]
    assert {li.get("data-q") for li in others} <= {"work"}
    assert "国家统计局每年公布的上年度全国城镇居民人均可支配收入" in words(block)


def test_what_a_text_says_of_martyrs_alone_stands_under_martyrs_and_its_silence_on_others_under_others() -> (
    None
):
    told = kinds_after_death("kunming")
    assert "昆明：牺牲者符合评定烈士条件的，由发生地综治部门提出" in told["《烈士褒扬条例》"]
    assert "没有评定为烈士" not in told["《烈士褒扬条例》"]
    (neither,) = (said for head, said in told.items() if head.startswith("都不是的"))
    assert "符合评定烈士条件" not in neither
    assert "昆明：没有评定为烈士的怎样抚恤，条文没有写。第二十六条" in neither


def test_kin_read_where_a_text_has_no_pension_but_that_of_a_martyr() -> None:
    block = words(by_id(parsed(pages()[path_of("kunming")]), "decides"))
    own = block.partition("都不是的")[2]
    assert "没有评定为烈士的怎样抚恤，条文没有写。" in own
    assert "第二十二条" in own and "丧葬" in own
    assert "《云南省奖励和保护见义勇为人员条例》本站没有收录，可能另有规定" in own
