"""适用的文本 (governing texts): the versions of instruments that a case's own references are taken from."""

from __future__ import annotations

from collections.abc import Iterable

from generator.law.instruments import PolicyLibrary, Version
from generator.public.public_case import ProvisionRef


def governing_versions(
    refs: Iterable[ProvisionRef], place: str, library: PolicyLibrary
) -> tuple[Version, ...]:
    """Those of ``place`` and of the places above it, nearest first."""
    paths = {ref.path for ref in refs}
    return tuple(
        version
        for source in library.chain(place)
        for version in library.versions(source)
        if any(item.path in paths for item in version.provisions)
    )
