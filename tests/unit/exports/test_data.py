"""开放数据: the same rows and values in every format, valid by other people's tools, the same bytes twice."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from generator.outputs.data.data_files import file_names, finish_data, write_table, write_whole_workbook
from generator.outputs.data.table_writers import plain_row
from generator.outputs.data.workbooks import sheet_rows
from generator.public.columns import Column, fields_of
from generator.public.context import SiteContext
from generator.public.decision_document import decision_document
from generator.public.honour_document import honour_document
from generator.public.notice_document import notice_document
from generator.public.plain_text import CELL_LIMIT
from generator.public.policy_document import policy_document
from generator.public.public_case import NoticeStatus, PublicGroup, PublicHonour, PublicNotice
from generator.public.public_decision import PublicDecision
from generator.public.tables import DECISIONS, HONOURS, NOTICES, POLICIES, TABLES, Table
from generator.source.model.instant import SHANGHAI
from generator.source.model.partial_day import PartialDay
from generator.source.model.published import Document
from tests.public_records import (
    AS_OF,
    HOSTILE,
    act,
    clock,
    context,
    correction,
    honour,
    notice,
    person,
    policy_row,
    public_decision,
    revoked_honour,
    tombstone,
)

CONTEXT = context()
TEXTS = (*HOSTILE, "_x0041_", "<r><t>x</t></r>", "<r>&<b></r>")


Records = tuple[list[PublicNotice], list[PublicHonour], list[PublicDecision], list[dict[str, Any]]]


def records() -> Records:
    notices = [
        notice(1),
        notice(
            2,
            clock=clock(date(2026, 2, 10)),
            status=NoticeStatus.CONFIRMED,
            honours=("wuhan-2026-h0001",),
            honour_titles=("武汉市见义勇为勇士",),
            honour_days=(PartialDay("2026-10-12"),),
        ),
        tombstone(persons=(person("王见义"),), act=act(summary="王见义下水。")),
    ]
    honours = [
        honour(1, notice="wuhan-2026-0002"),
        honour(2, recipients=(), group=PublicGroup(name="示例救援队", head_count=11), decided_on="1998"),
        honour(3, corrections=(correction(date(2026, 11, 3)),), verb="追授", act=None, bonus_cny=None),
        revoked_honour(),
    ]
    for number, text in enumerate(TEXTS, 100):
        notices.append(notice(number, title=text, act=act(summary=text), persons=(person(text),)))
        honours.append(honour(number, title=text, grantor=text, batch=text))
    policies = [policy_row(1), policy_row(2, value={}, article=None, status="unknown", in_force_from=None)]
    policies += [policy_row(3, summary=text, value={"who": text}) for text in HOSTILE]
    decisions = [
        public_decision(1),
        public_decision(2, number=None, signed_on=PartialDay("1998"), opening=()),
    ]
    for number, text in enumerate(TEXTS, 100):
        decisions.append(public_decision(number, title=text, organs=(text,), basis=text, batch=text))
    return notices, honours, decisions, policies


def documents() -> dict[str, list[Any]]:
    """Documents of :func:`records`, by table."""
    notices, honours, decisions, policies = records()
    return {
        "notices": [notice_document(item, CONTEXT) for item in notices],
        "honours": [honour_document(item, CONTEXT) for item in honours],
        "decisions": [decision_document(item, CONTEXT) for item in decisions],
        "policies": [policy_document(row, CONTEXT) for row in policies],
    }


def write_data(
    folder: Path,
    notices: Iterable[PublicNotice],
    honours: Iterable[PublicHonour],
    decisions: Iterable[PublicDecision],
    policies: Iterable[Mapping[str, object]],
    context: SiteContext,
) -> list[str]:
    write_table(folder, NOTICES, (notice_document(item, context) for item in notices), context)
    write_table(folder, HONOURS, (honour_document(item, context) for item in honours), context)
    write_table(folder, DECISIONS, (decision_document(item, context) for item in decisions), context)
    write_table(folder, POLICIES, (policy_document(row, context) for row in policies), context)
    return finish_data(folder, context)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("data")
    parts = (iter(part) for part in records())
    assert write_data(target, *parts, CONTEXT) == list(file_names())
    assert sorted(path.name for path in target.iterdir()) == sorted(file_names())
    return target


def unescape(text: str) -> str:
    """What Excel shows (ECMA-376, ST_Xstring): one pass from the left. openpyxl's own makes two."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


Rows = list[tuple[Any, ...]]


def expected(table: Table[Any]) -> Rows:
    return [plain_row(table.row(document)) for document in documents()[table.name]]


