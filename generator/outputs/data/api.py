"""公开接口 (API): ``/api/v1/…`` as bytes. One file a record, and lists; see :mod:`.schemas` for their schemas.

A list holds a line a record (a notice's without the working of its period, see :func:`listed_notice`). Each kind has a
page for each city and year, and an index that tells the pages. At the address of the whole list (``notices.json``)
stands the whole list while it has at most :data:`~generator.public.list_index.WHOLE` records; beyond that, the index stands there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.public.benefit_document import BenefitDocument
from generator.public.decision_document import DecisionDocument
from generator.public.documents import plain
from generator.public.honour_document import HonourDocument
from generator.public.json_text import array, compact
from generator.public.list_index import ListIndex
from generator.public.notice_document import NoticeDocument, listed_notice
from generator.public.policy_document import PolicyDocument
from generator.public.status_document import StatusDocument

API = "api/v1/"
"""Folder of the interface, from the root. A shape that breaks readers gets a new folder."""


class RecordFiles(NamedTuple):
    """一件记录的两份字节: its own file, and its line in the list of its kind."""

    file: bytes
    line: bytes


def notice_files(document: NoticeDocument) -> RecordFiles:
    """The bytes of ``/api/v1/notices/<id>.json`` and the notice's line in ``/api/v1/notices.json``."""
    content = plain(document)
    return RecordFiles(compact(content) + b"\n", compact(listed_notice(content)))


def honour_files(document: HonourDocument) -> RecordFiles:
    """The same for an honour, whose line is its whole document."""
    line = compact(plain(document))
    return RecordFiles(line + b"\n", line)


def decision_files(document: DecisionDocument) -> RecordFiles:
    """The same for a decision, whose line is its whole document."""
    line = compact(plain(document))
    return RecordFiles(line + b"\n", line)


def list_json(lines: Iterable[bytes]) -> Iterator[bytes]:
    """A list, or a page of one, from lines made elsewhere, in their order."""
    return array(lines)


def lines_of(listed: bytes) -> list[bytes]:
    """The lines that :func:`list_json` made a list of."""
    return [line.removesuffix(b",") for line in listed.split(b"\n")[1:-2]]


def index_json(index: ListIndex) -> bytes:
    """``/api/v1/notices/index.json``, and ``/api/v1/notices.json`` of a large registry."""
    return compact(plain(index)) + b"\n"


def list_address(kind: str) -> str:
    """Path of the whole list of one kind from the root."""
    return f"{API}{kind}.json"


def index_address(kind: str) -> str:
    """Path of its index from the root."""
    return f"{API}{kind}/index.json"


def list_page_address(kind: str, jurisdiction: str, year: int) -> str:
    """Path of one page of it from the root."""
    return f"{API}{kind}/{jurisdiction}/{year}.json"


def policies_json(documents: Iterable[PolicyDocument]) -> Iterator[bytes]:
    """``/api/v1/policies.json``: one object a provision."""
    return array(compact(plain(document)) for document in documents)


def benefits_json(documents: Iterable[BenefitDocument]) -> Iterator[bytes]:
    """``/api/v1/benefits.json``: one object a benefit."""
    return array(compact(plain(document)) for document in documents)


def status_json(document: StatusDocument) -> bytes:
    """``/api/v1/status.json``."""
    return compact(plain(document)) + b"\n"


def notice_address(notice_id: str) -> str:
    """Path of a notice's file from the root."""
    return f"{API}notices/{notice_id}.json"


def honour_address(honour_id: str) -> str:
    """Path of an honour's file from the root."""
    return f"{API}honours/{honour_id}.json"


def decision_address(decision_id: str) -> str:
    """Path of a decision's file from the root."""
    return f"{API}decisions/{decision_id}.json"
