"""政策库测试的共用数据: the instruments of ``content/policies`` and libraries made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.law.instruments import LibrarySettings, PolicyLibrary, build_library
from generator.source.model.instrument import InstrumentEntry

CONTENT = Path(__file__).parents[3] / "content" / "policies"
PLACES = Path(__file__).parents[3] / "site_config" / "jurisdictions"
PARENTS = {
    place["slug"]: place["parent"]
    for place in (
        yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in sorted(PLACES.glob("*.yml"))
    )
    if "parent" in place
}


def load_entries() -> tuple[InstrumentEntry, ...]:
    """Every instrument, each scalar read as text."""
    return tuple(
        InstrumentEntry.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader))
        for path in sorted(CONTENT.glob("*/*.yml"))
    )


@pytest.fixture(scope="session")
def entries() -> tuple[InstrumentEntry, ...]:
    return load_entries()


@pytest.fixture(scope="session")
def library(entries: tuple[InstrumentEntry, ...]) -> PolicyLibrary:
    """With undated amendments counted from their approval."""
    return build_library(
        entries, parents=PARENTS, settings=LibrarySettings(undated_amendments_count_from="approval")
    )


@pytest.fixture(scope="session")
def cautious(entries: tuple[InstrumentEntry, ...]) -> PolicyLibrary:
    """With the start of undated amendments left unknown."""
    return build_library(entries, parents=PARENTS, settings=LibrarySettings())
