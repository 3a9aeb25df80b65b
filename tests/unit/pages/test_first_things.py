"""先看的几件事与步骤: no question is denied that a text of the place answers, and the steps say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from generator.catalogue import wording
from generator.law.instruments import Provision
from generator.pages.policy.first_things import Key, for_cell, keys_of
from generator.pages.policy.policy_path import Trail, trail
from generator.source.model.law_words import Event, Status, Topic
from tests.every_row import every_row
from tests.policy_site import TODAY, by_class, by_id, pages, parsed, settings, silences, words
from tests.unit.pages.reading import text_of

PLACES = sorted(settings().library.jurisdictions)
FORMS = wording("policies")["keys"]
PATH_TOPICS = set(wording("policies")["path_topics"])


@cache
def keys(place: str) -> dict[str, Key]:
    return {key.view.topic: key for key in keys_of(settings().library, place, TODAY)}


@cache
def steps(place: str) -> Trail:
    return trail(settings().library, place, TODAY)


def of_topic(place: str, topic: str) -> Iterator[Provision]:
    """What every layer of a place has on a topic, whichever of its texts may hold."""
    library = settings().library
    for source in library.chain(place):
        for version in library.version_on(source, TODAY).texts:
            for provision in version.by_topic.get(Topic(topic), ()):
                if Event.COMPLAINT not in (provision.value.from_, provision.value.to):
                    yield provision


def test_there_are_twelve_jurisdictions() -> None:
    assert len(PLACES) == 12


@every_row("place", PLACES)
def test_no_first_thing_is_absent_that_a_layer_of_the_place_speaks_of(place: str) -> None:
    for form in FORMS:
        key = keys(place)[form["topic"]]
        if not key.is_silent:
            continue
        found = list(of_topic(place, form["topic"]))
        if form.get("only"):
            # Where to go may be said by the article on the deadline.
            found = [p for p in (*found, *of_topic(place, "application_deadline")) if p.value.where]
        assert not found, f"{form['label']}: {found[0].path}"


@every_row("place", PLACES)
def test_no_first_thing_is_left_open_that_a_layer_of_the_place_lays_down(place: str) -> None:
    library = settings().library
    for form in FORMS:
        key = keys(place)[form["topic"]]
        if key.speaks and not all(item.silent for item in key.told):
            continue
        for source in library.chain(place):
            version = library.version_on(source, TODAY).version
            if version is None or library.only_beside(source) or key.lead is not None:
                continue
            stated = [p for p in version.by_topic.get(Topic(form["topic"]), ()) if p.status is Status.STATED]
            if form.get("only"):
                stated = [p for p in stated if p.value.where]
            assert not stated, f"{form['label']}: {stated[0].path}"


@every_row("place", PLACES)
def test_a_badge_of_silence_stands_only_where_no_layer_above_answers(place: str) -> None:
    if place == "quanguo":
        return
    tree = parsed(pages()[f"policies/{place}/"])
    tiles = {words(tile[0]): tile for tile in by_class(tree, "yy-keys")[0]}
    for key in keys(place).values():
        if key.label in tiles and key.silent_above is not None and not key.figures:
            assert not silences(tiles[key.label]), key.label


@every_row("place", PLACES)
def test_first_things_and_steps_say_the_same(place: str) -> None:
    """Every period of a first thing is a step, every step with a period is the first thing's, and no step is said to
    be without one that the first thing has."""
    # Of several texts that may hold each has its own path; the nation's laws are on other matters and have none.
    if place == "quanguo" or len(settings().library.version_on(place, TODAY).candidates) > 1:
        return
    drawn = (*steps(place).legs, *steps(place).published_above)
    for topic, key in keys(place).items():
        if topic not in PATH_TOPICS:
            continue
        legs = [leg for one in drawn for leg in (one, *one.besides) if leg.topic == topic]
        timed = {(leg.path, leg.figure.words) for leg in legs if leg.figure and leg.level != "nation"}
        national = {leg.path for leg in legs if leg.level == "nation"}
        assert national <= {item.path for item in key.national}, key.label
        told = {
            (item.path, item.figure.words)
            for item in (*key.figures, *key.newer, *(way for _, way in key.beside))
            if item.figure and None not in item.steps
        }
        assert timed == told, key.label
        if told:
            assert all(leg.figure or leg.words for leg in legs), key.label


@every_row("place", PLACES)
def test_a_complaint_is_no_step_of_a_case(place: str) -> None:
    assert not [leg for leg in steps(place).legs if leg.start == "提出申诉"]


@pytest.mark.parametrize(
    ("place", "topic", "words_of", "level", "article"),
    [
        (
            "qingdao",
            "applicant",
            "行为发生地的县级见义勇为确认机构（县级以上社会管理综合治理部门会同见义勇为基金会或者见义勇为协会，"
            "《山东省见义勇为人员奖励和保护条例》第九条）",
            "province",
            "第十条第一款",
        ),
        (
            "qingdao",
            "confirmation",
            "县级以上社会管理综合治理部门会同见义勇为基金会或者见义勇为协会",
            "province",
            "第九条",
        ),
        ("luoyang", "applicant", "见义勇为发生地的县级以上公安机关", "", "第八条第一款"),
        (
            "henan",
            "applicant",
            "县级以上人民政府设立的见义勇为评定委员会（设在公安机关的评定委员会办公室，第九条第四款）",
            "",
            "第十一条",
        ),
        (
            "shandong",
            "confirmation",
            "县级以上社会管理综合治理部门会同见义勇为基金会或者见义勇为协会",
            "",
            "第九条",
        ),
    ],
)
def test_whom_to_turn_to_is_answered_by_the_text_that_says_it(
    place: str, topic: str, words_of: str, level: str, article: str
) -> None:
    key = keys(place)[topic]
    assert key.lead is not None
    assert (key.words, key.level, key.lead.article) == (words_of, level, article)


def test_qingdao_says_what_the_province_asks_to_be_published_and_not_what_an_award_needs() -> None:
    key = keys("qingdao")["publicity_period"]
    assert key.silent_above is not None
    level, said = key.silent_above
    assert (level, said.article) == ("province", "第十三条第一款")


def test_qingdao_has_the_end_of_the_second_thirty_days() -> None:
    spans = [item.span for item in keys("qingdao")["appeal_reconsideration"].figures]
    assert spans == ["结论送达 → 申请再次确认", "申请再次确认 → 组织评审"]


def test_luoyang_shows_the_later_door_of_the_province_beside_its_own() -> None:
    figures = words(by_id(parsed(pages()["policies/luoyang/"]), "figures"))
    for said in (
        "发生地的县级以上公安机关第八条第一款省级规定：《条例》县级以上人民政府设立的见义勇为评定委员会第",
        "发生地的县级以上公安机关第八条第一款省级规定：《条例》县级以上人民政府设立的见义勇为评定委员会（设在公安机关的评定委员会办公室，",
        "省级规定晚于本地文件，两者不同的，请先询问主管机关",
    ):
        assert figures.count(said) == 1
    own, above = map(words, by_class(parsed(pages()["policies/luoyang/"]), "yy-path"))
    assert "一般应当2年内省级规定第十一条" in own and "7日省级规定第十三条第一款" in above
    assert "法规未规定" not in own + above


def test_luoyang_names_once_on_what_the_later_text_of_the_province_says_otherwise() -> None:
    """The values stand in the cells beneath, once."""
    page = parsed(pages()["policies/luoyang/"])
    note = by_id(page, "differs")
    assert words(note) == (
        "省级规定晚于本地文件，两者不同的，请先询问主管机关。"
        "不同的是：谁来确认、向谁申请、审核多长时间。"
        "本地文件没有写，只有省级规定写了的：多久之内申请、公示几天、不服怎么办、奖金多少。"
    )
    assert next(link.get("href") for link in note.iter("a")) == "#confirmation"
    for place in ("hangzhou", "henan"):
        assert 'id="differs"' not in pages()[f"policies/{place}/"].body, place


def test_qingdao_is_told_that_the_province_is_later_and_alone_in_what_its_own_text_leaves_out() -> None:
    """青岛 was amended in 2010, 山东 began in December 2012."""
    note = by_id(parsed(pages()["policies/qingdao/"]), "differs")
    assert words(note) == (
        "省级规定晚于本地文件，两者不同的，请先询问主管机关。"
        "本地文件没有写，只有省级规定写了的：谁来确认、向谁申请、多久之内申请、审核多长时间、不服怎么办。"
    )


def test_what_the_own_text_leaves_open_stands_before_the_figures_of_the_text_above() -> None:
    cells = by_class(parsed(pages()["policies/luoyang/"]), "yy-keys")[0].iter("div")
    (bonus,) = [words(cell) for cell in cells if words(cell).startswith("奖金多少")]
    assert bonus.startswith("奖金多少本地文件：奖励包括发给奖金，多少没有规定；称号与省条例所列不同")
    assert bonus.index("第七条第二款第（四）项") < bonus.index("不低于20万元")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("luoyang", "在洛阳市见义勇为，不属于维护社会治安的，参照适用：参照到什么程度，条文没有写。第十八条"),
        (
            "qingdao",
            "在青岛市见义勇为，在抢险救灾中表现突出的，参照适用：参照到什么程度，条文没有写。第三条第二款",
        ),
    ],
)
def test_what_the_text_covers_by_analogy_alone_is_said_at_the_head_and_nowhere_else(
    place: str, said: str
) -> None:
    page = parsed(pages()[f"policies/{place}/"])
    (head,) = by_class(page, "yy-holding")
    assert said in words(head)
    assert words(page).count("，参照适用：") == words(page).count(said) + 1, "and people from elsewhere"
    assert words(page).count(said) == 1


def test_an_examination_that_runs_from_acceptance_tells_the_days_to_accept() -> None:
    told = words(by_id(parsed(pages()["policies/wuhan/"]), "figures"))
    # Each step with its own figure: days to accept in small type above the days to examine read as their label.
    assert "5日内申请、申报→受理第十条第一款3日内受理→提出意见第十条第一款30日内" in told
    figures = by_id(parsed(pages()["policies/wuhan/"]), "figures")
    (tile,) = [tile for tile in figures.iter("div") if words(tile).startswith("审核多长时间")]
    assert [words(number) for number in tile.iter("b")] == ["5", "3", "30"]
    for place in ("nanjing", "kunming", "henan"):
        assert keys(place)["review_deadline"].before == ()


def test_kunming_confirms_once_and_publishes_on_the_way() -> None:
    """第十五条: thirty days from the application, or from the end of an inquiry, and the publicity before it."""
    assert [(leg.start, leg.end) for leg in steps("kunming").legs] == [
        ("行为发生", "申请、申报"),
        ("申请、申报", "确认"),
        ("结论送达", "申请复核"),
        ("申请复核", "复核决定"),
    ]
    page = parsed(pages()["policies/kunming/"])
    (path,) = by_class(page, "yy-path")
    told = words(path)
    for said in (
        "30日内第十五条第一款",
        "材料补齐或调查结束→确认30日内第十五条第一款",
        "公示开始→公示期满不少于7日第十五条第二款",
        "公示期满→确认第十五条第二款",
    ):
        assert said in told, told
    assert len([node for node in by_class(path, "yy-path__end") if words(node) == "确认"]) == 1
    (where,) = [
        words(dd) for dd in by_class(page, "yy-keys")[0].iter("div") if words(dd).startswith("向谁申请")
    ]
    assert where.count("发生地") == 1


def test_luoyang_does_not_publish_what_is_already_confirmed() -> None:
    drawn = steps("luoyang")
    assert [(leg.start, leg.end) for leg in drawn.legs] == [
        ("行为发生", "申请、申报"),
        ("申请、申报", "确认"),
    ]
    assert [(leg.start, leg.end) for leg in drawn.published_above] == [
        ("申请、申报", "拟确认"),
        ("公示开始", "公示期满"),
        ("公示期满", "确认"),
        ("确认", "颁发证书"),
        ("结论送达", "申请复核"),
        ("申请复核", "复核决定"),
    ]
    said = words(by_id(parsed(pages()["policies/luoyang/"]), "path"))
    assert "确认（市级规定没有公示）" in said and "省级规定另有公示，晚于市级规定：" in said
    assert said.index("没有公示") < said.index("另有公示") < said.index("最长60日") < said.index("拟确认")


@pytest.mark.parametrize("place", ["wuhan", "kunming", "qingdao", "nanjing", "beijing", "hangzhou"])
def test_no_other_city_has_two_ways(place: str) -> None:
    assert steps(place).published_above == ()


def test_a_complaint_about_what_was_not_given_comes_after_the_ways_against_a_refusal() -> None:
    key = keys("luoyang")["appeal_reconsideration"]
    assert [item.article for item in key.complaints] == ["第十六条"]
    assert key.lead is None and not key.figures
    figures = words(by_id(parsed(pages()["policies/luoyang/"]), "figures"))
    assert figures.index("15日内") < figures.index("行政复议法") < figures.index("10个工作日内")


@every_row("place", PLACES)
def test_the_national_ways_are_one_entry_with_their_figures_from_the_law(place: str) -> None:
    if place == "quanguo":
        return
    key = keys(place)["appeal_reconsideration"]
    assert len(key.national) == 4
    for figure in (
        "自知道或者应当知道之日起60个自然日内",
        "不超过1年",
        "普通程序60个自然日内（最长90个自然日）",
        "简易程序30个自然日内",
    ):
        assert figure in key.national_words
    # Wuhan's article alone says that a refusal can be taken to reconsideration.
    assert ("属于行政行为的" in key.national_words) is (place != "wuhan")
    assert not [level for level, _ in key.beside if level == "nation"]


def test_a_cell_of_the_overview_leads_to_the_national_ways_where_there_is_no_other() -> None:
    assert for_cell(keys("beijing")["appeal_reconsideration"]).national
    tree = parsed(pages()["policies/"])
    (row,) = [tr for tr in tree.iter("tr") if words(tr).startswith("不服怎么办")]
    beijing = next(td for td in row.iter("td") if words(td).startswith("北京"))
    assert [a.get("href") for a in beijing.iter("a")] == ["#national"]
    assert not silences(beijing)


def test_where_two_texts_may_hold_each_answer_says_first_whose_it_is() -> None:
    told = text_of(pages()["policies/hubei/"].body.partition('<dl class="yy-keys">')[2].partition("</dl>")[0])
    told = re.sub(r"\s", "", told)
    for said in ("谁来确认《办法》综治机构", "《规定》县以上见义勇为基金会", "《规定》7日内"):
        assert said in told
    above = text_of(
        pages()["policies/wuhan/"].body.partition('<dl class="yy-keys">')[2].partition("</dl>")[0]
    )
    assert "省级规定的另一途径：《办法》针对不予确认：10日内" in re.sub(r"\s", "", above)


def test_what_a_text_leaves_open_stands_in_one_line() -> None:
    body = pages()["policies/beijing/"].body
    told = "多久之内申请（第八条第一款）、审核多长时间（第八条第一款）、公示几天、奖金多少（第九条第二款）。"
    assert f"法规未规定：{told}" in re.sub(r"\s", "", text_of(body))
    assert "未规定" not in text_of(body.partition('<dl class="yy-keys">')[2].partition("</dl>")[0])


def test_the_sums_of_the_province_stand_beside_what_the_own_text_leaves_open_of_them() -> None:
    """河南's sums hang on titles that 洛阳 does not have."""
    bonus = keys("luoyang")["bonus"]
    assert bonus.figures and bonus.own_aside is not None
    shown = words(by_id(parsed(pages()["policies/luoyang/"]), "figures")).rpartition("奖金多少")[2]
    assert "不低于10万元" in shown and "称号与省条例所列不同，能不能照省条例的数额发" in shown


