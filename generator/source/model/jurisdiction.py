"""辖区 (jurisdiction): ``site_config/jurisdictions/<slug>.yml``."""

from __future__ import annotations

from typing import Literal

from generator.source.model.scalars import Entry, Slug, Text, Truth, Whole


class Jurisdiction(Entry):
    """辖区：一个省或一个市。

    ``slug`` is the permanent part of addresses and ids (``wuhan``) and equals the file's name.
    ``parent`` is the province whose instrument is consulted where the city's own is silent.
    """

    slug: Slug
    name: Text
    """Short name: 武汉."""
    full_name: Text
    """Full name: 武汉市."""
    level: Literal["province", "city"]
    parent: Slug | None = None
    order: Whole
    """Place in lists of cities; small first."""
    keeps_register: Truth = True
    """Whether cases are kept here; a province may be listed for its instruments alone."""
