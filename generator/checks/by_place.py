"""一地一次 (once a place): what is wrong with a place is told of the place, and not of each of its cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.source.model.jurisdiction import Jurisdiction

_OF_PLACES = frozenset({"LAW013"})
"""No text at hand to judge by: the cases can do nothing about it."""
_EXAMPLES = 3
"""Cases that a message points to."""


def once_a_place(
    found: Iterable[Diagnostic], jurisdictions: Mapping[str, Jurisdiction]
) -> Iterator[Diagnostic]:
    """``found`` with those that concern a place told once for each reason, at the place's own file.

    How many cases there are is not said: some of them may be confidential.
    """
    gathered: dict[tuple[str, str, str], list[Place]] = {}
    for item in found:
        parts = item.place.path.split("/")
        place = jurisdictions.get(parts[2]) if parts[:2] == ["registry", "cases"] else None
        if item.code not in _OF_PLACES or place is None:
            yield item
        else:
            key = (item.code, place.slug, item.terms.get("reason", ""))
            gathered.setdefault(key, []).append(item.place)
    for (code, slug, reason), places in gathered.items():
        yield diagnose(
            code,
            Place(path=f"site_config/jurisdictions/{slug}.yml"),
            terms={"place": jurisdictions[slug].name, "reason": reason},
            related=sorted(places, key=lambda place: place.path)[:_EXAMPLES],
        )
