"""引用块 (cite block): ready citations to copy, and the metadata that reference managers read.

Citations that people paste stand open: the newspaper's line, GB/T 7714 of both editions, APA. Those that programs read
(BibTeX, RIS, CSL-JSON) stand in a closed ``<details>``. ``assets/cite.js`` fills in the date of access and adds a button
to each; without script the reader is told to fill it in. Where the block is folded away and not printed, the theme
loads it when it opens.
"""

from __future__ import annotations

from functools import cache
from html import escape

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.citation import Citable, Segment, coins_title, dublin_core_meta, highwire_meta, segments
from generator.pages.page_head import page_script
from generator.pages.templating import render

FOR_PEOPLE = ("newspaper", "gbt7714_2025", "gbt7714_2015", "apa")
FOR_PROGRAMS = ("bibtex", "ris", "csl_json")


def cite_block(item: Citable, *, coins: bool = True) -> str:
    """引用块 of one page, an HTML fragment without heading. Its ids begin with ``cite-``: one a page.

    ``coins``: whether the same stands there as COinS too, for readers that know no tags in the head; it
    costs 0.8 KB.
    """
    made = segments(item)
    words = wording("citation")["interface"]
    return render(
        "cite.html",
        {
            "w": wording("honours")["cite"],
            "copy": words["copy"],
            "accessed_today": words["accessed_today"],
            "accessed_blank": words["accessed_blank"],
            "version": item.version,
            "people": [(*_named(style), _text(made[style])) for style in FOR_PEOPLE],
            "programs": [(*_named(style), _text(made[style])) for style in FOR_PROGRAMS],
            "coins": coins_title(item) if coins else "",
        },
    )


@cache
def _named(style: str) -> tuple[Markup, str]:
    """Key of the ids and label of one style."""
    return Markup(style.replace("_", "-")), str(wording("citation")["labels"][style])


def cite_head(item: Citable) -> Markup:
    """Highwire and Dublin Core tags for the page's head."""
    return Markup(
        "\n".join(
            f'<meta name="{name}" content="{escape(value)}">'
            for name, value in (*highwire_meta(item), *dublin_core_meta(item))
        )
    )


def cite_script(root: str) -> Markup:
    """The script that fills in the date of access; for the head of every page whose cite block is open or printed."""
    return page_script(root, "cite")


def _text(parts: tuple[Segment, ...]) -> Markup:
    # Put together from plain strings, each escaped here: Markup's own methods took most of a page's time.
    return Markup("".join([_marked(part) for part in parts]))


def _marked(part: Segment) -> str:
    if part.pattern is None:
        return escape(part.text, quote=False)
    return f'<span data-accessed="{_attribute(part.pattern)}">{escape(part.text, quote=False)}</span>'


@cache
def _attribute(pattern: str) -> str:
    # A line end inside an attribute is written as a reference: some parsers turn it into a space.
    return escape(pattern).replace("\n", "&#10;")
