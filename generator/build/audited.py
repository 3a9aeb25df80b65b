"""构建中的审核 (audit step): what the audit is told about a site, and what stops the swap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.audit import Answer, AuditReport, Secret, Secrets, audit_site, parse_answer
from generator.build.prepare import Prepared
from generator.diagnostics import Diagnostic, has_errors, sort_key

_RECORD_FILE = re.compile(r"(?:api/v1/)?(?:notices|honours)/([a-z]+-[0-9]{4}-h?[0-9]+)(?:/|\.json$)")


class AuditFailedError(Exception):
    """审核未通过: the site is not put in place. ``diagnostics`` never show what was found."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(diagnostics)} findings")
        self.diagnostics = diagnostics


def audit_built(prepared: Prepared, site: Path) -> tuple[Diagnostic, ...]:
    """Audit every byte of ``site``; the warnings, or :class:`AuditFailedError` when there is an error."""
    report = audit_site(site, secrets_of(prepared, site), jobs=prepared.jobs)
    found = diagnostics_of(report)
    if has_errors(found):
        raise AuditFailedError(found)
    return found


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
    return Secrets(
        strings=strings,
        published=frozenset(prepared.published),
        published_at={name: frozenset(_files_of(pages, site)) for name, pages in collisions.items()},
        common=frozenset(_common_words(prepared)),
        allowed_identifiers=prepared.office_identifiers,
        answers=tuple(_answers(prepared)),
    )


def _files_of(pages: frozenset[str], site: Path) -> Iterator[str]:
    """Files in which a published name may stand: its own records', and those over many records."""
    own = {page.rstrip("/").rpartition("/")[2] for page in pages}
    for path in site.rglob("*"):
        if path.is_file():
            name = path.relative_to(site).as_posix()
            record = _RECORD_FILE.match(name)
            if record is None or record[1] in own:
                yield name


def _common_words(prepared: Prepared) -> Iterator[str]:
    context = prepared.context
    for item in context.jurisdictions.values():
        yield from (item.name, item.full_name)
    for authority in context.authorities.values():
        yield authority.name
        if authority.district is not None:
            yield authority.district
    yield from prepared.public_words


def _answers(prepared: Prepared) -> Iterator[Answer]:
    for record in prepared.guarded:
        yield from (parse_answer(written, record.path) for written in record.answers)
