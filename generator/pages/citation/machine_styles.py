"""机读引用 (styles for programs): BibTeX, RIS and CSL-JSON, for Zotero, LaTeX and the like.

A title is text and nothing else in all three: braces, ``%``, ``&``, backslashes, quotation marks and
line ends in it can neither end its field nor start a command.
"""

from __future__ import annotations

import json
from typing import Any

from generator.catalogue import wording
from generator.pages.citation import access_date as access
from generator.pages.citation.citable import Citable

# BibTeX counts braces even behind a backslash, so a brace is spelt as a command, not escaped.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        '"': r"\textquotedbl{}",
        **{char: f"\\{char}" for char in "%&$#_"},
    }
)
_json = json.JSONEncoder(ensure_ascii=False).encode
_LANGUAGES = {"zh": "chinese", "en": "english"}


def bibtex(item: Citable) -> str:
    """BibTeX (biblatex's ``@online``), with a mark for the line of the date of access.

    Organs and title stand in double braces: an organ is never split into surname and given name, and
    no style changes the letters of the title.
    """
    fields = {
        "author": " and ".join(f"{{{organ.translate(_TEX)}}}" for organ in item.responsible),
        "title": f"{{{item.title.translate(_TEX)}}}",
        "date": item.issued_on or "",
        "year": (item.issued_on or "")[:4],
        "organization": item.site_name.translate(_TEX),
        "number": (item.document_number or "").translate(_TEX),
        "version": item.version.translate(_TEX),
        "note": _note(item).translate(_TEX),
        "langid": _LANGUAGES.get(item.language.split("-")[0], ""),
        "url": item.url,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{item.key},\n{lines}{access.BIBTEX_LINE}}}\n"


def ris(item: Citable) -> str:
    """RIS, one tag a line, with a mark for the line of the date of access.

    ``STAT`` for an instrument, ``ELEC`` for every other page.
    """
    day = item.issued_on or ""
    lines = [
        ("TY", "STAT" if item.kind == "instrument" else "ELEC"),
        ("ID", item.key),
        *(("AU", organ) for organ in item.responsible),
        ("TI", item.title),
        ("PY", day[:4]),
        ("DA", "/".join(([*day.split("-"), "", ""])[:3]) + "/" if day else ""),
        ("PB", item.site_name),
        ("M1", item.document_number or ""),
        ("ET", item.version),
        ("N1", _note(item)),
        ("LA", item.language),
        ("UR", item.url),
    ]
    text = "".join(f"{tag}  - {value}\n" for tag, value in lines if value)
    return f"{text}{access.RIS_LINE}ER  - \n"


def csl_json(item: Citable) -> str:
    """CSL-JSON: a list of one item, with a mark for the member ``accessed``.

    No ``publisher``: with one, the GB/T 7714—2015 style prints the year alone. No ``container-title`` for an
    instrument: there it means a code, printed behind ``//``.
    """
    entry: dict[str, Any] = {
        "id": item.key,
        "type": "legislation" if item.kind == "instrument" else "webpage",
        "title": item.title,
        "author": [{"literal": organ} for organ in item.responsible],
        "container-title": "" if item.kind == "instrument" else item.site_name,
        "number": item.document_number,
        "version": item.version,
        "note": _note(item),
        "language": item.language,
        "URL": item.url,
    }
    if item.issued_on:
        entry["issued"] = {"date-parts": [[int(part) for part in item.issued_on.split("-")]]}
    members = ",\n".join(f'    "{name}": {_json(value)}' for name, value in entry.items() if value)
    return f"[\n  {{\n{members}{access.CSL_MEMBER}\n  }}\n]\n"


def _note(item: Citable) -> str:
    words = wording("citation")["note"]
    parts = [words["version"].format(version=item.version)]
    if item.updated_on and item.published_on:
        parts.append(words["first_published"].format(day=access.chinese_day(item.published_on)))
    if item.status:
        parts.append(item.status)
    return str(words["separator"].join(parts))
