"""构建中的审核 (audit step): what the audit is told about a site, and what stops the swap."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.audit import Answer, AuditReport, Secret, Secrets, audit_site, parse_answer
from generator.diagnostics import Diagnostic, has_errors, sort_key
from generator.forms.folding import fold
from generator.forms.secret_forms import pieces
from generator.pipeline.prepare import Prepared, all_notices
from generator.pipeline.scan import spooled_honours
from generator.system.cache import Cache, digest

_CLEAN = "audited"
"""In the cache: what was searched for, and the files without any of it."""
_RECORD_FILE = re.compile(r"(?:api/v1/)?(?:notices|honours)/([a-z]+-[0-9]{4}-h?[0-9]+)(?:/|\.json$)")


class AuditFailedError(Exception):
    """审核未通过: the site is not put in place. ``diagnostics`` never show what was found."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(diagnostics)} findings")
        self.diagnostics = diagnostics


def audit_built(prepared: Prepared, site: Path) -> tuple[Diagnostic, ...]:
    """Audit every byte of ``site``; the warnings, or :class:`AuditFailedError` when there is an error."""
    found = diagnostics_of(audit_report(prepared, site))
    if has_errors(found):
        raise AuditFailedError(found)
    return found


def audit_report(prepared: Prepared, site: Path) -> AuditReport:
    """Audit ``site``, built now or at another time, against what ``prepared`` withholds."""
    secrets = secrets_of(prepared, site)
    basis = b"" if prepared.cache is None else digest(prepared.cache.basis, secrets.searched_for())
    moment = (prepared.context.as_of_words, prepared.context.as_of_instant)
    clean = _known_clean(prepared.cache, basis)
    report = audit_site(site, secrets, jobs=prepared.jobs, clean=clean, moment=moment)
    if prepared.cache is not None:
        prepared.cache.save(_CLEAN, (basis, report.clean))
    if any(finding.what == "narrative" for finding in report.findings):
        # Seldom, so only now: sentences that public records have of their own are no leak of another's.
        fewer = without_own_words(secrets, prepared)
        report = audit_site(site, fewer, jobs=prepared.jobs, clean=report.clean, moment=moment)
    return report


def _known_clean(cache: Cache | None, basis: bytes) -> Mapping[str, bytes]:
    """Files that the last build found to hold nothing, where it searched for the same."""
    saved = None if cache is None else cache.load(_CLEAN, tuple[bytes, dict[str, bytes]])
    return saved[1] if saved is not None and saved[0] == basis else {}


def diagnostics_of(report: AuditReport) -> tuple[Diagnostic, ...]:
    """Diagnostics of a report, for the staff's own terminal."""
    return tuple(sorted((item.diagnostic(for_terminal=True) for item in report.findings), key=sort_key))


def secrets_of(prepared: Prepared, site: Path) -> Secrets:
    """What must not stand in ``site``, and where a namesake may."""
    strings = tuple(
        Secret(text=word.text, label=record.path, kind=word.kind)
        for record in prepared.guarded
        for word in record.words
    )
    withheld = {secret.text for secret in strings}
    collisions = {name: pages for name, pages in prepared.published.items() if name in withheld}
    of_record, over_records = _files_by_record(site) if collisions else ({}, frozenset())
    return Secrets(
        strings=strings,
        published=frozenset(prepared.published),
        published_at={name: frozenset(_files_of(pages, of_record)) for name, pages in collisions.items()},
        over_records=over_records,
        common=frozenset(_common_words(prepared)),
        allowed_identifiers=prepared.office_identifiers,
        answers=tuple(_answers(prepared)),
    )


def without_own_words(secrets: Secrets, prepared: Prepared) -> Secrets:
    """The secrets without the sentences that public records say word for word themselves.

    经走访目击者核实 stands in many records; one of them may be confidential. Only narratives are treated
    so, sentence by sentence; a name, a number or an address is never anybody else's own words.
    """
    own = {fold(piece) for text in _told(prepared) for piece in pieces(text, "narrative")}
    kept: list[Secret] = []
    for secret in secrets.strings:
        parts = pieces(secret.text, secret.kind) if secret.kind == "narrative" else ()
        if any(fold(part) in own for part in parts):
            kept += [replace(secret, text=part) for part in parts if fold(part) not in own]
        else:
            kept.append(secret)
    return replace(secrets, strings=tuple(kept))


def _told(prepared: Prepared) -> Iterator[str]:
    """What public records tell of acts."""
    acts = [notice.act for notice in all_notices(prepared)]
    acts += [honour.act for honour in spooled_honours(prepared.spool)]
    for act in acts:
        if act is None:
            continue
        yield from (act.summary, *act.narrative, *act.verification)
        if act.place is not None:
            yield act.place


def _files_of(pages: frozenset[str], of_record: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Files of the records whose pages rightly show a name."""
    for page in pages:
        yield from of_record.get(page.rstrip("/").rpartition("/")[2], ())


def _files_by_record(site: Path) -> tuple[dict[str, list[str]], frozenset[str]]:
    """Every file of ``site``: those of one record, by its id, and those over many records."""
    of_record: dict[str, list[str]] = {}
    over_records: list[str] = []
    for folder, _, names in os.walk(site):
        below = os.path.relpath(folder, site).replace(os.sep, "/")
        for name in names:
            path = name if below == "." else f"{below}/{name}"
            record = _RECORD_FILE.match(path)
            (over_records if record is None else of_record.setdefault(record[1], [])).append(path)
    return of_record, frozenset(over_records)


def _common_words(prepared: Prepared) -> Iterator[str]:
    context = prepared.context
    for item in context.jurisdictions.values():
        yield from (item.slug, item.name, item.full_name)
    for instrument in context.library.instruments:
        yield from (instrument.slug, *instrument.slug.split("-"))
    for authority in context.authorities.values():
        yield authority.name
        if authority.district is not None:
            yield authority.district
    yield from prepared.public_words


def _answers(prepared: Prepared) -> Iterator[Answer]:
    for record in prepared.guarded:
        yield from (parse_answer(written, record.path) for written in record.answers)
