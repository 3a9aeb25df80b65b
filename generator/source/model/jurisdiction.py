"""辖区 (jurisdiction): ``site_config/jurisdictions/<slug>.yml``."""

from __future__ import annotations

from typing import Annotated, Literal

from generator.source.model.scalars import Entry, PlaceSlug, Slug, Text, Truth, Whole
from generator.source.model.worded import Worded


class NotHeld(Entry):
    """本站没有收录的文件: it concerns 见义勇为 here and no text at hand names it.

    ``named_as``: what texts at hand call that of which it sets the time (行政诉讼); their pages say where that stands."""

    title: Text
    document_number: Text | None = None
    named_as: Text | None = None


class Jurisdiction(Entry):
    """辖区：国家、省、直辖市、市或县。

    ``slug`` is the permanent part of addresses and ids (``wuhan``) and equals the file's name. Where another
    place reads alike, the later one has its province's letters or its 行政区划代码 behind (``suzhou-ah``,
    ``suzhou-341300``); the earlier one keeps what it has, for what is published never moves.
    ``parent`` is the jurisdiction above, whose instruments are consulted where the own ones are silent: a
    county's city, a city's province, a province's or municipality's nation.
    """

    slug: PlaceSlug
    name: Text
    """Short name: 武汉."""
    full_name: Text
    """Full name: 武汉市."""
    level: Annotated[
        Literal["nation", "province", "municipality", "city", "county"], Worded("jurisdiction_level")
    ]
    parent: Slug | None = None
    applies_province: Truth = False
    """The place has no text of its own and applies the one above it (直接适用省级规定): its cases are judged
    by that one, its pages name it as their ground."""
    order: Whole
    """Place in lists of cities; small first."""
    keeps_register: Truth = True
    """Whether cases are kept here; a province may be listed for its instruments alone."""
    not_held: tuple[NotHeld, ...] = ()
    """Texts of the place that the library ought to hold and does not: pages say so."""
    districts: tuple[Text, ...] = ()
    """区县 within a city, by their full names: whoever searches for 江岸区 is led to Wuhan."""
