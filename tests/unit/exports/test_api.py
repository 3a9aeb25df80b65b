"""公开接口: every document fits its published schema, says what the record says, and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import __version__
from generator.law.instruments import build_library
from generator.outputs.data.api import honour_files, list_json, notice_files, policies_json, status_json
from generator.outputs.data.schemas import SCHEMAS, schemas
from generator.public.context import SiteContext
from generator.public.documents import plain
from generator.public.honour_document import honour_document
from generator.public.json_text import compact
from generator.public.notice_document import notice_document
from generator.public.policy_document import policy_document, policy_documents
from generator.public.public_case import NoticeStatus, PublicHonour, PublicNotice
from generator.public.status_document import status_document
from generator.source.model.instrument import InstrumentEntry
from tests.every_row import every_row
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
    revoked_honour,
    tombstone,
    version_of,
)

CONTEXT = context()
POLICIES = Path(__file__).parents[3] / "content" / "policies"


@cache
def validator(name: str) -> Draft202012Validator:
    published = {path: json.loads(text) for path, text in schemas(CONTEXT)}
    schema = published[f"api/v1/schema/{name}.json"]
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def read(name: str, text: bytes) -> Any:
    document = json.loads(text)
    problems = [f"{list(e.absolute_path)}: {e.message}" for e in validator(name).iter_errors(document)]
    assert problems == []
    return document


def notice_json(notice: PublicNotice, context: SiteContext) -> bytes:
    return notice_files(notice_document(notice, context)).file


def honour_json(honour: PublicHonour, context: SiteContext) -> bytes:
    return honour_files(honour_document(honour, context)).file


def notices_json(notices: Iterable[PublicNotice], context: SiteContext) -> Iterator[bytes]:
    return list_json(notice_files(notice_document(notice, context)).line for notice in notices)


def honours_json(honours: Iterable[PublicHonour], context: SiteContext) -> Iterator[bytes]:
    return list_json(honour_files(honour_document(honour, context)).line for honour in honours)


def joined(parts: Any) -> bytes:
    return b"".join(parts)


def test_every_schema_is_published_at_its_own_address() -> None:
    published = dict(schemas(CONTEXT))
    assert sorted(published) == sorted(f"api/v1/schema/{schema.name}.json" for schema in SCHEMAS)
    for path, text in published.items():
        assert json.loads(text)["$id"] == f"https://yiyong.example/{path}"


def test_a_notice_says_its_period_its_rule_and_its_channels() -> None:
    document = read("notice", notice_json(notice(), CONTEXT))
    assert document["id"] == "wuhan-2026-0001"
    assert document["url"] == "https://yiyong.example/notices/wuhan-2026-0001/"
    assert (document["jurisdiction"], document["jurisdiction_name"]) == ("wuhan", "武汉")
    assert document["authority_name"] == "平安建设主管机关（示例）"
    assert document["status"] == "open"
    assert document["opens_at"] == "2026-11-20T00:00:00+08:00"
    assert document["closes_at"] == "2026-11-27T00:00:00+08:00"
    assert document["closes_on"] == "2026-11-26"
    assert [(day["on"], day["counted"]) for day in document["days"]][::6] == [
        ("2026-11-20", True),
        ("2026-11-26", True),
    ]
    assert all(day["reason_text"] for day in document["days"])
    assert document["period"]["last_moment"] == "2026年11月26日 24:00"
    assert document["provision"]["url"] == "https://yiyong.example/policies/wuhan/tiaoli/#2025-11"
    assert document["provision"]["version"] == "2025"
    assert document["channels"]["web_form"].endswith("?notice=wuhan-2026-0001")
    assert document["persons"][0]["name"] == "李大勇"
    assert document["holds_until"] == "2026-11-27T00:00:00+08:00"
    assert "as_of" not in document


@pytest.mark.parametrize(
    "status",
    [status for status in NoticeStatus if status is not NoticeStatus.OPEN and not status.is_tombstone],
)
def test_only_an_open_notice_gives_an_address_for_objections(status: NoticeStatus) -> None:
    text = notice_json(notice(status=status), CONTEXT)
    assert read("notice", text)["channels"] is None
    assert b"form.yiyong.example" not in text and b"office@" not in text


@pytest.mark.parametrize("status", [status for status in NoticeStatus if status.is_tombstone])
def test_a_tombstone_has_organ_date_and_ground_but_no_name_and_no_narrative(status: NoticeStatus) -> None:
    dead = tombstone(
        status,
        persons=(person("王见义"),),
        act=act(narrative=("王见义跳入湖中。",)),
        corrections=(correction(date(2026, 9, 4), what="王见义的住处更正。"),),
    )
    text = notice_json(dead, CONTEXT)
    document = read("notice", text)
    assert "王见义" not in text.decode()
    assert document["outcome"] == {
        "on": "2026-10-09",
        "organ": "平安建设主管机关（示例）",
        "reason": "材料不实",
    }
    assert document["history"][-1]["event"] == status.value
    assert "王见义" not in joined(notices_json([dead], CONTEXT)).decode()


def test_a_revoked_honour_stays_without_name_narrative_bonus_or_count() -> None:
    text = honour_json(revoked_honour(), CONTEXT)
    document = read("honour", text)
    assert document["status"] == "revoked"
    assert document["revocation"] == {
        "revoked_on": "2026-11-02",
        "organ": "武汉市人民政府（示例）",
        "ground": "弄虚作假",
    }
    assert document["person_count"] == 0
    assert "李大勇" not in text.decode() and "下水" not in text.decode()


def test_the_basis_of_an_honour_is_said_until_it_is_revoked() -> None:
    basis = "奖励办法（示例）"
    assert read("honour", honour_json(honour(basis=basis), CONTEXT))["basis"] == basis
    assert read("honour", honour_json(honour(), CONTEXT))["basis"] is None
    assert read("honour", honour_json(revoked_honour(basis=basis), CONTEXT))["basis"] is None


def test_the_lists_hold_every_record_in_order_and_fit_their_schemas() -> None:
    notices = [notice(1), notice(2, corrections=(correction(date(2026, 11, 21)),)), tombstone()]
    listed = read("notices", joined(notices_json(iter(notices), CONTEXT)))
    assert [item["id"] for item in listed] == [item.id for item in notices]
    honours = [honour(1), honour(2, has_certificate_code=True), revoked_honour()]
    listed_honours = read("honours", joined(honours_json(iter(honours), CONTEXT)))
    assert listed_honours == [json.loads(honour_json(item, CONTEXT)) for item in honours]
    assert listed_honours[1]["certificate_check"] == "https://yiyong.example/verify/"


def test_a_list_entry_is_the_single_document_without_the_working() -> None:
    record = notice()
    single = json.loads(notice_json(record, CONTEXT))
    entry = json.loads(joined(notices_json([record], CONTEXT)))[0]
    assert {key for key in single if key not in entry} == {"period"}
    assert entry["days"] == [{key: day[key] for key in ("on", "counted", "reason")} for day in single["days"]]
    assert {key: value for key, value in entry.items() if key != "days"} == {
        key: value for key, value in single.items() if key not in ("days", "period")
    }


def test_lists_from_lines_made_elsewhere_are_the_same_bytes() -> None:
    notices = [notice(1), notice(2)]
    lines = (notice_files(notice_document(item, CONTEXT)).line for item in notices)
    assert joined(list_json(lines)) == joined(notices_json(notices, CONTEXT))
    assert joined(list_json(())) == b"[]\n"


def test_the_version_follows_the_content_and_not_the_day_of_the_build() -> None:
    record = notice()
    first = version_of(record, CONTEXT)
    assert version_of(record, replace(CONTEXT, as_of=AS_OF + timedelta(hours=3))) == first
    assert version_of(replace(record, title="关于另一人的公示"), CONTEXT) != first
    moved = replace(record, clock=clock(closes_on=date(2026, 11, 27)))
    assert version_of(moved, CONTEXT) != first
    assert version_of(honour(), CONTEXT) != version_of(revoked_honour(1), CONTEXT)
    assert json.loads(notice_json(record, CONTEXT))["version"] == first


def test_policies_get_absolute_addresses_and_the_instant() -> None:
    listed = read("policies", joined(policies_json([policy_document(policy_row(), CONTEXT)])))
    assert listed[0]["url"] == "https://yiyong.example/policies/wuhan/tiaoli/#a"
    assert listed[0]["value"] == {"days": 7, "comparison": "at_least"}
    assert listed[0]["as_of"] == "2026-11-22T00:00:00+08:00"


@every_row("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_as_the_same_text_and_never_as_markup(text: str) -> None:
    record = notice(title=text, persons=(person(text),), act=act(summary=text, narrative=(text,)))
    written = notice_json(record, CONTEXT)
    document = read("notice", written)
    assert document["title"] == document["persons"][0]["name"] == document["act"]["summary"] == text
    assert b"<" not in written
    given = read("honour", honour_json(honour(title=text, grantor=text), CONTEXT))
    assert given["title"] == given["grantor"] == text


def test_every_provision_of_the_library_fits_the_schema() -> None:
    entries = [
        InstrumentEntry.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader))
        for path in sorted(POLICIES.glob("*/*.yml"))
    ]
    with_law = replace(CONTEXT, library=build_library(entries))
    listed = read("policies", joined(policies_json(policy_documents(with_law))))
    assert {item["instrument_title"] for item in listed} >= {entry.title for entry in entries}
    assert {item["jurisdiction_name"] for item in listed if item["jurisdiction"] == "wuhan"} == {"武汉"}


def test_a_record_says_until_when_it_holds_and_not_when_the_site_was_built() -> None:
    opens = {"status": NoticeStatus.SCHEDULED, "clock": clock()}
    later = replace(CONTEXT, as_of=AS_OF + timedelta(minutes=1))
    for item, until in (
        (notice(), "2026-11-27T00:00:00+08:00"),
        (notice(**opens), notice_document(notice(), CONTEXT).opens_at),
        (notice(status=NoticeStatus.AWAITING), None),
        (tombstone(), None),
    ):
        document = notice_document(item, CONTEXT)
        assert document.holds_until == until
        assert notice_json(item, later) == notice_json(item, CONTEXT)
        assert "2026-11-22T09:00" not in notice_json(item, CONTEXT).decode()
    assert honour_document(honour(), CONTEXT).holds_until is None
    assert honour_json(honour(), later) == honour_json(honour(), CONTEXT)


def test_the_status_tells_of_the_build() -> None:
    pending = replace(CONTEXT, next_change_at=AS_OF + timedelta(hours=15))
    document = read("status", status_json(status_document(pending, date(2026, 11, 20))))
    assert document == {
        "as_of": "2026-11-22T09:00:00+08:00",
        "built_at": "2026-11-22T09:00:00+08:00",
        "next_change_at": "2026-11-23T00:00:00+08:00",
        "last_change_on": "2026-11-20",
        "version": __version__,
        "log": {"size": 0},
    }
    assert read("status", status_json(status_document(CONTEXT, None)))["next_change_at"] is None


DOCUMENTS = {
    "notice": lambda: notice_document(notice(corrections=(correction(date(2026, 11, 21)),)), CONTEXT),
    "honour": lambda: honour_document(honour(), CONTEXT),
}


def parts_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document, the document itself among them."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts_of(item)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_schema_refuses_a_field_too_many_and_a_field_too_few_at_any_depth(name: str) -> None:
    document = json.loads(compact(plain(DOCUMENTS[name]())))
    check = validator(name)
    assert check.is_valid(document)
    parts = list(parts_of(document))
    assert len(parts) > 3
    for part in parts:
        part["unheard_of"] = None
        assert not check.is_valid(document)
        del part["unheard_of"]
        for key in list(part):
            value = part.pop(key)
            assert not check.is_valid(document), key
            part[key] = value
    assert check.is_valid(document)


@every_row(
    ("name", "changes"),
    [
        ("notice", {"status": "ended"}),
        ("notice", {"status": "withdrawn"}),
        ("notice", {"status": "confirmed"}),
        ("notice", {"closes_on": "2026-11"}),
        ("notice", {"closes_at": "2026-11-27T00:00:00Z"}),
        ("notice", {"url": "http://yiyong.example/"}),
        ("honour", {"bonus_cny": -1}),
        ("honour", {"status": "revoked"}),
        ("honour", {"revocation": {"revoked_on": "2026-11-02", "organ": None, "ground": None}}),
        ("honour", {"level": "planet"}),
        ("honour", {"version": "1234567890AB"}),
    ],
)
def test_the_schema_refuses_what_no_record_can_say(name: str, changes: dict[str, Any]) -> None:
    """Wrong words, days and addresses; a tombstone with names; a closed notice that takes objections."""
    document = json.loads(compact(plain(DOCUMENTS[name]())))
    assert not validator(name).is_valid(document | changes)


def test_every_kind_of_object_has_a_chinese_description() -> None:
    """The docstring of a document is published: it is for readers of the data, in their language."""
    published = dict(schemas(CONTEXT))
    for schema in SCHEMAS:
        body = json.loads(published[f"api/v1/schema/{schema.name}.json"])
        kinds = [body.get("items", body), *body["$defs"].values()]
        assert all(re.search("[\u4e00-\u9fff]", kind["description"]) for kind in kinds), schema.name
