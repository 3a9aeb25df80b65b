"""速读 beside the thorough audit: what the one passes over, the other finds nothing in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.audit import Auditor, AuditReport, Matcher, Problem, Secrets, audit_site, lines
from generator.audit.matcher import Hit
from generator.audit.skimming import Skimmer
from generator.spellings.folding import fold, folded_lines
from tests.journeys import SOME_AND_REST, share
from tests.soaking import examples
from tests.unit.audit import builders as b
from tests.unit.audit.plants import plants, secrets

calm = settings(max_examples=examples(20))

SHELL = (
    "<!doctype html>\n<nav>\n"
    + "".join(f'<div><a href="/{n}/">第{n}栏目与光荣榜</a></div>\n' for n in range(20))
    + "<main>\n"
)


def with_shell(words: str) -> bytes:
    return f"{SHELL}<h1>{words}</h1>\n</main>{SHELL}".encode()


def held() -> Secrets:
    return replace(secrets(), allowed_identifiers=frozenset({"02782345678"}))


@cache
def auditor() -> Auditor:
    return Auditor(held())


def passed_over(files: Sequence[tuple[str, bytes]], skimmer: Skimmer) -> list[str]:
    """Files that the one passes over although the other finds something in them, or matches something that may stand
    there and was not told."""
    wrong: list[str] = []
    for (name, data), seen in zip(files, skimmer.read(files), strict=True):
        if not seen.whole:
            found = auditor().audit_bytes(name, data)
            if found or (auditor().matcher.touched and not seen.touched):
                wrong.append(name)
    return wrong


def in_both_ways(site: Path, known: Secrets) -> tuple[AuditReport, AuditReport]:
    return audit_site(site, known), audit_site(site, known, thorough=True)


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_every_planted_leak_is_told_alike(rest: bool, tmp_path: Path) -> None:
    """Each by itself, and in a page and in a document like others."""
    for number, plant in enumerate(share(plants(), rest=rest)):
        folder = tmp_path / f"{number:03}"
        (folder / plant.file).parent.mkdir(parents=True)
        (folder / plant.file).write_bytes(plant.data)
        try:
            words = plant.data.decode()
        except UnicodeDecodeError:
            continue
        (folder / "page").mkdir()
        (folder / "page" / "index.html").write_bytes(with_shell(words))
        (folder / "page.json").write_text(f'{{"id":"x","title":"公示","text":{words!r},"at":"2026"}}')
    (tmp_path / "a.html").write_bytes(with_shell("公示"))
    quick, thorough = in_both_ways(tmp_path, held())
    assert quick == thorough
    assert len(quick.findings) > (400 if rest else 100)


_TOKENS = (
    *(f'<a x="{b.NAME[:2]}">', f'<b y="{b.NAME[2:]}">', f'<a x="{b.NAME[0]}" y="{b.NAME[1:3]}">'),
    *(f"<!--{b.NAME[:2]}-->", f"<!--{b.NAME[2:]}-->", "<!---->", "</>", "</b>", "<td>", "<p", ">"),
    *('<a x="1380013">', '<b y="8000">', "<!-- 8000 -->", '<a x="出生">', '<b y="1980-01-02">'),
    *(
        b.NAME[:2],
        b.NAME[2:],
        b.NAME[0],
        "出生",
        "：",
        "1980年",
        "1月2日",
        "1380013",
        "8000",
        "(at)",
        "someone",
    ),
    *(
        "example.cn",
        "139",
        "8765",
        "4321",
        "家住球场路",
        "12号",
        "冀师傅",
        "ji huai",
        "pu",
        "冀*朴",
        "立即脱下",
    ),
    *(
        "外衣跳入齐腰",
        "深的江水",
        "芦荻湾路",
        "19号",
        "69.12.03",
        "生",
        "69年12月3日",
        "&lt;b&gt;",
        "&#27431;",
        "阳",
    ),
    *(
        "5YaA",
        "5oCA5py0",
        "e58680",
        "e68080e69cb4",
        "=E5=86=80=",
        "=E6=80=80=E6=9C=B4",
        '","',
        "。",
        "\\u6b27",
        "|",
    ),
    *(
        "一三九八七",
        "六五四三二一",
        "<ruby>",
        "<rt>",
        "\r",
        "\x1e",
        ";base64,",
        '"电话","',
        '87654321","',
        "护照",
        "公示",
        "中",
        "a",
        "7",
        "\ufeff",
    ),
)
_files = st.lists(
    st.tuples(
        st.lists(st.one_of(st.sampled_from(_TOKENS), st.just("\n"), st.just("\n")), max_size=12).map("".join),
        st.sampled_from(("index.html", "a.json", "a.csv", "a.svg")),
    ),
    max_size=5,
)


@calm
@given(_files)
def test_whatever_stands_in_lines_that_were_met_before(texts: list[tuple[str, str]]) -> None:
    files = [(f"{number}/{name}", text.encode()) for number, (text, name) in enumerate(texts)]
    skimmer = Skimmer(auditor())
    assert passed_over(files, skimmer) == []
    again = [(f"again/{name}", data) for name, data in files]
    assert passed_over([*again, *files], skimmer) == []


@calm
@given(st.integers(0, 4_000), st.integers(0, 4_000), st.sampled_from((b.NAME, "13987654321", "jì huái pǔ")))
def test_words_anywhere_in_a_known_page_are_found(first: int, second: int, words: str) -> None:
    text = with_shell("公示").decode()
    cut, again = sorted((first, second))
    pages = (
        text[:cut] + words + text[cut:],
        text[:cut] + "|" + words[:2] + "\n" + words[2:] + "|" + text[again:],
        text[:cut] + "<b>" + words[:2] + "</b>\n\n<td>\n<td>" + words[2:] + "|" + text[again:],
    )
    files = [(f"n/{number}/index.html", page.encode()) for number, page in enumerate(pages)]
    assert passed_over(files, _knowing()) == []


@cache
def _knowing() -> Skimmer:
    skimmer = Skimmer(auditor())
    seen = skimmer.read([(f"n/{number}/index.html", with_shell("公示")) for number in range(2)])
    assert not any(item.whole for item in seen)
    return skimmer


def test_a_page_like_others_is_not_read_as_a_whole() -> None:
    skimmer = Skimmer(auditor())
    files = [(f"n/{number}/index.html", with_shell(f"第{number}页，当事人甲某")) for number in range(3)]
    assert [item.whole for item in skimmer.read(files)] == [False] * 3


def test_what_may_stand_in_one_page_is_found_in_others(tmp_path: Path) -> None:
    known = b.secrets(
        b.NAME,
        "王伟",
        published=frozenset({b.NAME}),
        published_at={b.NAME: frozenset({"n/1/index.html"})},
        answers=(b.judged("n/2/index.html", "王伟"),),
    )
    for number, words in enumerate((b.NAME, b.NAME, "群众王伟跳入江中", "群众王伟跳入江中", "公示")):
        (tmp_path / "n" / str(number)).mkdir(parents=True)
        (tmp_path / "n" / str(number) / "index.html").write_bytes(with_shell(words))
    quick, thorough = in_both_ways(tmp_path, known)
    assert quick == thorough
    assert [f.path for f in quick.findings] == ["n/0/index.html", "n/3/index.html"]
    assert "n/2/index.html" not in quick.clean
    assert quick.clean["n/1/index.html"] and not quick.clean["n/4/index.html"]


ITEMS = "<si><t>公示</t></si>" * 200


def test_a_name_that_may_stand_in_a_file_is_not_looked_at_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large registry nearly every page has somebody's namesake."""
    where = {b.NAME: frozenset({"a/index.html"})}
    known = b.secrets(published=frozenset({b.NAME}), published_at=where)
    page = with_shell(f"{b.NAME}救人").decode() + "\n".join(f"<p>第{n}段</p>" for n in range(400))
    looked_at: list[str] = []
    in_words = Matcher.in_words

    def noting(self: Matcher, text: str) -> Iterator[Hit]:
        looked_at.append(text)
        return in_words(self, text)

    monkeypatch.setattr(Matcher, "in_words", noting)
    assert passed_over([("a/index.html", page.encode())], Skimmer(Auditor(known))) == ["a/index.html"]
    assert looked_at == []
    assert passed_over([("b/index.html", page.encode())], Skimmer(Auditor(known))) == []
    assert looked_at