@every_row(
    ("place", "said"),
    [
        ("wuhan", "无人申请、举荐的，平安建设主管机关可以依职权确认。第八条第二款"),
        ("nanjing", "无人举荐、申报的，公安机关可以依职责调查核实、评审后决定。第十五条"),
        ("zhejiang", "没有申请也没有举荐的，公安机关根据调查认为符合条件，可以直接确认。第八条第二款"),
        (
            "hangzhou",
            "没有申请也没有举荐的，公安机关根据调查认为符合条件，可以直接确认。《条例》第八条第二款",
        ),
        ("hubei", "无人申请、举荐的，应当依职权及时开展调查核实；具体天数没有写。《办法》第十条第一款"),
    ],
)
def test_beside_the_time_to_apply_stands_what_happens_where_nobody_did(place: str, said: str) -> None:
    page = parsed(pages()[f"policies/{place}/"])
    assert said in words(by_id(page, "figures"))
    step = words(by_id(page, "path"))
    assert re.sub("《.*?》|。第.*", "", said) in step or "行为发生" not in step, "the step says it too"


def test_where_no_text_says_so_nothing_is_said_of_those_for_whom_nobody_applied() -> None:
    for place in ("kunming", "henan", "beijing", "shandong"):
        assert keys(place)["application_deadline"].unasked == ()


def test_what_only_the_text_above_has_words_on_is_told_in_one_place() -> None:
    told = words(by_id(parsed(pages()["policies/hangzhou/"]), "figures"))
    assert told.count("本地文件没有写") == 1 + told.count("本地文件没有写的事项"), told
    assert "以下几件事本地文件没有写，省级规定这样说：多久之内申请：申请、举荐没有规定期限。" in told


def test_a_silence_of_the_text_above_is_not_called_this_texts() -> None:
    page = parsed(pages()["policies/hangzhou/"])
    badges = [words(badge) for above in by_class(page, "yy-province") for badge in silences(above)]
    assert "省级文本未规定" in badges and "本文件未规定" not in badges
    # Nor where the text above has no sentence on it at all.
    assert "省级规定：本文件未规定" not in words(page) and "省级规定：省级文本未规定" in words(page)
