"""数据表 (tables): the source of every format of ``/data/``.

A row is a tuple of plain values in the order of the fields: the same tuple goes to CSV, JSON, XLSX and SQLite.
The fields are those that the type of the record's document carries (:mod:`.columns`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from generator.catalogue import wording
from generator.public.columns import Field, Value, fields_of
from generator.public.decision_document import DecisionDocument
from generator.public.honour_document import HonourDocument
from generator.public.notice_document import NoticeDocument
from generator.public.policy_document import PolicyDocument
from generator.source.model.published import Document

Row = tuple[Value, ...]

_D = TypeVar("_D", bound=Document)


@dataclass(frozen=True, kw_only=True)
class Table(Generic[_D]):
    """数据表 of documents of one type. ``key`` names the field that identifies a row; None where several
    together do."""

    name: str
    document: type[_D]
    key: str | None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """字段, in the order of the columns."""
        return fields_of(self.document)

    @property
    def words(self) -> Mapping[str, str]:
        """``zh``, ``en``, ``about_zh``, ``about_en`` of the table."""
        known: Mapping[str, str] = wording("exports")["tables"][self.name]
        return known

    def row(self, document: _D) -> Row:
        """一行: the values of one record, clean for every format."""
        return tuple(field.value(document) for field in self.fields)


NOTICES = Table(name="notices", document=NoticeDocument, key="id")
HONOURS = Table(name="honours", document=HonourDocument, key="id")
DECISIONS = Table(name="decisions", document=DecisionDocument, key="id")
POLICIES = Table(name="policies", document=PolicyDocument, key=None)
TABLES = (NOTICES, HONOURS, DECISIONS, POLICIES)
