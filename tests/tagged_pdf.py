"""A tagged PDF (PDF/UA-1) by its structure: what a screen reader is told of it.

The rules are those of ISO 14289-1 that bytes can show: a title that is shown, a language, every text in the structure or
marked as decoration, headings in order, words for each picture, tables with headers. veraPDF would check more; no package
brings it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

_BEGINS, _ENDS = (b"BDC", b"BMC"), b"EMC"
_SHOWS = (b"Tj", b"TJ", b"'", b'"', b"Do", b"sh", b"BI")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """What the structure says: its elements in order by their standard names, and the levels of its headings."""

    names: tuple[str, ...]
    headings: tuple[int, ...]


def tagged(path: Path, *, declared: bool = True) -> Tagged:
    """The structure of a PDF, which must be tagged through and through. ``declared``: it says that it is PDF/UA-1."""
    reader = PdfReader(path, strict=True)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"], "not marked as tagged"
    assert str(root["/Lang"]).lower().startswith("zh"), "no language"
    assert reader.metadata is not None and reader.metadata.title, "no title"
    if declared:
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], "the title is not shown"
        metadata = root["/Metadata"].get_data()
        assert b"pdfuaid:part" in metadata and b"dc:title" in metadata
    tree = root["/StructTreeRoot"]
    roles = tree.get("/RoleMap", {})
    elements = [*_elements(tree)]
    names = tuple(str(roles.get(item["/S"], item["/S"])).removeprefix("/") for item in elements)
    for name, item in zip(names, elements, strict=True):
        if name == "Figure":
            assert str(item.get("/Alt", "")).strip(), "a picture without words"
    assert "/ParentTree" in tree
    headings = tuple(int(name[1:]) for name in names if name[0] == "H" and name[1:].isdigit())
    before = 0
    for level in headings:
        assert level <= before + 1, f"a heading of level {level} below one of level {before}"
        before = level
    if "Table" in names:
        assert "TH" in names, "a table without headers"
    for page in reader.pages:
        _assert_nothing_untagged(page, reader)
        if "/Annots" in page:
            assert page["/Tabs"] == "/S", "links are not in the order of the structure"
    return Tagged(names=names, headings=headings)


def _elements(node: Any) -> Iterator[DictionaryObject]:
    """The elements below ``node``, in the order in which they are read."""
    kids = node.get("/K", ())
    for kid in kids if isinstance(kids, ArrayObject) else (kids,):
        item = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(item, DictionaryObject) and "/S" in item:
            yield item
            yield from _elements(item)


def _assert_nothing_untagged(page: Any, reader: PdfReader) -> None:
    """Whatever is drawn is in the structure, or marked as decoration."""
    depth = 0
    for _, operator in page.get_contents().operations:
        if operator in _BEGINS:
            depth += 1
        elif operator == _ENDS:
            depth -= 1
        elif operator in _SHOWS:
            assert depth > 0, f"{operator!r} draws something that no tag holds"
