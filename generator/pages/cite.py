"""引用块 (cite block): ready citations with a button each, and the metadata that reference managers read.

What people paste stands open: the newspaper's line, GB/T 7714 of both editions, APA. What programs read (BibTeX,
RIS, CSL-JSON) stands in a closed ``<details>``. A date of access is filled in by ``assets/cite.js``; without
script the reader is told to fill it in.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from generator.catalogue import wording
from generator.citation import Citable, Segment, coins_title, dublin_core_meta, highwire_meta, segments
from generator.pages.environment import render

FOR_PEOPLE = ("newspaper", "gbt7714_2025", "gbt7714_2015", "apa")
FOR_PROGRAMS = ("bibtex", "ris", "csl_json")


def cite_block(item: Citable) -> str:
    """引用块 of one page, an HTML fragment without heading. Its ids begin with ``cite-``: one a page."""
    made = segments(item)
    labels = wording("citation")["labels"]
    return render(
        "cite.html",
        {
            "words": wording("citation")["interface"],
            "w": wording("honours")["cite"],
            "version": item.version,
            "people": [(key.replace("_", "-"), labels[key], _text(made[key])) for key in FOR_PEOPLE],
            "programs": [(key.replace("_", "-"), labels[key], _text(made[key])) for key in FOR_PROGRAMS],
            "coins": coins_title(item),
        },
    )


def cite_head(item: Citable) -> Markup:
    """Highwire and Dublin Core tags for the page's head."""
    return Markup("\n").join(
        Markup('<meta name="{}" content="{}">').format(name, value)
        for name, value in (*highwire_meta(item), *dublin_core_meta(item))
    )


def cite_script(root: str) -> Markup:
    """The script that fills in the date of access; for the head of every page with a cite block."""
    return Markup('<script src="{}assets/cite.js" defer></script>').format(root)


def _text(parts: tuple[Segment, ...]) -> Markup:
    return Markup("").join(_marked(parts))


def _marked(parts: tuple[Segment, ...]) -> Iterator[Markup]:
    for part in parts:
        if part.pattern is None:
            yield escape(part.text)
        else:
            # A line end inside an attribute is written as a reference: some parsers turn it into a space.
            pattern = escape(part.pattern).replace("\n", Markup("&#10;"))
            yield Markup('<span data-accessed="{}">{}</span>').format(pattern, part.text)
