"""An Excel sheet becomes records: every problem at its cell, all rows or none, and twice is once."""

from __future__ import annotations

import csv
import io
import re
import stat
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from PIL import Image

from generator.cases.case_files import load_case
from generator.desk.sheet_plan import SheetKind, sheet_plan
from generator.project.settings import load_settings
from generator.source.yaml_reader import read_tree
from tests.journeys import SOME_AND_REST, share
from tests.offices import office, yiyong
from tests.projects import copy_project

ROW = {
    "文号": "长政发〔2012〕18号",
    "姓名": "示例乙",
    "方式": "授予",
    "称号": "长沙市见义勇为先进个人",
    "级别": "市级",
    "授予机关": "长沙市人民政府（示例）",
    "决定日期": "2012年5月7日",
    "案件是否公开": "公开",
    "姓名是否公开": "公开",
    "成年": "是",
}
"""One honour, as a clerk enters it."""


def row(**changes: str | float | None) -> dict[str, object]:
    return {**ROW, **changes}


def sheet(path: Path, rows: Sequence[Mapping[str, object]], *, title: str | None = None) -> Path:
    """A workbook of our rows; every key is a heading."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    headings = list(dict.fromkeys(key for item in rows for key in item))
    if title is not None:
        page.append([title])
    page.append(headings)
    for item in rows:
        page.append([item.get(key) for key in headings])
    book.save(path)
    return path


def records(project: Path) -> dict[str, object]:
    found = {}
    for path in sorted((project / "registry/cases").rglob("*.yml")):
        loaded = load_case(path, project)
        assert loaded.value is not None, loaded.diagnostics
        found[path.stem] = loaded.value
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return office(tmp_path / "jyyw")


def test_a_sheet_becomes_records_and_a_second_time_changes_nothing(project: Path, tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "旧荣誉.xlsx", [row(), row(姓名="示例丙", 文号="长政发〔2013〕2号", 决定日期="2013")]
    )
    tried = yiyong("import", file, "--root", project, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "将新写 2 份" in tried.output and not records(project)
    done = yiyong("import", file, "--root", project)
    assert done.exit_code == 0, done.output
    made = records(project)
    assert list(made) == ["cs12-0001", "cs13-0001"]
    tree = read_tree((project / "registry/cases/changsha/2012/cs12-0001.yml").read_bytes())
    assert isinstance(tree, dict)
    assert tree["honours"][0]["id"] == "changsha-2012-h0001"  # type: ignore[index]
    assert tree["honours"][0]["decided_on"] == "2012-05-07"  # type: ignore[index]
    before = {path: path.read_bytes() for path in project.rglob("*.yml")}
    again = yiyong("import", file, "--root", project)
    assert "新写 0 份记录，更新 0 份，2 行与记录相同" in again.output
    assert {path: path.read_bytes() for path in project.rglob("*.yml")} == before
    assert yiyong("check", "--root", project).exit_code == 0


def test_numbers_go_on_where_they_ended(project: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("示例乙", "示例丙", "示例丁"), start=1):
        file = sheet(tmp_path / f"{number}.xlsx", [row(姓名=name)])
        assert yiyong("import", file, "--root", project).exit_code == 0
    texts = [path.read_text(encoding="utf-8") for path in sorted(project.rglob("cs12-*.yml"))]
    assert [f"changsha-2012-h000{n}" in text for n, text in enumerate(texts, start=1)] == [True] * 3


def test_a_withheld_row_takes_no_number_of_the_public_ones(project: Path, tmp_path: Path) -> None:
    withheld = {
        "案件是否公开": "不公开",
        "姓名是否公开": "不公开",
        "保密理由": "人身安全",
        "保密依据": "第十一条第一款",
        "保密决定机关": "长沙市见义勇为工作办公室（示例）",
        "保密决定日期": "2012年5月6日",
    }
    file = sheet(
        tmp_path / "a.xlsx", [row(), row(姓名="示例秘", 文号="另文", **withheld), row(姓名="示例丁")]
    )
    done = yiyong("import", file, "--root", project)
    assert done.exit_code == 0, done.output
    ids = sorted(
        str(tree["honours"][0]["id"])  # type: ignore[index,call-overload]
        for path in project.rglob("cs12-*.yml")
        if isinstance(tree := read_tree(path.read_bytes()), dict)
    )
    assert ids == ["changsha-2012-h0001", "changsha-2012-h0002", "changsha-2012-h9001"]


@pytest.mark.parametrize(
    ("changes", "cell", "code"),
    [
        ({"决定日期": "3/4/12"}, "G3", "DSK032"),
        ({"决定日期": "不详"}, "G3", "DSK031"),
        ({"决定日期": "2012年2月30日"}, "G3", "REC"),
        ({"级别": "市里"}, "E3", "REC006"),
        ({"案件是否公开": None}, "H3", "REC002"),
        ({"姓名是否公开": "公示"}, "I3", "REC006"),
        ({"姓名": None}, "A3", "DSK037"),
        ({"称号": "#REF!"}, "D3", "DSK034"),
        ({"称号": '=CONCATENATE("长沙","市")'}, "D3", "DSK034"),
        ({"授予机关": None}, "F3", "REC002"),
    ],
)
def test_every_problem_is_told_at_its_cell_and_nothing_is_written(
    project: Path, tmp_path: Path, changes: dict[str, str | None], cell: str, code: str
) -> None:
    file = sheet(tmp_path / "a.xlsx", [row(), row(**{"姓名": "示例丙", **changes}), row(姓名="示例丁")])
    result = yiyong("import", file, "--root", project)
    assert result.exit_code == 1
    assert f"a.xlsx Sheet!{cell}: 错误 {code}" in result.output, result.output
    assert "什么也没有写" in result.output
    assert not records(project)


def test_all_problems_come_in_one_run(project: Path, tmp_path: Path) -> None:
    rows = [row(姓名=f"示例{n}", 级别="市里", 案件是否公开="公示") for n in "乙丙丁戊"]
    result = yiyong("import", sheet(tmp_path / "a.xlsx", rows), "--root", project)
    assert result.output.count("错误 REC006") == 8


def test_cells_that_nobody_can_read_hide_no_problem_of_other_rows(project: Path, tmp_path: Path) -> None:
    rows = [
        row(决定日期="3/4/12"),
        row(姓名="示例丙", 级别="市里"),
        row(姓名=None),
        row(姓名="示例丁", 级别="市里"),
    ]
    result = yiyong("import", sheet(tmp_path / "a.xlsx", rows), "--root", project)
    told = [line.split(": ")[1].split()[1] for line in result.output.splitlines() if ": 错误 " in line]
    assert told == ["DSK032", "REC006", "DSK037", "REC006"]


def test_nothing_private_is_quoted(project: Path, tmp_path: Path) -> None:
    secret = row(案件是否公开="不公开", 姓名="示例秘密", 级别="绝密级", 决定日期="12/3/4")
    private = row(**{"出生日期（不公开）": "85.3.4", "身份证号（不公开）": 4.20102198501019e17})
    result = yiyong("import", sheet(tmp_path / "a.xlsx", [secret, private]), "--root", project)
    assert result.exit_code == 1
    for words in ("示例秘密", "绝密级", "12/3/4", "85.3.4", "420102198501019"):
        assert words not in result.output
    assert "不显示原文" in result.output


def test_headings_are_told_and_never_dropped(project: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", [row(授与机关="甲", 手机="13900000000")])
    result = yiyong("import", file, "--root", project)
    assert result.exit_code == 1
    assert "Sheet!K1: 错误 DSK035" in result.output and "是不是“授予机关”" in result.output
    assert "Sheet!L1: 错误 DSK035" in result.output


def test_a_title_above_the_headings_and_merged_cells_are_understood(project: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", [row(), row(姓名="示例丙", 文号=None)], title="长沙市历年荣誉")
    book = openpyxl.load_workbook(file)
    page = book.active
    assert page is not None
    page.merge_cells("A3:A4")
    book.save(file)
    assert yiyong("import", file, "--root", project).exit_code == 0
    texts = [path.read_text(encoding="utf-8") for path in project.rglob("cs12-*.yml")]
    assert all("number: 长政发〔2012〕18号" in text for text in texts) and len(texts) == 2


def test_a_changed_cell_changes_the_record_and_keeps_its_comments(project: Path, tmp_path: Path) -> None:
    assert yiyong("import", sheet(tmp_path / "a.xlsx", [row()]), "--root", project).exit_code == 0
    (path,) = project.rglob("cs12-0001.yml")
    path.write_text(f"# 归档于甲柜\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    done = yiyong("import", sheet(tmp_path / "b.xlsx", [row(批次="第三批", 成年=None)]), "--root", project)
    assert "更新 1 份" in done.output, done.output
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 归档于甲柜\n") and "batch: 第三批" in text
    assert "adult: " in text  # an empty cell takes nothing away


def test_rows_of_one_case_number_are_one_case(project: Path, tmp_path: Path) -> None:
    rows = [row(内部案号="cs12-0007", 姓名=name) for name in ("示例乙", "示例丙")]
    assert yiyong("import", sheet(tmp_path / "a.xlsx", rows), "--root", project).exit_code == 0
    tree = read_tree((project / "registry/cases/changsha/2012/cs12-0007.yml").read_bytes())
    assert isinstance(tree, dict)
    assert len(tree["persons"]) == 2
    (honour,) = tree["honours"]  # type: ignore[misc]
    assert len(honour["recipients"]) == 2  # type: ignore[call-overload,index]
    wrong = [
        rows[0],
        rows[1] | {"行为日期": "2012-04-01"},
        rows[0] | {"姓名": "示例丁", "行为日期": "2012-04-02"},
    ]
    result = yiyong("import", sheet(tmp_path / "b.xlsx", wrong), "--root", project)
    assert "DSK038" in result.output


def test_a_row_that_stands_there_twice_is_told(project: Path, tmp_path: Path) -> None:
    result = yiyong(
        "import", sheet(tmp_path / "a.xlsx", [row(), row(姓名="示例丙"), row()]), "--root", project
    )
    assert result.exit_code == 1 and "Sheet!B4: 错误 DSK043" in result.output and "Sheet!B2" in result.output
    two = [row(内部案号="cs12-0001"), row(内部案号="cs12-0002", 单位="乙厂")]
    assert yiyong("import", sheet(tmp_path / "b.xlsx", two), "--root", project).exit_code == 0
    assert len(records(project)) == 2


def test_notices_of_imported_cases_are_numbered(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    cases = [
        {
            "案件是否公开": "公开",
            "姓名": name,
            "姓名是否公开": "公开",
            "出生年月": "1985年4月",
            "行为日期": "2026年9月12日",
            "行为类型": "水上救援",
            "一句话事迹": "跳入江中救起一名落水者",
            "公示发布时刻": "2026年11月12日 9:00",
            "公示阶段": "确认前公示",
            "公示开始日": "2026年11月12日",
            "公示截止日": "2026年11月20日",
        }
        for name in ("示例乙", "示例丙")
    ]
    done = yiyong("import", sheet(file, cases), "--root", project)
    assert done.exit_code == 0, done.output
    assert [case.notice.id for case in records(project).values()] == [  # type: ignore[attr-defined]
        "changsha-2026-0001",
        "changsha-2026-0002",
    ]
    assert "2 行与记录相同" in yiyong("import", file, "--root", project).output


def test_a_group_is_honoured_as_one(project: Path, tmp_path: Path) -> None:
    group = row(姓名=None, 姓名是否公开=None, 成年=None, 集体名称="示例救人群体", 集体人数=11.0)
    done = yiyong("import", sheet(tmp_path / "a.xlsx", [group]), "--root", project)
    assert done.exit_code == 0, done.output
    (case,) = records(project).values()
    assert case.group.head_count == 11 and case.honours[0].to_group  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_of_every_kind_is_read(project: Path, tmp_path: Path, encoding: str, separator: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(ROW)
    writer.writerow(ROW.values())
    file = tmp_path / "a.csv"
    file.write_bytes(text.getvalue().encode(encoding))
    result = yiyong("import", file, "--root", project, "--dry-run")
    assert "将新写 1 份" in result.output, result.output


def as_wps(path: Path, target: Path) -> Path:
    """The workbook as WPS 表格 saves it: it says so of itself, gives readings beside Chinese strings, writes some strings
    into their cells and leaves the dimension out."""
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == "docProps/app.xml":
                text = re.sub("<Application>.*?</Application>", "<Application>WPS 表格</Application>", text)
            if name == "xl/sharedStrings.xml":
                reading = '<rPh sb="0" eb="1"><t>ㄕˋ</t></rPh><phoneticPr fontId="1"/>'
                text = text.replace("<t>示例乙</t>", f"<r><t>示例</t></r><r><t>乙</t></r>{reading}")
            if name.startswith("xl/worksheets/"):
                text = re.sub("<dimension[^>]*/>", "", text)
                told = '<c r="C2" t="inlineStr"><is><t>授予</t></is></c>'
                text = re.sub('<c r="C2"[^>]* t="s"><v>[0-9]+</v></c>', told, text)
            after.writestr(name, text)
        after.writestr(
            "docProps/custom.xml", "<Properties><KSOProductBuildVer>2052</KSOProductBuildVer></Properties>"
        )
    return target


@pytest.mark.parametrize("ending", ["xlsx", "et"])
@pytest.mark.parametrize("from_1904", [False, True])
def test_a_workbook_of_wps_is_read(project: Path, tmp_path: Path, from_1904: bool, ending: str) -> None:
    """Days are counted from 1904 where the first of its authors had an Apple."""
    options = {"date_1904": from_1904, "default_date_format": "yyyy/m/d"}
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), options) as book:
        page = book.add_worksheet()
        for column, (key, value) in enumerate(ROW.items()):
            page.write(0, column, key)
            page.write(1, column, date(2012, 5, 7) if key == "决定日期" else value)
    file = as_wps(tmp_path / "a.xlsx", tmp_path / f"历年.{ending}")
    with zipfile.ZipFile(file) as package:
        assert 't="inlineStr"' in package.read("xl/worksheets/sheet1.xml").decode()
        assert ('date1904="1"' in package.read("xl/workbook.xml").decode()) == from_1904
        assert "<rPh" in package.read("xl/sharedStrings.xml").decode()
    result = yiyong("import", file, "--root", project)
    assert result.exit_code == 0 and "新写 1 份" in result.output, result.output
    text = next((project / "registry/cases").rglob("*.yml")).read_text(encoding="utf-8")
    assert "name: 示例乙\n" in text and "decided_on: 2012-05-07" in text and "verb: 授予" in text


@pytest.mark.parametrize("name", ["old.xls", "old.et", "old.xlsx"])
def test_an_old_workbook_is_read_whatever_its_ending(project: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes((Path(__file__).parent / "old_excel.xls").read_bytes())
    result = yiyong("import", file, "--root", project)
    assert "新写 2 份" in result.output, result.output
    assert {"cs12-0001", "cs13-0001"} == set(records(project))


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken", b"\x00\x01"]
)
def test_what_is_no_sheet_is_told(project: Path, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(data)
    result = yiyong("import", file, "--root", project)
    assert result.exit_code == 1
    assert "DSK029" in result.output or "DSK030" in result.output


@pytest.mark.parametrize("kind", ["honours", "cases"])
def test_a_template_has_chinese_headings_lists_notes_and_an_example_that_is_not_imported(
    project: Path, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "模板.xlsx"
    assert yiyong("template", kind, "--out", file).exit_code == 0
    page = openpyxl.load_workbook(file).worksheets[0]
    plan = sheet_plan(SheetKind(kind))
    assert [cell.value for cell in page[1]] == [column.title for column in plan.columns]
    assert page.max_row == 2
    lists = {item.formula1 for item in page.data_validations.dataValidation}
    assert any("公开,隐名,不公开" in (item or "") for item in lists)
    assert all(cell.comment for cell, column in zip(page[1], plan.columns, strict=True) if column.note)
    result = yiyong("import", file, "--root", project)
    assert "读了 0 行" in result.output, result.output
    refused = yiyong("template", kind, "--out", file)
    assert refused.exit_code == 2 and "DSK042" in refused.output


def test_the_example_of_a_template_is_sound_once_it_has_a_name(project: Path, tmp_path: Path) -> None:
    for kind in ("honours", "cases"):
        file = tmp_path / f"{kind}.xlsx"
        yiyong("template", kind, "--out", file)
        book = openpyxl.load_workbook(file)
        page = book.worksheets[0]
        names = [cell for cell in page[2] if cell.value == "示例甲"]
        names[0].value = "示例壬"
        book.save(file)
        result = yiyong("import", file, "--root", project, "--dry-run")
        assert "将新写 1 份" in result.output, result.output


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_export_and_import_change_nothing_and_the_file_is_private(rest: bool, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "sample")
    file = tmp_path / "登记册.xlsx"
    done = yiyong("export", "--staff", "--root", project, "--out", file)
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = {path: path.read_bytes() for path in project.rglob("*.yml")}
    settings = load_settings(project).settings
    assert settings is not None
    places = [place for place in settings.jurisdictions.values() if place.keeps_register]
    for place in share(places, rest=rest):
        own = tmp_path / f"{place.slug}.xlsx"
        assert (
            yiyong("export", "--staff", "--city", place.name, "--root", project, "--out", own).exit_code == 0
        )
        result = yiyong("import", own, "--city", place.full_name, "--root", project)
        assert result.exit_code == 0, result.output
        assert "新写 0 份记录，更新 0 份" in result.output, result.output
    assert {path: path.read_bytes() for path in project.rglob("*.yml")} == before


def with_portrait(**changes: str) -> dict[str, object]:
    told = {
        "肖像文件": "照片/一.png",
        "肖像说明": "正面照",
        "肖像同意日期": "2026.10.1",
        "肖像由谁同意": "本人",
    }
    return row(**{**told, **changes})


def test_a_picture_beside_the_workbook_comes_along_once(project: Path, tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    Image.new("RGB", (60, 80), (9, 9, 9)).save(tmp_path / "照片/一.png")
    file = sheet(tmp_path / "a.xlsx", [with_portrait()])
    assert yiyong("import", file, "--root", project, "--dry-run").exit_code == 0
    assert not (project / "registry/portraits").exists()
    for said in ("新写 1 份记录", "新写 0 份记录，更新 0 份"):
        result = yiyong("import", file, "--root", project)
        assert result.exit_code == 0 and said in result.output, result.output
    (picture,) = (project / "registry/portraits/changsha/2012").iterdir()
    (case,) = records(project).values()
    portrait = case.persons[0].portrait  # type: ignore[attr-defined]
    assert portrait.file == picture.name and portrait.consent.given_by == "person"
    out = tmp_path / "out.xlsx"
    assert yiyong("export", "--staff", "--root", project, "--out", out).exit_code == 0
    assert "新写 0 份记录，更新 0 份" in yiyong("import", out, "--root", project).output


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"肖像文件": "照片/没有.png"}, "REG060"),
        ({"肖像文件": "../secret.png"}, "REG060"),
        ({"肖像文件": "a.xlsx"}, "REG061"),
        ({"肖像由谁同意": ""}, "REC002"),
    ],
)
def test_a_portrait_that_cannot_be_shown_is_told_at_its_cell(
    project: Path, tmp_path: Path, changes: dict[str, str], told: str
) -> None:
    folder = tmp_path / "in"
    (folder / "照片").mkdir(parents=True)
    for path in (folder / "照片/一.png", tmp_path / "secret.png"):
        Image.new("RGB", (60, 80)).save(path)
    file = sheet(folder / "a.xlsx", [with_portrait(**changes)])
    result = yiyong("import", file, "--root", project)
    assert result.exit_code == 1 and told in result.output and "Sheet!" in result.output, result.output
    assert not (project / "registry/portraits").exists()


def test_export_wants_to_be_told_that_it_is_for_staff(project: Path) -> None:
    result = yiyong("export", "--root", project)
    assert result.exit_code == 2 and "DSK041" in result.output
    assert not list(project.glob("*.xlsx"))


def test_a_city_that_is_not_kept_here(project: Path, tmp_path: Path) -> None:
    result = yiyong("import", sheet(tmp_path / "a.xlsx", [row()]), "--root", project, "--city", "武汉市")
    assert result.exit_code == 2 and "DSK040" in result.output
