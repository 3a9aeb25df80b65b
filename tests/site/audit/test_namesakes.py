"""同名与寻常的话: what public records share with one that is withheld is told apart by file; ordinary words as names
stop nothing that one line of an answer does not settle."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import generator
from generator.audit import Finding, audit_site
from generator.audit.own_words import fixed_wording
from generator.pages.open_notices import PLACE as SHOWN_HERE
from generator.pipeline.audit_step import audit_report
from generator.pipeline.prepare import Prepared
from tests.journeys import SOME_AND_REST, share
from tests.projects import WITHHOLDING, case, honour, person
from tests.quick import Quick

PACKAGE = Path(generator.__file__).parent
UNIT, GROUP, PLACE = "芦荻湾重型机床厂", "芦荻湾义务救援队", "芦荻湾社区公告栏"
NOTICE = "notices/wuhan-2026-0001/index.html"
HAND_WRITTEN = ("about", *(f"about-{number}" for number in range(6)))
"""Pages that people write."""


class Site:
    """A site that is built once for the same cases, and audited with other words put into its files."""

    def __init__(self, folder: Path) -> None:
        self.quick = Quick(folder)
        self._open = ExitStack()
        self._cases: Mapping[str, Any] | None = None
        self._ready: Prepared | None = None
        pages = self.quick.root / "content/pages"
        pages.mkdir(parents=True)
        for name in HAND_WRITTEN:
            (pages / f"{name}.md").write_text("# 关于\n", encoding="utf-8")
        (pages / "objections.md").write_text(SHOWN_HERE, encoding="utf-8")

    def of(self, cases: Mapping[str, Any]) -> Prepared:
        """What stands in the site of ``cases``, which is built if it is not there."""
        if self._ready is None or cases != self._cases:
            self.close()
            self._ready = self._open.enter_context(self.quick.prepared(cases))
            self.quick.finish(self._ready, audit=False)
            self._cases = copy.deepcopy(cases)
        return self._ready

    def close(self) -> None:
        self._open.close()
        self._ready = None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("namesakes"))
    yield made
    made.close()


def confidential(name: str = "冀怀朴", **changes: Any) -> dict[str, Any]:
    """A case of which nothing is public."""
    tree: dict[str, Any] = {
        "case": "wh26-7731",
        "level": "confidential",
        "withholding": WITHHOLDING,
        "notice": {"id": "wuhan-2026-0099"},
        "persons": [person(name=name, unit=UNIT)],
    }
    return case(**{**tree, **changes})


def found(site: Site, cases: Mapping[str, Any], **written: str) -> list[tuple[str, Finding]]:
    """(code, finding) of the site of ``cases`` with ``written`` put into files."""
    ready, out = site.of(cases), site.quick.out
    before: dict[Path, bytes | None] = {}
    for name, words in written.items():
        path = out / (NOTICE if name == "notice" else f"{name}/index.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        before[path] = path.read_bytes() if path.exists() else None
        path.write_bytes((before[path] or b"") + f"<p>{words}</p>".encode())
    findings = audit_report(ready, out).findings
    for path, data in before.items():
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
    return [(finding.problem.value, finding) for finding in findings]


def codes(site: Site, cases: Mapping[str, Any], **written: str) -> dict[str, str]:
    """Path → code of everything found."""
    return {finding.path: code for code, finding in found(site, cases, **written)}


def each_told(site: Site, cases: Mapping[str, Any], *words: str) -> bool:
    """Whether each of ``words``, on a page of its own that people write, is asked about, and nothing else is."""
    written = dict(zip(HAND_WRITTEN, words, strict=False))
    return codes(site, cases, **written) == dict.fromkeys(
        (f"{name}/index.html" for name in written), "AUD002"
    )


def test_a_namesake_may_stand_in_lists_but_not_on_a_page_that_people_write(site: Site) -> None:
    cases = {
        "wuhan/2026/wh26-0001.yml": case(persons=[person(name="程立堃")]),
        "wuhan/2026/wh26-7731.yml": confidential("程立堃"),
    }
    assert codes(site, cases, about="程立堃") == {"about/index.html": "AUD002"}


def test_a_namesake_may_stand_on_a_written_page_while_a_notice_that_names_him_is_shown_there(
    site: Site,
) -> None:
    ended = {
        "published_at": "2026-11-02T09:00",
        "period": {"opens_on": "2026-11-02", "closes_on": "2026-11-09"},
    }
    for notice, expected in (({}, {}), (ended, {"objections/index.html": "AUD002"})):
        cases = {
            "wuhan/2026/wh26-0001.yml": case(persons=[person(name="程立堃")], notice=notice),
            "wuhan/2026/wh26-7731.yml": confidential("程立堃"),
        }
        assert codes(site, cases, objections="程立堃") == expected


def test_an_employer_that_a_public_person_has_too(site: Site) -> None:
    cases = {
        "wuhan/2026/wh26-0001.yml": case(persons=[person(unit=UNIT)]),
        "wuhan/2026/wh26-7731.yml": confidential(),
    }
    assert codes(site, cases, about=UNIT) == {"about/index.html": "AUD002"}
    del cases["wuhan/2026/wh26-0001.yml"]
    assert codes(site, {**cases, "wuhan/2026/wh26-0003.yml": case()}, notice=UNIT) == {NOTICE: "AUD001"}


def test_a_group_and_a_place_of_posting_that_a_public_case_has_too(site: Site) -> None:
    posting = {"kind": "unit", "place": PLACE, "posted_on": "2026-11-20"}
    group = {"name": GROUP, "head_count": "4"}
    cases = {
        "wuhan/2026/wh26-0001.yml": case(group=group, notice={"postings": [posting]}),
        "wuhan/2026/wh26-7731.yml": confidential(
            group=group, notice={"id": "wuhan-2026-0099", "postings": [posting]}
        ),
    }
    assert codes(site, cases, about=f"{GROUP}，{PLACE}") == {"about/index.html": "AUD002"}


def test_a_name_that_two_words_of_public_records_hold_together(site: Site) -> None:
    """In a list the cell of a name stands beside that of its district."""
    cases = {
        "wuhan/2026/wh26-0001.yml": case(persons=[person(name="王文豪")], act={"district": "青山区"}),
        "wuhan/2026/wh26-7731.yml": confidential("文豪青"),
    }
    assert codes(site, cases, about="王文豪</p><p>青山区") == {}
    assert codes(site, cases, about="王文豪</p><p>青山绿水") == {"about/index.html": "AUD002"}


def test_somebody_else_who_is_masked_alike(site: Site) -> None:
    masked = person(name="冀明", disclosure="masked", withholding=WITHHOLDING)
    cases = {"wuhan/2026/wh26-0001.yml": case(persons=[masked]), "wuhan/2026/wh26-7731.yml": confidential()}
    assert codes(site, cases, about="冀某某") == {"about/index.html": "AUD002"}


def test_what_public_records_tell_of_their_own_people(site: Site) -> None:
    narrative = "嫌疑人冀某持刀逃跑，冀师傅的店铺受损。2026年时值怀朴镇集市，封玉琢上前阻拦。"
    cases = {
        "wuhan/2026/wh26-0001.yml": case(act={"narrative": narrative}),
        "wuhan/2026/wh26-7731.yml": confidential(),
    }
    assert each_told(site, cases, "冀某", "冀师傅", "怀朴")


def test_of_a_withheld_person_the_own_record_may_not_tell_either(site: Site) -> None:
    hidden = person(key="p2", name="冀怀朴", disclosure="withheld", withholding=WITHHOLDING)
    tree = case(persons=[person(), hidden])
    assert codes(site, {"wuhan/2026/wh26-0001.yml": tree}, notice="冀师傅") == {NOTICE: "AUD002"}


ORDINARY = (
    *("单位", "时间", "程序", "常娥", "冉歌", "桂德", "高兴", "文明", "平安", "方法", "金额", "安全"),
    *("和平", "光荣", "路程", "向前", "周全", "严明", "白云", "江边", "史料", "田野", "明天", "成果"),
)
IN_PINYIN = ("常娥", "冉歌", "桂德")
"""change, range, guide."""


def ordinary(name: str, number: int, *answers: str) -> dict[str, Any]:
    """A confidential person whose name is an ordinary word."""
    return confidential(
        name,
        case=f"wh26-{8000 + number}",
        notice={"id": f"wuhan-2026-{8000 + number}"},
        persons=[person(name=name)],
        private={"ambiguous": list(answers)},
    )


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_names_that_are_ordinary_words_are_answered_in_one_line(site: Site, rest: bool) -> None:
    assert len(ORDINARY) == 24
    ordinary_words = share(ORDINARY, rest=rest, every=3)
    public = {"wuhan/2026/wh26-0001.yml": case(honours=[honour()])}

    def withheld(*answered: str) -> dict[str, Any]:
        return {
            f"wuhan/2026/wh26-9{number:03}.yml": ordinary(
                name, number, *([f"生成的文件: {name}"] if name in answered else [])
            )
            for number, name in enumerate(ordinary_words)
        }

    asked = {finding.label for _, finding in found(site, {**public, **withheld()})}
    names = {
        f"registry/cases/wuhan/2026/wh26-9{number:03}.yml": name for number, name in enumerate(ordinary_words)
    }
    need = {names[label] for label in asked}
    assert not need & set(IN_PINYIN)
    assert [finding for _, finding in found(site, {**public, **withheld(*need)})] == []
    # A page that people write is still asked about.
    assert "about/index.html" in codes(site, {**public, **withheld(*need)}, about=ordinary_words[0])


@pytest.mark.parametrize(
    "text",
    [
        '<div class="change range guide" id="guide" data-change="1">公示</div>',
        '<label for="guide" change>公示</label>',
        "<p>the change of a range</p>",
        "<script>document.createRange().onchange=function(){};</script>",
    ],
)
def test_pinyin_means_nothing_to_programs(text: str, tmp_path: Path) -> None:
    from tests.unit.audit import builders as b

    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    (tmp_path / "a.js").write_text("let change=range(guide);onChange", encoding="utf-8")
    (tmp_path / "a.css").write_text(".change{}", encoding="utf-8")
    assert audit_site(tmp_path, b.secrets(*IN_PINYIN)).findings == ()
    (tmp_path / "index.html").write_text("<p>Chang E, GuiDe</p>", encoding="utf-8")
    assert len(audit_site(tmp_path, b.secrets(*IN_PINYIN)).findings) == 2


def test_a_company_is_told_without_its_city(site: Site) -> None:
    firm = person(name="冀怀朴", unit="武汉市芦荻湾机床有限公司")
    cases = {
        "wuhan/2026/wh26-0001.yml": case(),
        "wuhan/2026/wh26-7731.yml": confidential(persons=[firm]),
    }
    written = {"about": "芦荻湾机床有限公司", "about-0": "消防救援支队和第一医院"}
    assert codes(site, cases, **written) == {"about/index.html": "AUD001"}


def test_either_part_of_a_name_tells_of_kin_and_of_the_masked_too(site: Site) -> None:
    kin = person(private={"kin": ["阿卜杜热合曼·吐尔逊"]})
    cases = {"wuhan/2026/wh26-0001.yml": case(persons=[kin])}
    assert each_told(site, cases, "阿卜杜热合曼", "吐尔逊")


def test_the_words_by_which_records_are_checked_are_not_the_sites_own() -> None:
    """Else a given name that stands in a comment there would go unguarded."""
    for folder in ("checks", "cases", "disclosure", "catalogue/diagnostics"):
        for path in (PACKAGE / folder).rglob("*.yml"):
            assert path.read_text(encoding="utf-8") not in fixed_wording()


@pytest.mark.parametrize("born", ["2010-02-28", "2010-03-01"])
def test_the_last_day_of_an_earlier_law_is_nobodys_birthday(born: str, site: Site) -> None:
    child = person(disclosure="masked", born=None, private={"born_on": born})
    cases = {"wuhan/2026/wh26-0001.yml": case(persons=[child], act={"narrative": "封某某救起一人。"})}
    assert set(codes(site, cases, about=f"{born}出生")) == {"about/index.html"}


def test_whoever_objected_is_told_by_no_title_on_a_page_that_people_write(site: Site) -> None:
    objection = {"received_on": "2026-11-19", "objector": {"name": "荀令仪", "joined_by": ["冀怀朴"]}}
    cases = {"wuhan/2026/wh26-0001.yml": case(objections=[objection])}
    assert each_told(site, cases, "荀女士", "荀某某", "令仪", "冀师傅", "冀同志")


INNOCENT_NUMBERS = ("139元、4321元", "车牌尾号9999", "第139-4321号", "139页，4321字", "1394321", "尾号为0000")


def test_other_figures_are_nobodys_number(site: Site) -> None:
    cases = {"wuhan/2026/wh26-0001.yml": case(persons=[person(private={"phone": "13987654321"})])}
    innocent = dict(zip(HAND_WRITTEN[1:], INNOCENT_NUMBERS, strict=True))
    assert codes(site, cases, about="139****4321", **innocent) == {"about/index.html": "AUD002"}
