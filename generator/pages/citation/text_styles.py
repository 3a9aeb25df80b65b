"""文字引用 (styles for people): GB/T 7714 of both editions, APA and a newspaper's line.

GB/T 7714 for a web page, numeric system, without the reader's own number::

    2015: 责任者, 责任者. 题名: 文号[EB/OL]. (2021-04-21)[2023-05-02]. URL.
    2025: 责任者，责任者. 题名：文号[EB/OL]. （2021-04-21）[2023-05-02]. URL.

More than three organs: the first three and 等. No organ or no day: the part is left out. The full stop
and the square brackets stay half-width in the 2025 edition, as in its own examples.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalogue import wording
from generator.pages.citation import access_date as access
from generator.pages.citation.citable import Citable

_APA_MOST_AUTHORS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    name: str
    comma: str
    colon: str
    opening: str
    closing: str


_2015 = _Edition(name="gbt7714_2015", comma=", ", colon=": ", opening="(", closing=")")
_2025 = _Edition(name="gbt7714_2025", comma="，", colon="：", opening="（", closing="）")


def gbt7714_2015(item: Citable) -> str:
    """GB/T 7714—2015 顺序编码制, with a mark for the date of access."""
    return _gbt7714(item, _2015)


def gbt7714_2025(item: Citable) -> str:
    """GB/T 7714—2025 顺序编码制, with a mark for the date of access."""
    return _gbt7714(item, _2025)


def _gbt7714(item: Citable, edition: _Edition) -> str:
    words = wording("citation")
    organs = list(item.responsible[:3])
    if len(item.responsible) > 3:
        organs.append(words["and_others"])
    title = item.title + (f"{edition.colon}{item.document_number}" if item.document_number else "")
    day = f"{edition.opening}{item.cited_on}{edition.closing}" if item.cited_on else ""
    parts = [
        edition.comma.join(organs),
        f"{title}[{words['markers'][edition.name][item.kind]}]",
        f"{day}[{access.ISO}]",
        item.url,
    ]
    return ". ".join(part for part in parts if part) + "."


def apa(item: Citable) -> str:
    """APA 7, as a web page; an instrument in APA's form for statutes. With a mark where one is wanted.

    APA asks for the date of access only of pages meant to change (rolls, digests) or without a date.
    """
    day = access.english_day(item.cited_on) if item.cited_on else "n.d."
    if item.kind == "instrument":
        return f"{item.title} ({day.split(',')[0]}). {item.url}"
    title = item.title + (f" ({item.document_number})" if item.document_number else "")
    wants_access = item.kind in ("roll", "digest") or not item.cited_on
    address = f"Retrieved {access.ENGLISH}, from {item.url}" if wants_access else item.url
    site = "" if item.site_name in item.responsible else item.site_name
    head = [_apa_authors(item.responsible), f"({day})", title] if item.responsible else [title, f"({day})"]
    return " ".join([*(_ended(part) for part in head), *([_ended(site)] if site else []), address])


def _apa_authors(organs: tuple[str, ...]) -> str:
    if len(organs) == 1:
        return organs[0]
    if len(organs) > _APA_MOST_AUTHORS:
        return ", ".join(organs[: _APA_MOST_AUTHORS - 1]) + f", … {organs[-1]}"
    return ", ".join(organs[:-1]) + f", & {organs[-1]}"


def _ended(part: str) -> str:
    return part if part.endswith((".", "?", "!", "。", "？", "！")) else part + "."


def newspaper(item: Citable) -> str:
    """报刊引语: title in quotation marks and, in brackets, everything a reader needs to check it."""
    words = wording("citation")["newspaper"]
    # GB/T 15834: double quotation marks outside, single ones inside.
    title = item.title.replace("“", "‘").replace("”", "’")
    organs = words["organs_separator"].join(organ for organ in item.responsible if organ != item.site_name)
    source = words["source"] if organs else words["source_site"]
    particulars = [source.format(organs=organs, site=item.site_name)]
    if item.document_number:
        particulars.append(words["number"].format(number=item.document_number))
    if item.published_on:
        particulars.append(words["published"].format(day=access.chinese_day(item.published_on)))
    if item.updated_on:
        particulars.append(words["updated"].format(day=access.chinese_day(item.updated_on)))
    if item.stands_on:
        particulars.append(words["stands"].format(day=access.chinese_day(item.stands_on)))
    if item.status:
        particulars.append(item.status)
    particulars += [
        words["version"].format(version=item.version),
        words["address"].format(url=item.url),
        words["accessed"].format(day=access.CHINESE),
    ]
    return str(words["line"].format(title=title, particulars=words["separator"].join(particulars)))