def from_csv(folder: Path, table: Table[Any]) -> Rows:
    csv.field_size_limit(10**7)
    with (folder / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [field.name for field in table.fields]
    readers: Mapping[str, Any] = {
        "integer": int,
        "boolean": lambda text: {"true": True, "false": False}[text],
    }
    return [
        tuple(
            readers.get(field.type, lambda text: text.removeprefix("'"))(text) if text else None
            for field, text in zip(table.fields, row, strict=True)
        )
        for row in rows[1:]
    ]


def from_json(folder: Path, table: Table[Any]) -> Rows:
    rows = json.loads((folder / f"{table.name}.json").read_bytes())
    assert all(list(row) == [field.name for field in table.fields] for row in rows)
    return [tuple(row.values()) for row in rows]


def from_xlsx(folder: Path, table: Table[Any]) -> Rows:
    sheet = openpyxl.load_workbook(folder / f"{table.name}.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(field.words.zh for field in table.fields)

    def read(kind: str, value: Any) -> Any:
        if value is None:
            return None
        if kind == "date":
            assert isinstance(value, datetime)
            return value.date().isoformat()
        if kind == "datetime":
            return value.replace(tzinfo=SHANGHAI).isoformat(timespec="seconds")
        if isinstance(value, datetime):
            return value.date().isoformat()
        return unescape(value) if kind == "string" else value

    return [
        tuple(read(field.type, value) for field, value in zip(table.fields, row, strict=True))
        for row in rows[1:]
    ]


def from_sqlite(folder: Path, table: Table[Any]) -> Rows:
    database = sqlite3.connect(f"file:{folder / 'yiyong.sqlite'}?mode=ro", uri=True)
    try:
        cursor = database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')
        assert [column[0] for column in cursor.description] == [field.name for field in table.fields]
        return [
            tuple(
                bool(value) if field.type == "boolean" and value is not None else value
                for field, value in zip(table.fields, row, strict=True)
            )
            for row in cursor
        ]
    finally:
        database.close()


@pytest.mark.parametrize("read", [from_csv, from_json, from_xlsx, from_sqlite])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_format_holds_the_same_rows_and_values(folder: Path, table: Table[Any], read: Any) -> None:
    assert read(folder, table) == expected(table)


def test_what_a_spreadsheet_might_calculate_is_text_in_csv(folder: Path) -> None:
    csv.field_size_limit(10**7)
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠")]
        assert not [cell for cell in cells if cell[:1] in ("\t", "\r", "\n")]
    assert (folder / "notices.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_no_workbook_holds_a_formula_or_a_link(folder: Path) -> None:
    for table in TABLES:
        with zipfile.ZipFile(folder / f"{table.name}.xlsx") as book:
            for name in book.namelist():
                text = book.read(name)
                assert b"<f>" not in text and b"<f " not in text and b"<hyperlink" not in text
        sheet = openpyxl.load_workbook(folder / f"{table.name}.xlsx").worksheets[0]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        longest = max(
            len(str(c).encode("utf-16-le")) // 2 for row in sheet.iter_rows(values_only=True) for c in row
        )
        assert longest <= CELL_LIMIT + 1000


def test_a_sheet_put_together_from_pieces_is_that_of_all_rows(folder: Path, tmp_path: Path) -> None:
    rows = expected(HONOURS)
    pieces = [sheet_rows(some, HONOURS) for some in (rows[:5], [], rows[5:6], rows[6:])]
    write_whole_workbook(tmp_path / "honours.xlsx", HONOURS, pieces, len(rows), CONTEXT)
    assert (tmp_path / "honours.xlsx").read_bytes() == (folder / "honours.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "honours.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    found = re.findall('<row r="([0-9]+)">(.*?)</row>', sheet, re.DOTALL)
    assert [int(number) for number, _ in found] == list(range(1, len(rows) + 2))
    for number, cells in found:
        assert {place[1] for place in re.findall(' r="([A-Z]+)([0-9]+)"', cells)} == {number}
    assert f'<dimension ref="A1:{get_column_letter(len(HONOURS.fields))}{len(rows) + 1}"/>' in sheet


def test_text_that_looks_like_a_number_of_a_row_or_like_markup_stays_text(tmp_path: Path) -> None:
    texts = ['<row r="7">', ' r="A7"', "\0", "_x0000_", " 前后有空格 ", "一\n二", "&amp;]]>", "</sheetData>"]
    width = len(HONOURS.fields)
    rows = [(text, *(None for _ in range(width - 1))) for text in texts]
    write_whole_workbook(tmp_path / "a.xlsx", HONOURS, [sheet_rows(rows, HONOURS)], len(rows), CONTEXT)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [unescape(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)] == texts


def test_a_database_that_takes_rows_over_is_that_of_all_rows(folder: Path, tmp_path: Path) -> None:
    for name in file_names():
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    rows = expected(NOTICES)
    pieces = {
        "notices": (range(1, 4), rows[3:9], range(10, len(rows) + 1)),
        "honours": (range(1, len(expected(HONOURS)) + 1),),
    }
    finish_data(tmp_path, CONTEXT, pieces=pieces, shown=folder / "yiyong.sqlite")
    for name in file_names():
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_days_are_typed_so_that_a_year_can_be_filtered(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "honours.xlsx").worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("公布日期") + 1).is_date
    assert sheet.cell(2, header.index("年份") + 1).value == 2026
    assert sheet.cell(3, header.index("年份") + 1).value == 1998
    decided = [row[header.index("决定日期")] for row in sheet.iter_rows(min_row=2)]
    assert {cell.is_date for cell in decided} == {True, False}
    assert all(cell.is_date or re.fullmatch("[0-9]{4}(-[0-9]{2})?", cell.value) for cell in decided)


def test_days_of_policies_are_typed(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "policies.xlsx").worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for name in ("施行日期", "失效日期", "核对日期"):
        cells = [row[header.index(name)] for row in sheet.iter_rows(min_row=2)]
        assert all(cell.value is None or cell.is_date for cell in cells), name


def test_the_workbook_and_the_database_explain_themselves(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "notices.xlsx").worksheets[1]
    texts = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value]
    assert "closes_at" in texts and "CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/" in texts
    assert any(text.startswith("截至2026年11月22日，本站公开的") for text in texts)
    database = sqlite3.connect(folder / "yiyong.sqlite")
    try:
        named = set(database.execute("SELECT table_name, field FROM field_meanings"))
        assert named == {(table.name, field.name) for table in TABLES for field in table.fields}
        assert ("时点", "2026-11-22") in set(database.execute("SELECT * FROM about"))
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        database.close()


@pytest.mark.filterwarnings("default")
def test_frictionless_finds_the_package_valid_and_would_notice_damage(folder: Path, tmp_path: Path) -> None:
    csv.field_size_limit(10**7)
    from frictionless import Package, validate

    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    package = Package(str(folder / "datapackage.json"))
    assert {resource.path for resource in package.resources} == set(file_names()) - {
        "datapackage.json",
        "catalog.jsonld",
    }
    schema = package.get_resource("notices-csv").schema
    assert [field.name for field in schema.fields] == [field.name for field in TABLES[0].fields]
    assert all(field.title and field.description for field in schema.fields)
    for name in file_names():
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    damaged = (tmp_path / "honours.csv").read_bytes().replace(b"valid", b"revoked", 1)
    (tmp_path / "honours.csv").write_bytes(damaged)
    assert not validate(str(tmp_path / "datapackage.json")).valid


def test_the_package_says_licence_scope_and_instant_in_two_languages(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert package["as_of"] == "2026-11-22"
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert package["description"].startswith("截至2026年11月22日，本站公开的全部公示、决定与荣誉")
    assert package["description_en"].startswith("Every notice, decision and honour that this site publishes")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_dcat_catalogue_is_rdf_that_names_every_file(folder: Path) -> None:
    import rdflib

    graph = rdflib.Graph().parse(folder / "catalog.jsonld", format="json-ld")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    datasets = set(graph.subjects(rdflib.RDF.type, dcat.Dataset))
    assert {str(item).rsplit("#")[1] for item in datasets} == {table.name for table in TABLES}
    downloads = {str(item) for item in graph.objects(None, dcat.downloadURL)}
    for name in set(file_names()) - {"datapackage.json", "catalog.jsonld"}:
        assert f"https://yiyong.example/data/{name}" in downloads


def test_tombstones_name_nobody_in_any_file(folder: Path, tmp_path: Path) -> None:
    dead = [tombstone(persons=(person("王见义"),), act=act(summary="王见义下水。"))]
    gone = [revoked_honour(recipients=(person("王见义"),), act=act(summary="王见义下水。"))]
    write_data(tmp_path, dead, gone, [], [], CONTEXT)
    for name in file_names():
        assert "王见义".encode() not in contents(tmp_path / name)
    (row,) = from_json_table(tmp_path, "honours")
    assert (row["status"], row["name"], row["person_count"]) == ("revoked", None, 0)
    assert row["revoked_ground"] == "弄虚作假"


def from_json_table(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_bytes())
    return rows


def contents(path: Path) -> bytes:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_persons_of_the_honours_sum_to_the_total_of_those_in_force(folder: Path) -> None:
    _, honours, _, _ = records()
    counted = sum(item.person_count for item in honours if item.revoked_on is None)
    assert sum(row["person_count"] for row in from_json_table(folder, "honours")) == counted


def test_an_honour_of_a_group_tells_its_name_and_size_whoever_of_it_is_named(tmp_path: Path) -> None:
    group = PublicGroup(name="示例救援队", head_count=27)
    rows = [honour(1, group=group), honour(2, recipients=(), group=group), honour(3)]
    write_table(tmp_path, HONOURS, (honour_document(row, CONTEXT) for row in rows), CONTEXT)
    told = [
        tuple(row[name] for name in ("name", "is_group", "group_name", "head_count"))
        for row in json.loads((tmp_path / "honours.json").read_bytes())
    ]
    assert told == [
        ("李大勇", True, "示例救援队", 27),
        ("示例救援队", True, "示例救援队", 27),
        ("李大勇", False, None, None),
    ]


def test_the_same_records_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_data(tmp_path, *records(), CONTEXT)
    write_data(tmp_path, *records(), CONTEXT)
    for name in file_names():
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_tables_written_side_by_side_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for table in reversed(TABLES):
        write_table(tmp_path, table, documents()[table.name], CONTEXT)
    assert finish_data(tmp_path, CONTEXT) == list(file_names())
    for name in file_names():
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_another_instant_alone_changes_no_table(tmp_path: Path) -> None:
    later = replace(CONTEXT, as_of=AS_OF + timedelta(minutes=5))
    for name, site_context in (("a", CONTEXT), ("b", later)):
        write_data(tmp_path / name, *records(), site_context)
    for table in TABLES:
        for ending in ("csv", "json"):
            name = f"{table.name}.{ending}"
            assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.filterwarnings("default")
def test_an_empty_register_is_valid_too(tmp_path: Path) -> None:
    from frictionless import validate

    write_data(tmp_path, [], [], [], [], CONTEXT)
    assert json.loads((tmp_path / "notices.json").read_bytes()) == []
    assert validate(str(tmp_path / "datapackage.json")).valid


def test_each_iterable_is_read_once(tmp_path: Path) -> None:
    def once(items: Iterable[Any]) -> Iterable[Any]:
        yield from items

    notices, honours, decisions, policies = records()
    parts = (once(notices[:3]), once(honours[:4]), once(decisions[:1]), once(policies[:2]))
    write_data(tmp_path, *parts, CONTEXT)
    assert len(from_json_table(tmp_path, "notices")) == 3


def test_every_field_has_its_words() -> None:
    for table in TABLES:
        for field in table.fields:
            words = field.words
            assert all((words.zh, words.en, words.about_zh, words.about_en)), field.name


PUBLISHED = {
    "notices": """
        id url jurisdiction jurisdiction_name authority_name title number status status_name status_since
        published_at opens_on closes_on closes_at order names person_count group_name head_count act_kind
        happened_on district summary rule_article rule_url corrections replaces replaced_by honours
        outcome_on outcome_organ outcome_reason last_changed_on
    """,
    "honours": """
        id url jurisdiction jurisdiction_name status status_name name title level verb grantor number
        decided_on year published_on batch merit bonus_cny posthumous is_group person_count act_kind
        happened_on district summary notice confirmed_on corrected_on revoked_on revoked_by revoked_ground
        source basis
    """,
    "decisions": """
        id url jurisdiction jurisdiction_name title number index_number openness organs level signed_on
        published_on batch basis titles honours person_count source
    """,
    "policies": """
        jurisdiction jurisdiction_name instrument instrument_title version version_label article topic
        status summary value in_force_from in_force_from_basis in_force_until in_force_until_basis
        last_verified_on url superior_not_at_hand
    """,
}
"""Columns of the tables in use, in their order."""


@pytest.mark.parametrize("table", TABLES, ids=PUBLISHED)
def test_columns_keep_their_places_and_new_ones_come_after_them(table: Table[Any]) -> None:
    names = [field.name for field in table.fields]
    known = PUBLISHED[table.name].split()
    assert names[: len(known)] == known
    assert len(set(names)) == len(names)


def test_a_record_of_several_deeds_has_all_their_kinds_in_a_column() -> None:
    further = (act(kind="traffic_rescue"), act(kind="water_rescue"))
    for table, documents in (
        (
            NOTICES,
            [notice_document(notice(further_acts=further), CONTEXT), notice_document(tombstone(), CONTEXT)],
        ),
        (
            HONOURS,
            [
                honour_document(honour(further_acts=further), CONTEXT),
                honour_document(revoked_honour(), CONTEXT),
            ],
        ),
    ):
        at = [field.name for field in table.fields].index("act_kinds")
        told = [table.row(document)[at] for document in documents]  # type: ignore[arg-type]
        assert told == ["water_rescue traffic_rescue", None], table.name


def test_two_columns_cannot_have_one_place() -> None:
    class Twice(Document):
        """两列同位"""

        one: Annotated[str, Column(1, "一", "One", "一。", "One.")]
        other: Annotated[str, Column(1, "二", "Two", "二。", "Two.")]

    with pytest.raises(ValueError, match=r"other.*place 1"):
        fields_of(Twice)