@pytest.mark.parametrize("before", ["电话", "座机：", "tel", "家住"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"id":"x","of":["%s","87654321"]}'),
        ("a.csv", 'x,"%s","87654321"\n'),
        ("a.svg", f"{ITEMS}<si><t>%s</t></si><si><t>87654321</t></si>{ITEMS}"),
        ("a.json", '{"of":["%s","球场村3组"]}'),
        ("a.json", '{"of":["%s","出生","69.12.03"]}'),
    ],
    ids=["list", "row", "strings of a workbook", "place", "day"],
)
def test_what_stands_before_a_number_is_seen_over_a_cut(
    name: str, text: str, before: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text % before, encoding="utf-8")
    quick, thorough = in_both_ways(tmp_path, held())
    assert quick == thorough


def test_a_row_of_values_is_read_as_a_row(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection, connection:
        connection.execute("create table t (of_what text, number text)")
        connection.execute("insert into t values ('电话', '87654321'), ('护照', '123456789')")
    quick, thorough = in_both_ways(tmp_path, held())
    assert quick == thorough
    assert {f.what for f in quick.findings} == {"landline", "passport"}


def test_where_memory_is_bounded_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_MOST", 1)
    skimmer = Skimmer(auditor())
    for number in range(3):
        clean, leaking = skimmer.read(
            [(f"n/{number}.html", with_shell("公示")), (f"m/{number}.html", with_shell("冀\n怀\n\n朴"))]
        )
        assert (clean.whole, leaking.whole) == (False, True)


def test_a_line_that_is_no_text_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(SHELL.encode() + b"\xff\n")
    quick, thorough = in_both_ways(tmp_path, held())
    assert quick == thorough
    assert [f.problem for f in quick.findings] == [Problem.UNREADABLE]


@calm
@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\n")), min_size=1))
def test_lines_fold_together_as_each_does(texts: list[str]) -> None:
    assert folded_lines("\n".join(texts)) == [fold(text).encode() for text in texts]
