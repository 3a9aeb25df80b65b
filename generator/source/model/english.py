"""英文译文 (English): ``content/english/<jurisdiction>.yml``, what the digests of a place say in English."""

from __future__ import annotations

from generator.source.model.scalars import Entry, PlaceSlug, Text


class Rendering(Entry):
    """一句译文. It belongs to the Chinese words themselves: where they change, it holds no more and the page shows
    the Chinese until somebody renders it anew."""

    zh: Text
    en: Text


class English(Entry):
    """一地法规摘要的英文译文."""

    slug: PlaceSlug
    """Place whose texts of law, and whose name, are rendered; it is the file's name."""
    words: tuple[Rendering, ...]
