"""引用对象 (citable): the facts from which every style of citation is made, and the results."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

Kind = Literal["notice", "honour", "decision", "roll", "digest", "instrument"]

_PARTIAL_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
# Controls and line ends could start a new RIS tag; the private use area is where access.py keeps its marks.
_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """可引用的页面: one page as a bibliographer sees it. Public values only.

    ``title``            as the page prints it, amendment label included (``…条例（2025修正）``).
    ``responsible``      主要责任者: organs in the order of their signatures. One organ with two names is one
                         entry that holds both. Empty when nobody is known.
    ``site_name``        name of the site that carries the page.
    ``published_on``     ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None when unknown.
    ``updated_on``       the same, when the page has changed since; None otherwise.
    ``stands_on``        ``YYYY-MM-DD``, or a day left open: for which a list was put together, which has no day of
                         its own; None otherwise.
    ``url``              permanent absolute address.
    ``version``          short hash of the content.
    ``document_number``  文号.
    ``status``           what a reader must be told beside the title (已撤销 …); None for a page in good standing.

    Text is flattened to one line without control characters. Raises ``ValueError`` for a day of
    another form or an address that is not absolute.
    """

    kind: Kind
    title: str
    responsible: tuple[str, ...]
    site_name: str
    published_on: str | None
    url: str
    version: str
    updated_on: str | None = None
    stands_on: str | None = None
    document_number: str | None = None
    status: str | None = None
    language: str = "zh-CN"

    def __post_init__(self) -> None:
        for day in (self.published_on, self.updated_on):
            if day is not None and not _PARTIAL_DAY.fullmatch(day):
                raise ValueError(f"a day is YYYY, YYYY-MM or YYYY-MM-DD, not {day!r}")
        if not urlsplit(self.url).netloc:
            raise ValueError(f"a citation needs an absolute address, not {self.url!r}")
        for name in ("title", "site_name", "version", "document_number", "status", "language"):
            text = getattr(self, name)
            if text is not None:
                object.__setattr__(self, name, _one_line(text))
        object.__setattr__(self, "responsible", tuple(_one_line(organ) for organ in self.responsible))
        # Characters that could end a braced or quoted field are percent-encoded; encoded ones stay as they are.
        object.__setattr__(self, "url", quote(self.url, safe="%/:?#[]@!$&'()*+,;=~-._"))

    @property
    def issued_on(self) -> str | None:
        """著录日期: day of the version cited. GB/T 7714 asks for the day of the update where there is one."""
        return self.updated_on or self.published_on

    @property
    def cited_on(self) -> str | None:
        """The day that readers are told in brackets: of a list, which nobody issues, that of its data."""
        return self.issued_on or self.stands_on

    @property
    def key(self) -> str:
        """引用键: made of the permanent address, so it never changes: ``honours-wuhan-2026-h0003``."""
        return re.sub(r"[^a-z0-9]+", "-", urlsplit(self.url).path.lower()).strip("-") or "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """引用格式: one page in every style. ``newspaper`` is one line of prose; the last three are files."""

    gbt7714_2025: str
    gbt7714_2015: str
    apa: str
    newspaper: str
    bibtex: str
    ris: str
    csl_json: str


def _one_line(text: str) -> str:
    return " ".join(_REFUSED.sub(" ", text).split())
