"""文件清单 (rows of instruments): what a digest says of each text of its place: what kind it is, whose, under which
number, and which version was in force from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.catalogue import wording
from generator.law.instruments import Instrument, Version, VersionAnswer
from generator.pages.policy.policy_instrument import (
    first_day_words,
    instrument_facts,
    until_words,
    version_state,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """一个版本. ``span`` is empty where neither end of it is known; ``official`` is the address of the official text."""

    label: str
    path: str
    state: str
    span: str
    official: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRow:
    """一部文件. ``facts`` are its kind, its issuer and its 文号, as far as they are known."""

    title: str
    path: str
    facts: tuple[str, ...]
    versions: tuple[VersionRow, ...]
    in_database: bool
    """Its official text can be looked up by its title, and has no address here."""


def instrument_rows(
    instruments: tuple[Instrument, ...], chosen: VersionAnswer, on: date
) -> Iterator[InstrumentRow]:
    """The rows of a place on a day, for which ``chosen`` is the library's answer."""
    kinds = wording("policies")["texts"]["full_text"]["kinds"]
    for instrument in instruments:
        versions = tuple(_version(version, instrument, chosen, on) for version in instrument.versions)
        yield InstrumentRow(
            title=instrument.title,
            path=instrument.path,
            facts=tuple(
                fact
                for key in ("kind", "issuer", "document_number")
                if (fact := instrument_facts(instrument)[key])
            ),
            versions=versions,
            in_database=instrument.entry.kind in kinds and not any(row.official for row in versions),
        )


def _version(version: Version, instrument: Instrument, chosen: VersionAnswer, on: date) -> VersionRow:
    w = wording("policies")["texts"]
    since, until = first_day_words(version), until_words(version)
    unknown = since == until == w["unknown_day"]
    return VersionRow(
        label=version.label,
        path=version.path,
        state=w["state"][version_state(version, instrument, chosen, on)],
        span="" if unknown else w["span"].format(since=since, until=until),
        official=version.entry.official_url,
    )
