"""文件种类 (kinds of file): every kind of YAML file that people write, with its type."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from generator.model.authority import Authority
from generator.model.holidays import HolidayYear
from generator.model.instrument import InstrumentEntry
from generator.model.jurisdiction import Jurisdiction
from generator.model.site import Site
from generator.records.case import Case

KINDS: Mapping[str, type[BaseModel]] = {
    "authority": Authority,
    "case": Case,
    "holidays": HolidayYear,
    "instrument": InstrumentEntry,
    "jurisdiction": Jurisdiction,
    "site": Site,
}
"""Name of the schema file in ``site_config/schema/``, and the type it describes."""
