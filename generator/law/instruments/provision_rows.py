"""政策数据行 (rows): the objects of ``/api/v1/policies.json``, ready for JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from generator.law.instruments.library import PolicyLibrary, topic_status
from generator.law.instruments.provisions import AnswerStatus, Start, Version
from generator.source.model.law_words import Status, Topic


class PolicyRow(TypedDict):
    """一行：一项规定, or a topic on which a version is silent (then ``article`` is null).

    ``in_force_from`` is the day lookups count from and ``in_force_from_basis`` where it comes from
    (the codes of :class:`Start`); ``in_force_until`` is
    inclusive, with basis ``stated``, ``next_version``, ``open`` or ``unknown``. ``url`` is relative
    to the site's root. ``superior_not_at_hand`` has titles only where ``status`` is ``not_regulated``: the
    text is silent, and so may not be the instruments above it that are not at hand. ``inferred`` has
    what was concluded of the version or the provision, key → reason; ``benefit`` whom a benefit is for
    and what it asks, by the words of :class:`generator.source.model.instrument.Benefit`.
    """

    jurisdiction: str
    jurisdiction_name: str
    instrument: str
    instrument_title: str
    version: str
    version_label: str
    article: str | None
    topic: str
    summary: str
    value: dict[str, object]
    status: str
    in_force_from: str | None
    in_force_from_basis: str
    in_force_until: str | None
    in_force_until_basis: str
    last_verified_on: str
    url: str
    superior_not_at_hand: list[str]
    modality: str | None
    delegated_to: list[str]
    silent_on: list[str]
    benefit: dict[str, object] | None
    inferred: dict[str, str]
    official_url: str | None


def public_rows(library: PolicyLibrary, names: Mapping[str, str]) -> tuple[PolicyRow, ...]:
    """政策数据行 of the whole library, by jurisdiction, instrument, version and place in the text.

    ``names`` gives each jurisdiction's short name; one missing there shows its slug.
    """
    return tuple(
        row
        for instrument in library.instruments
        for version in instrument.versions
        for row in _rows_of(version, names.get(version.jurisdiction, version.jurisdiction))
    )


def _rows_of(version: Version, name: str) -> Iterator[PolicyRow]:
    for provision in version.provisions:
        row = _row(version, name, provision.topic)
        row["article"] = provision.article
        row["summary"] = provision.summary
        row["value"] = provision.value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        row["status"] = provision.status.value
        row["last_verified_on"] = provision.last_verified_on.isoformat()
        row["url"] = provision.path
        row["modality"] = provision.modality.value if provision.modality is not None else None
        row["delegated_to"] = list(provision.delegated_to)
        row["silent_on"] = list(provision.silent_on)
        if provision.benefit is not None:
            row["benefit"] = provision.benefit.model_dump(mode="json", exclude_defaults=True)
        row["inferred"] |= dict(provision.inferred)
        if provision.status is Status.NOT_REGULATED:
            row["superior_not_at_hand"] = list(version.superior_not_at_hand)
        yield row
    for topic in Topic:
        if topic in version.by_topic:
            continue
        status, notes = topic_status(version, ())
        if status is AnswerStatus.NOT_ENTERED:
            continue
        row = _row(version, name, topic)
        row["summary"] = "".join(note.words for note in notes)
        row["status"] = status.value
        if status is AnswerStatus.NOT_REGULATED:
            row["superior_not_at_hand"] = list(version.superior_not_at_hand)
        yield row


def _row(version: Version, name: str, topic: Topic) -> PolicyRow:
    return PolicyRow(
        jurisdiction=version.jurisdiction,
        jurisdiction_name=name,
        instrument=version.instrument,
        instrument_title=version.instrument_title,
        version=version.slug,
        version_label=version.label,
        article=None,
        topic=topic.value,
        summary="",
        value={},
        status="",
        in_force_from=version.starts_on.isoformat() if version.starts_on is not None else None,
        in_force_from_basis=version.start.value if version.starts_on is not None else Start.UNKNOWN.value,
        in_force_until=version.ends_on.isoformat() if version.ends_on is not None else None,
        in_force_until_basis=_end_basis(version),
        last_verified_on=version.entry.last_verified_on.isoformat(),
        url=version.path,
        superior_not_at_hand=[],
        modality=None,
        delegated_to=[],
        silent_on=[],
        benefit=None,
        inferred=dict(version.entry.inferred),
        official_url=version.entry.official_url,
    )


def _end_basis(version: Version) -> str:
    stated = version.entry.in_force_until
    if not isinstance(stated, str):
        return "stated"
    return "next_version" if version.ends_on is not None else stated
