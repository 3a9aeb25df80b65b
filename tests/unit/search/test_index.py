"""The blocks of texts and the index of their words: their borders, their bytes, and what may not be in them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.audit import Problem, Secret, Secrets, audit_site
from generator.outputs.search import text_blocks
from generator.outputs.search.law_articles import ARTICLES, article_files
from generator.outputs.search.not_held import not_held_records
from generator.outputs.search.search_manifest import SearchPlace, search_manifest, without_answers
from generator.outputs.search.search_record import SearchRecord, page_records
from generator.outputs.search.text_blocks import block_file, dated_blocks, records_of, undated_blocks
from generator.outputs.search.traditional import has_simple_form, rare_letters, traditional_table
from generator.outputs.search.word_codes import (
    BLOCK_LETTERS,
    HIGHEST_BLOCK,
    LETTERS,
    NEAR,
    code_of,
    file_of,
    word_code,
)
from generator.outputs.search.word_index import (
    BlockChange,
    index_path,
    indexed,
    mended,
    places_of,
    searched_words,
)
from generator.pages.page import Page
from tests.policy_site import site_context
from tests.search_records import RECORD, blocks_of, record, search_files, write_search

SOME = tuple(
    record(n, date=str(date(2024, 1, 1) + timedelta(days=n // 3)), names=(f"封玉{chr(0x4E00 + n)}",))
    for n in range(300)
)


def test_the_same_records_give_the_same_bytes_in_any_order() -> None:
    assert search_files(SOME) == search_files(reversed(SOME))


def test_every_record_is_in_one_block_and_blocks_follow_in_time() -> None:
    blocks = dated_blocks(item.key for item in SOME)
    assert [key for block in blocks for key in block.keys] == sorted(item.key for item in SOME)
    numbers = [block.number for block in blocks]
    assert numbers == sorted(set(numbers))
    assert [block.code for block in blocks] == sorted(block.code for block in blocks)
    assert 2 < len(blocks) < 40
    assert max(len(block.keys) for block in blocks) <= text_blocks.MOST_RECORDS


@pytest.mark.parametrize("number", [0, 150, 299])
def test_one_record_alters_its_own_block_and_at_most_the_one_beside_it(number: int) -> None:
    before = {code: data for code, (_, data) in blocks_of(SOME).items()}
    changed = (
        *SOME[:number],
        record(number, date=SOME[number].date, text="更正后的事迹"),
        *SOME[number + 1 :],
    )
    after = {code: data for code, (_, data) in blocks_of(changed).items()}
    assert before.keys() == after.keys()
    assert sum(before[code] != after[code] for code in before) == 1
    gone = {code: data for code, (_, data) in blocks_of((*SOME[:number], *SOME[number + 1 :])).items()}
    assert len({*before.items()} ^ {*gone.items()}) <= 4


def test_partial_dates_and_a_day_with_hundreds_have_their_place() -> None:
    keys = [
        f"{day} notices/{n}/" for day in ("2013", "2013-05", "2013-05-01", "2013-05-02") for n in range(400)
    ]
    blocks = dated_blocks(keys)
    assert [key for block in blocks for key in block.keys] == sorted(keys)
    numbers = [block.number for block in blocks]
    assert numbers == sorted(set(numbers))


def test_undated_pages_come_behind_all_and_share_blocks_while_they_are_short() -> None:
    blocks = undated_blocks([("a", 5_000), ("b", 5_000), ("c", 5_000), ("d", 50_000), ("e", 1)])
    assert [block.keys for block in blocks] == [("a", "b"), ("c",), ("d",), ("e",)]
    assert [block.number for block in blocks] == [HIGHEST_BLOCK - n for n in range(4)]
    last = dated_blocks(["2100-12-31 notices/x/"])[-1]
    assert last.number < text_blocks.FIRST_UNDATED <= min(block.number for block in blocks)


records = st.builds(
    lambda n, day, words: record(
        n, date=f"2026-{1 + day // 28:02}-{1 + day % 28:02}", text=words, names=(f"封{words[:2]}",)
    ),
    st.integers(0, 60),
    st.integers(0, 80),
    st.text("桥头水急跳入湖中救人", min_size=2, max_size=12),
)


def by_path(found: list[SearchRecord]) -> list[SearchRecord]:
    return list({item.path: item for item in found}.values())


@settings(deadline=None)
@given(st.lists(st.lists(records, max_size=40).map(by_path), min_size=2, max_size=4))
def test_an_index_that_was_mended_is_the_same_as_one_made_from_nothing(
    states: list[list[SearchRecord]],
) -> None:
    files = 4
    index: dict[int, bytes] = {}
    before: dict[str, bytes] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_blocks, "ON_AVERAGE", 3)
        patch.setattr(text_blocks, "SMALL", 5)
        for state in states:
            after = {code: data for code, (_, data) in blocks_of(state).items()}
            changes = []
            for code in before.keys() | after.keys():
                gone = places_of(before.get(code, b"[]"), files)
                come = places_of(after.get(code, b"[]"), files)
                changes.append(BlockChange(block=code, gone=gone - come, come=come - gone))
            index = {number: mended(index.get(number, b""), number, changes) for number in range(files)}
            clean = indexed({code: places_of(data, files) for code, data in after.items()})
            assert index == {number: clean.get(number, b"") for number in range(files)}
            before = after


def test_a_block_tells_all_that_its_records_show() -> None:
    (block,) = [data for path, data in search_files([RECORD]).items() if path.startswith("search/texts/")]
    (found,) = records_of(block)
    assert (found.path, found.title, found.text, found.filters) == (
        RECORD.path,
        RECORD.title,
        RECORD.text,
        RECORD.filters,
    )
    assert set(searched_words(found)) == set(searched_words(RECORD))


def test_names_are_found_from_their_beginning_and_numbers_with_and_without_their_organ() -> None:
    words = set(searched_words(RECORD))
    assert {"\x1e封", "\x1e封玉", "\x1e封玉琢", "\x1e〔2026〕31号", "\x1e〔2026〕31号武见公示"} <= words
    assert not {"\x1e〔2026", "\x1e玉琢"} & words
    assert {"湖边", "水中", "\x1f城市=武汉"} <= words
    assert len({file_of(word, 64) for word in ("封玉", "\x1e封玉", "\x1e封玉琢")}) == 1
    assert len({file_of(word, 64) for word in ("\x1e〔2026〕31号", "\x1e〔2026〕31号武见公示")}) == 1


def test_names_that_are_shown_whole_are_found_with_a_character_amiss() -> None:
    own = replace(RECORD, names=("封玉琢", "计垚", "段某甲", "江滩救人者群体联合会", "Mateo"), numbers=())
    words = {word[1:] for word in searched_words(own) if word.startswith(NEAR)}
    assert words == {"封玉琢", "玉琢", "封琢", "封玉", "计垚"}


def test_codes_are_letters_without_vowels_in_the_order_of_their_numbers() -> None:
    assert not set("aeiouyvAEIOUYV0123456789") & set(LETTERS)
    codes = [code_of(number, 4) for number in (0, 37, 38, 1_000_000, HIGHEST_BLOCK)]
    assert codes == sorted(codes)
    assert {len(word_code(word)) for word in ("救人", "wuhan", "\x1f城市=武汉")} == {5}


def test_filters_name_their_values_the_newest_year_first() -> None:
    found = json.loads(search_files([record(1), record(2, date="2019-01-01")])["search/manifest.json"])
    assert found["filters"] == [
        ["栏目", ["公示"], [2]],
        ["城市", ["武汉"], [2]],
        ["年份", ["2026", "2019"], [1, 1]],
        ["类型", ["水中救人"], [2]],
    ]


def test_every_city_has_its_kinds_of_acts_counted() -> None:
    rules = record(3, date="0000", path="policies/wuhan/", filters={"栏目": ("政策",), "城市": ("武汉",)})
    found = json.loads(search_files([record(1), record(2), rules])["search/manifest.json"])
    assert found["deeds"] == [["武汉", [[0, 2]]]]
    assert len(found["newest"]) == BLOCK_LETTERS, "the one block with a date"


def test_a_place_that_is_kept_is_not_elsewhere_and_an_english_page_has_no_questions_in_chinese() -> None:
    beijing = SearchPlace(slug="beijing", name="北京", full_name="北京市", keeps_register=False)
    whole = search_manifest(1, (), (), frozenset(), (beijing,))
    found, own = json.loads(whole), json.loads(without_answers(whole))
    assert {"上海", "北京"} <= set(found["elsewhere"].split(";")), "of which the script knows that it is kept"
    assert {"files", "acts", "kept"} <= own.keys() and not {"answers", "elsewhere", "words"} & own.keys()
    assert len(json.dumps(own)) < len(json.dumps(found)) * 0.6


def test_the_cities_of_a_province_that_is_kept_stand_with_it() -> None:
    henan = SearchPlace(slug="henan", name="河南", full_name="河南省", keeps_register=False)
    luoyang = SearchPlace(
        slug="luoyang", name="洛阳", full_name="洛阳市", keeps_register=False, parent="henan"
    )
    gongyi = replace(luoyang, slug="gongyi", name="巩义", full_name="巩义市")
    found = json.loads(search_manifest(1, (), (), frozenset(), (henan, luoyang, gongyi)))
    (names,) = [names.split("|") for names in found["elsewhere"].split(";") if names.startswith("河南")]
    assert {"郑州", "许昌"} <= set(names) and names.count("洛阳") == 1
    assert names[-1] == "巩义", "which is not in the table"


def test_what_a_block_leaves_out_is_what_can_be_told_from_the_rest() -> None:
    (block,) = [data for path, data in search_files([RECORD]).items() if path.startswith("search/texts/")]
    assert RECORD.kicker.encode() not in block and '"〔2026〕31号"'.encode() not in block
    other = replace(RECORD, kicker="说明", numbers=("〔2026〕32号",))
    assert [(item.kicker, item.named) for item in records_of(block_file((RECORD, other)))] == [
        (RECORD.kicker, RECORD.named),
        ("说明", other.named),
    ]


def test_a_block_leaves_out_section_year_and_state_where_they_follow() -> None:
    usual = replace(RECORD, state="已确认", filters={**RECORD.filters, "状态": ("已确认",)})
    block = block_file([usual])
    assert all(
        block.count(words.encode()) == times for words, times in (("已确认", 1), ('"公示"', 0), ('"2026"', 0))
    )
    unlike = {"栏目": ("政策", "公示"), "年份": ("2025",), "状态": ("公示中",)}
    others = (
        replace(usual, filters={"栏目": ("光荣榜",), "状态": ("已确认",)}),
        replace(usual, state="公示至 2026年11月30日 24:00", filters=unlike),
        replace(usual, state="", filters={}),
        replace(usual, path="about/", date="0000", state="", filters={"栏目": ("说明",)}),
    )
    found = list(records_of(block_file((usual, *others))))
    assert [(item.state, item.filters) for item in found] == [
        (item.state, item.filters) for item in (usual, *others)
    ]


def test_rare_letters_of_names_are_told_by_whether_they_have_a_simplified_form() -> None:
    letters = rare_letters(("程立堃", "張三", "程立堃", "Mateo"))
    assert letters == "堃張"
    found = json.loads(search_manifest(1, (), (), frozenset(), (), set(letters)))
    assert found["letters"] == [["堃"], ["張"]]
    assert not has_simple_form("昇"), "a character of names"


def test_the_table_of_traditional_characters_tells_far_ones_from_near_ones() -> None:
    for common, (char, simple) in ((True, "義义"), (False, "鸞鸾")):
        at, table = 0x4E00, {}
        for far, step, place in re.findall("(?:z(..)|(.))(...)", traditional_table(common=common).decode()):
            at += _number(far or step)
            table[chr(at)] = _number(place)
        row, cell = simple.encode("gb2312")
        assert table[char] == (row - 0xB0) * 94 + cell - 0xA1
        assert len(table) > 1000


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number


def test_a_place_without_a_register_is_told_from_one_that_keeps_it() -> None:
    wuhan = SearchPlace(slug="wuhan", name="武汉", full_name="武汉市", districts=("江岸区",))
    qingdao = SearchPlace(slug="qingdao", name="青岛", full_name="青岛市", keeps_register=False)
    found = json.loads(search_manifest(1, (), (), frozenset(), (wuhan, qingdao)))
    assert found["places"] == [
        ["wuhan", "武汉", ["武汉", "武汉市", "江岸区"], 1],
        ["qingdao", "青岛", ["青岛", "青岛市"], 0],
    ]
    kept = [page["path"].partition("/")[0] for page in found["of_place"] if page.get("register")]
    assert kept == ["notices", "honours"]


def test_a_leak_in_a_block_is_found(tmp_path: Path) -> None:
    secret = Secret(text="慕容雪霁", label="registry/cases/wuhan/2026/x.yml", kind="name")
    secrets = Secrets(strings=(secret,))
    write_search(tmp_path / "clean", SOME)
    assert audit_site(tmp_path / "clean", secrets).findings == ()
    write_search(tmp_path / "leaking", [record(1, text="获救者慕容雪霁已经康复。")])
    found = audit_site(tmp_path / "leaking", secrets).findings
    assert {(Path(item.path).parent.as_posix(), item.problem) for item in found} == {
        ("search/texts", Problem.LEAK)
    }


@pytest.mark.parametrize(
    "words", ["慕容雪霁", "murong xueji", "13800138000", "BCDFGHJKL", "BCDFGHJKL\nmurongxueji\n"]
)
def test_a_file_of_the_index_that_is_anything_but_codes_is_told(tmp_path: Path, words: str) -> None:
    secret = Secret(text="慕容雪霁", label="registry/cases/wuhan/2026/x.yml", kind="name")
    write_search(tmp_path, [RECORD])
    (tmp_path / index_path(0)).write_text(words, encoding="utf-8")
    found = audit_site(tmp_path, Secrets(strings=(secret,))).findings
    assert Problem.UNREADABLE in {item.problem for item in found}
    assert {item.path for item in found} == {index_path(0)}


INSTRUMENT = """
<h2>历次版本</h2>
<details class="yy-fold yy-version"><summary><h2>2027修正 <span class="yy-tag">尚未施行</span></h2></summary>
<details class="yy-topic yy-article"><summary><h3>第一条</h3> <span>将来</span></summary>
<div class="yy-article__body" id="2027/art-1"><div class="yy-article__rule"><p>将来的规则。</p></div></div></details>
</details>
<details class="yy-fold yy-version yy-version--holds"><summary><h2>2025修正 <span class="yy-tag">现行</span></h2></summary>
<details class="yy-topic yy-article"><summary><h3>第一条</h3></summary>
<div class="yy-article__body" id="2025/art-1"><p>没有规则：立法目的</p></div></details>
<details class="yy-topic yy-article"><summary><h3>第二条</h3> <span>费用</span></summary>
<div class="yy-article__body" id="2025/art-2"><div class="yy-article__rule"><p>救治费用由<b>加害人</b>承担。</p></div>
<p class="yy-small"><span id="cite/2025/art-2">《条例》（2025修正）第二条。本站摘要：<a href="#2025/art-2">https://yiyong.example/policies/wuhan/tiaoli/#2025/art-2</a></span> <button type="button" class="yy-copy">复制引用</button></p></div></details>
</details>
<h2>引用本页</h2>
"""
PAGE = Page(
    path="policies/wuhan/tiaoli/",
    section="policies",
    title="《条例》",
    description="",
    body=INSTRUMENT,
    head="",
    search={"title": "《条例》", "kicker": "政策"},
    filters={"栏目": ("政策",)},
)


def test_an_instrument_is_found_by_the_articles_in_force() -> None:
    whole, article = page_records(PAGE)
    assert (whole.path, whole.text) == (PAGE.path, PAGE.description)
    assert (article.path, article.title, article.state, article.text) == (
        "policies/wuhan/tiaoli/#2025/art-2",
        "《条例》第二条",
        "",
        "救治费用由加害人承担。",
    )


def test_of_a_repealed_instrument_the_latest_version_is_found_and_says_so() -> None:
    body = INSTRUMENT.replace(" yy-version--holds", "").replace("尚未施行", "已废止")
    _, article = page_records(replace(PAGE, body=body))
    assert (article.path, article.state) == ("policies/wuhan/tiaoli/#2027/art-1", "已废止")


def test_an_instrument_is_found_by_its_number_and_its_articles_are_not() -> None:
    assert PAGE.search is not None
    whole, article = page_records(replace(PAGE, search={**PAGE.search, "number": "杭政办函〔2023〕30号"}))
    assert "杭政办函〔2023〕30号" in whole.text and whole.numbers == ("杭政办函〔2023〕30号",)
    assert article.numbers == ()


def test_articles_are_listed_by_their_numbers_with_the_state_of_what_does_not_hold() -> None:
    held = list(page_records(PAGE))
    gone = [replace(item, state="已废止", path=item.path.replace("tiaoli", "jiu")) for item in held]
    files = dict(article_files([*held, *gone], ["wuhan"]))
    begins = json.loads(files["search/articles/2.json"])
    assert begins.keys() == {item.path for item in (*held, *gone) if "#" in item.path} and all(
        begins.values()
    )
    assert json.loads(files[ARTICLES]) == [
        ["条例", "已废止", "policies/wuhan/jiu/#2025/art-", {"2": "二"}],
        ["条例", "", "policies/wuhan/tiaoli/#2025/art-", {"2": "二"}],
    ]


def test_a_page_that_is_not_to_be_found_gives_nothing() -> None:
    page = replace(PAGE, search=None)
    assert list(page_records(page)) == []


def test_what_is_named_and_not_held_is_found_by_its_number_and_title_and_says_so() -> None:
    found = {record.path: record for record in not_held_records(site_context())}
    nation = found["policies/quanguo/#not-held"]
    assert nation.numbers == ("国办发〔2012〕39号",)
    assert "《国务院办公厅转发" in nation.title and nation.title.endswith("（国办发〔2012〕39号）")
    assert nation.state.startswith("本站没有收录") and "全国" in nation.state
    above = found["policies/kunming/#above"]
    assert above.names == ("云南省奖励和保护见义勇为人员条例",)
    assert above.title == "《云南省奖励和保护见义勇为人员条例》" and "昆明" in above.state
