"""数据表 (tables): one definition a table, from which every format of ``/data/`` is written.

A field has a name, a type and a way to its value; titles and meanings in Chinese and English are in
``catalogue/zh/exports.yml``. A row is a tuple of plain values in the order of the fields: the same
tuple goes to CSV, JSON, XLSX and SQLite.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from generator.catalogue import wording
from generator.public.context import SiteContext
from generator.public.plain_text import cell
from generator.public.public_case import HonourStatus, PublicHonour, PublicNotice
from generator.source.model.scalars import SHANGHAI

Type = Literal["string", "integer", "boolean", "date", "datetime"]
Value = str | int | bool | date | datetime | None
"""A ``string`` is never empty; a ``datetime`` is aware, Beijing time, to the second."""
Row = tuple[Value, ...]

_R = TypeVar("_R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[_R]):
    """字段. ``required`` fields are never null; ``pattern`` is a regular expression for the whole value."""

    table: str
    name: str
    type: Type
    value: Callable[[_R, SiteContext], Value]
    required: bool = False
    pattern: str | None = None

    @property
    def words(self) -> Mapping[str, str]:
        """``zh`` and ``en`` titles, ``about_zh`` and ``about_en`` meanings."""
        known: Mapping[str, str] = wording("exports")["fields"][self.table][self.name]
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[_R]):
    """数据表. ``key`` names the field that identifies a row; None where several together do."""

    name: str
    fields: tuple[Field[_R], ...]
    key: str | None

    @property
    def words(self) -> Mapping[str, str]:
        """``zh``, ``en``, ``about_zh``, ``about_en`` of the table."""
        known: Mapping[str, str] = wording("exports")["tables"][self.name]
        return known

    def row(self, record: _R, context: SiteContext) -> Row:
        """一行: the values of one record, clean for every format."""
        return tuple(_clean(field.value(record, context)) for field in self.fields)


def _clean(value: Value) -> Value:
    if isinstance(value, str):
        return cell(value) or None
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).replace(microsecond=0)
    return value


PARTIAL_DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def _notice(
    name: str, kind: Type, value: Callable[[PublicNotice, SiteContext], Value], **more: Any
) -> Field[PublicNotice]:
    return Field(table="notices", name=name, type=kind, value=value, **more)


def _honour(
    name: str, kind: Type, value: Callable[[PublicHonour, SiteContext], Value], **more: Any
) -> Field[PublicHonour]:
    return Field(table="honours", name=name, type=kind, value=value, **more)


def _policy(name: str, **more: Any) -> Field[Mapping[str, object]]:
    def value(row: Mapping[str, object], _: SiteContext) -> Value:
        found = row[name]
        return None if found is None else str(found)

    return Field(table="policies", name=name, type="string", value=value, **more)


def _policy_day(name: str, **more: Any) -> Field[Mapping[str, object]]:
    def value(row: Mapping[str, object], _: SiteContext) -> Value:
        found = row[name]
        return None if found is None else date.fromisoformat(str(found))

    return Field(table="policies", name=name, type="date", value=value, **more)


def _alive(value: Callable[[PublicNotice], Value]) -> Callable[[PublicNotice, SiteContext], Value]:
    """``value``, or nothing on a tombstone."""
    return lambda notice, _: None if notice.status.is_tombstone else value(notice)


def _valid(value: Callable[[PublicHonour], Value]) -> Callable[[PublicHonour, SiteContext], Value]:
    """``value``, or nothing for a revoked honour."""
    return lambda honour, _: None if honour.status is HonourStatus.REVOKED else value(honour)


NOTICES: Table[PublicNotice] = Table(
    name="notices",
    key="id",
    fields=(
        _notice("id", "string", lambda n, _: n.id, required=True, pattern="[a-z]+-[0-9]{4}-[0-9]{4,5}"),
        _notice("url", "string", lambda n, c: c.absolute(n.path), required=True),
        _notice("jurisdiction", "string", lambda n, _: n.jurisdiction, required=True),
        _notice(
            "jurisdiction_name", "string", lambda n, c: c.jurisdictions[n.jurisdiction].name, required=True
        ),
        _notice("authority_name", "string", lambda n, c: c.authorities[n.authority].name, required=True),
        _notice("title", "string", lambda n, _: n.title, required=True),
        _notice("number", "string", lambda n, _: n.number),
        _notice("status", "string", lambda n, _: n.status.value, required=True),
        _notice(
            "status_name", "string", lambda n, _: wording("feeds")["status"][n.status.value], required=True
        ),
        _notice("status_since", "date", lambda n, _: n.status_since, required=True),
        _notice("published_at", "datetime", lambda n, _: n.published_at, required=True),
        _notice("opens_on", "date", lambda n, _: n.clock.opens_on, required=True),
        _notice("closes_on", "date", lambda n, _: n.clock.closes_on, required=True),
        _notice("closes_at", "datetime", lambda n, _: n.clock.closes_at, required=True),
        _notice("order", "string", lambda n, _: n.order, required=True),
        _notice("names", "string", _alive(lambda n: "、".join(p.name for p in n.persons))),
        _notice("person_count", "integer", _alive(lambda n: len(n.persons))),
        _notice("group_name", "string", _alive(lambda n: n.group.name if n.group else None)),
        _notice("head_count", "integer", _alive(lambda n: n.group.head_count if n.group else None)),
        _notice("act_kind", "string", _alive(lambda n: n.act.kind if n.act else None)),
        _notice(
            "happened_on",
            "string",
            _alive(lambda n: n.act.happened_on if n.act else None),
            pattern=PARTIAL_DAY,
        ),
        _notice("district", "string", _alive(lambda n: n.act.district if n.act else None)),
        _notice("summary", "string", _alive(lambda n: n.act.summary if n.act else None)),
        _notice(
            "rule_article", "string", lambda n, _: n.publicity_rule.article if n.publicity_rule else None
        ),
        _notice(
            "rule_url",
            "string",
            lambda n, c: c.absolute(n.publicity_rule.path) if n.publicity_rule else None,
        ),
        _notice("corrections", "integer", _alive(lambda n: len(n.corrections))),
        _notice("replaces", "string", lambda n, _: n.replaces),
        _notice("replaced_by", "string", lambda n, _: n.replaced_by),
        _notice("honours", "string", _alive(lambda n: " ".join(n.honours))),
        _notice("outcome_on", "date", lambda n, _: n.outcome_on),
        _notice("outcome_organ", "string", lambda n, _: n.outcome_organ),
        _notice("outcome_reason", "string", lambda n, _: n.outcome_reason),
        _notice("last_changed_on", "date", lambda n, _: n.history[-1].on, required=True),
    ),
)

HONOURS: Table[PublicHonour] = Table(
    name="honours",
    key="id",
    fields=(
        _honour("id", "string", lambda h, _: h.id, required=True, pattern="[a-z]+-[0-9]{4}-h[0-9]{4,5}"),
        _honour("url", "string", lambda h, c: c.absolute(h.path), required=True),
        _honour("jurisdiction", "string", lambda h, _: h.jurisdiction, required=True),
        _honour(
            "jurisdiction_name", "string", lambda h, c: c.jurisdictions[h.jurisdiction].name, required=True
        ),
        _honour("status", "string", lambda h, _: h.status.value, required=True),
        _honour(
            "status_name",
            "string",
            lambda h, _: wording("feeds")["honour_status"][h.status.value],
            required=True,
        ),
        _honour("name", "string", _valid(lambda h: h.display_name)),
        _honour("title", "string", lambda h, _: h.title, required=True),
        _honour("level", "string", lambda h, _: h.level, required=True),
        _honour("verb", "string", lambda h, _: h.verb, required=True),
        _honour("grantor", "string", lambda h, _: h.grantor, required=True),
        _honour("number", "string", lambda h, _: h.number),
        _honour("decided_on", "string", lambda h, _: h.decided_on, required=True, pattern=PARTIAL_DAY),
        _honour("year", "integer", lambda h, _: h.year, required=True),
        _honour("published_on", "date", lambda h, _: h.published_on, required=True),
        _honour("batch", "string", lambda h, _: h.batch),
        _honour("merit", "string", _valid(lambda h: h.merit)),
        _honour("bonus_cny", "integer", _valid(lambda h: h.bonus_cny)),
        _honour("posthumous", "boolean", lambda h, _: h.posthumous, required=True),
        _honour("is_group", "boolean", _valid(lambda h: not h.recipients and h.group is not None)),
        _honour(
            "person_count",
            "integer",
            lambda h, _: 0 if h.status is HonourStatus.REVOKED else h.person_count,
            required=True,
        ),
        _honour("act_kind", "string", _valid(lambda h: h.act.kind if h.act else None)),
        _honour(
            "happened_on",
            "string",
            _valid(lambda h: h.act.happened_on if h.act else None),
            pattern=PARTIAL_DAY,
        ),
        _honour("district", "string", _valid(lambda h: h.act.district if h.act else None)),
        _honour("summary", "string", _valid(lambda h: h.act.summary if h.act else None)),
        _honour("notice", "string", lambda h, _: h.notice),
        _honour("confirmed_on", "date", lambda h, _: h.confirmed_on),
        _honour(
            "corrected_on",
            "date",
            _valid(lambda h: max((c.corrected_on for c in h.corrections), default=None)),
        ),
        _honour("revoked_on", "date", lambda h, _: h.revoked_on),
        _honour("revoked_by", "string", lambda h, _: h.revoked_by),
        _honour("revoked_ground", "string", lambda h, _: h.revoked_ground),
        _honour("source", "string", _valid(lambda h: h.source)),
        _honour("basis", "string", _valid(lambda h: h.basis)),
    ),
)


def _policy_url(row: Mapping[str, object], context: SiteContext) -> Value:
    url = str(row["url"])
    return url if url.startswith("https://") else context.absolute(url.lstrip("/"))


def _policy_superiors(row: Mapping[str, object], _: SiteContext) -> Value:
    titles = row["superior_not_at_hand"]
    assert isinstance(titles, list)
    return "".join(f"《{title}》" for title in titles)


def _policy_json(name: str) -> Field[Mapping[str, object]]:
    def value(row: Mapping[str, object], _: SiteContext) -> Value:
        found = row[name]
        return None if not found else json.dumps(found, ensure_ascii=False, sort_keys=True, default=str)

    return Field(table="policies", name=name, type="string", value=value)


def _policy_list(name: str) -> Field[Mapping[str, object]]:
    def value(row: Mapping[str, object], _: SiteContext) -> Value:
        found = row[name]
        assert isinstance(found, list)
        return "；".join(found) or None

    return Field(table="policies", name=name, type="string", value=value)


POLICIES: Table[Mapping[str, object]] = Table(
    name="policies",
    key=None,
    fields=(
        _policy("jurisdiction", required=True),
        _policy("jurisdiction_name", required=True),
        _policy("instrument", required=True),
        _policy("instrument_title", required=True),
        _policy("version", required=True),
        _policy("version_label", required=True),
        _policy("article"),
        _policy("topic", required=True),
        _policy("status", required=True),
        _policy("summary"),
        _policy_json("value"),
        _policy_day("in_force_from"),
        _policy("in_force_from_basis", required=True),
        _policy_day("in_force_until"),
        _policy("in_force_until_basis", required=True),
        _policy_day("last_verified_on", required=True),
        Field(table="policies", name="url", type="string", value=_policy_url, required=True),
        Field(table="policies", name="superior_not_at_hand", type="string", value=_policy_superiors),
        _policy("modality"),
        _policy_list("delegated_to"),
        _policy_list("silent_on"),
        _policy_json("benefit"),
        _policy_json("inferred"),
        _policy("official_url"),
    ),
)

TABLES: tuple[Table[Any], ...] = (NOTICES, HONOURS, POLICIES)
