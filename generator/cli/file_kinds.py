"""文件种类 (kinds of file): every kind of YAML file that people write, with its type."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from generator.cases.case import Case
from generator.cases.decision import Decision
from generator.source.model.authority import Authority
from generator.source.model.english import English
from generator.source.model.holiday_year import HolidayYear
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.site_settings import Site

KINDS: Mapping[str, type[BaseModel]] = {
    "authority": Authority,
    "case": Case,
    "decision": Decision,
    "holidays": HolidayYear,
    "instrument": InstrumentEntry,
    "english": English,
    "jurisdiction": Jurisdiction,
    "site": Site,
}
"""Name of the schema file in ``site_config/schema/``, and the type it describes."""

FIELD_GUIDE = "fields.md"
"""The handbook's page on every key, made from the same types."""
