"""构建中的审核 (audit step): what the audit is told about a site, and what stops the swap."""

from __future__ import annotations

import itertools
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick

from generator.audit import (
    BLOT,
    Answer,
    AuditReport,
    Finding,
    FormerFiles,
    KeptVariants,
    Searched,
    SearchedVariants,
    Secret,
    Secrets,
    SecretStrings,
    audit_site,
    parse_answer,
    variants_of,
)
from generator.audit.allusions_in_site import blocks_of, of_hidden_name
from generator.audit.leaks import Words
from generator.audit.own_words import FORMAT_DAYS, fixed_wording
from generator.audit.text_pieces import pieces
from generator.diagnostics import Diagnostic, has_errors, sort_key
from generator.pages.open_notices import PLACE as OPEN_NOTICES
from generator.pipeline.named_days import DAY, days_named, iso_day
from generator.pipeline.prepare import Prepared, PublicRecord, public_records
from generator.pipeline.site_tree import SiteTree, Unit, Units
from generator.project.layers import law_file, page_files
from generator.public.public_case import PublicNotice
from generator.public.public_decision import PublicDecision
from generator.spellings.folding import fold
from generator.system.hashing import digest
from generator.system.packing import pack
from generator.system.store import Entry

_RECORD_FILE = re.compile(
    r"(?:api/v1/)?(?:notices|honours|decisions)/((?:[a-z]+-)+(?:[0-9]{6}-)?[0-9]{4}-[hd]?[0-9]+)(?:/|\.json$)"
)

VARIANTS = "variants"
"""Kind and name of the one entry in the store: the variants of all words that an audit searched for."""
_LAST_DAY = date.max.toordinal()
_TOGETHER = 50
"""Records that are looked through together."""
_ASSETS = "assets/"
"""The theme's: they list no records."""
_DAY_IN_BYTES = re.compile("([0-9]{4})(?:-|年)([0-9]{1,2})(?:-|月)([0-9]{1,2})".encode())


class AuditFailedError(Exception):
    """审核未通过: the site is not put in place. ``diagnostics`` never show what was found."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(diagnostics)} findings")
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """审核过的站点: warnings, the units with what was found clean, and what was searched for."""

    warnings: tuple[Diagnostic, ...]
    units: dict[str, Unit]
    searched: Searched


def audit_built(
    prepared: Prepared,
    site: Path,
    units: Units = MappingProxyType({}),
    before: Searched | None = None,
    former: FormerFiles | None = None,
) -> Audited:
    """Audit ``site``, and read of ``units`` only those that are not known to be clean; :class:`AuditFailedError` when
    there is an error. ``before`` is what was searched for when some were found clean, and so were those of ``former``."""
    paths = sorted(path for unit in units.values() for path in unit.files)
    rests_on = _rests_on(prepared, paths)
    if before is not None and before.rests_on == rests_on and _is_known(site, units):
        return Audited(warnings=(), units=dict(units), searched=before)
    secrets = secrets_of(prepared, site, paths or None)
    searched = secrets.searched_for(before, {item.path: item.mark for item in prepared.withheld.guarded})
    added = None if before is None else secrets.added_since(before, searched)
    clean: dict[str, bytes] = {}
    if added is not None:
        clean = {
            path: unit.cleared for unit in units.values() if unit.cleared is not None for path in unit.files
        }
    kept = _kept_variants(prepared) if clean and prepared.workspace.cache is not None else None
    variants = variants_of(secrets, None if kept is None else kept.for_audit(searched))
    report = _report(
        prepared,
        site,
        secrets,
        clean=clean,
        added=added or (),
        before=before,
        searched=searched,
        variants=variants,
        former=None if added is None else former,
    )
    found = diagnostics_of(report)
    if has_errors(found):
        raise AuditFailedError(found)
    if variants.kept is None and prepared.workspace.cache is not None and prepared.workspace.store.lasting:
        _keep_variants(prepared, KeptVariants.of(variants.made, secrets, searched))
    return Audited(
        warnings=found,
        units={name: _with_mark(unit, report.clean) for name, unit in units.items()},
        searched=replace(searched, rests_on=b"" if report.findings else rests_on),
    )


def former_files(tree: SiteTree) -> FormerFiles | None:
    """旧文件: those of the shown tree in which an audit has found nothing."""
    if tree.shown is None:
        return None
    cleared = {
        path: (mark, unit.cleared)
        for unit in tree.shown_units.values()
        if unit.cleared is not None
        for path, mark in unit.files.items()
    }
    return FormerFiles(folder=tree.shown, cleared=cleared)


def _kept_variants(prepared: Prepared) -> KeptVariants | None:
    """From this project's own store alone: a shard's, which comes from elsewhere, could leave some out."""
    assert prepared.workspace.cache is not None
    own = replace(prepared.workspace.store, beside=())
    return own.find(VARIANTS, {VARIANTS: prepared.workspace.cache.basis}, KeptVariants).get(VARIANTS)


def _keep_variants(prepared: Prepared, kept: KeptVariants) -> None:
    assert prepared.workspace.cache is not None
    with suppress(sqlite3.Error):  # no site fails for what it would leave to the next
        prepared.workspace.store.put(
            VARIANTS, [Entry(name=VARIANTS, made_from=prepared.workspace.cache.basis, value=kept)]
        )


def _rests_on(prepared: Prepared, paths: Sequence[str]) -> bytes:
    """摘要 of all that :func:`secrets_of` tells the audit of a site with these files, but for what the software, the settings
    and the files say: a list of the site tells each day and each name that a public record has."""
    hand_written = sorted(_hand_written(prepared.workspace.root))
    shown = sorted(_shown_on_written(prepared).items())
    return digest(prepared.withheld.told, pack(hand_written), pack(shown), pack(paths))


def _is_known(site: Path, units: Units) -> bool:
    """Whether every unit was found clean, and ``site`` has no folder but theirs. A file that no unit names was removed
    before, a folder that stood empty was not."""
    if any(unit.cleared is None for unit in units.values()):
        return False
    known = {""}
    for unit in units.values():
        for path in unit.files:
            while (path := path.rpartition("/")[0]) not in known:
                known.add(path)
    pending = [""]
    while pending:
        below = pending.pop()
        with os.scandir(site / below) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    continue
                folder = f"{below}/{entry.name}".lstrip("/")
                if folder not in known or not entry.is_dir(follow_symlinks=False):
                    return False
                pending.append(folder)
    return True


def _with_mark(unit: Unit, clean: Mapping[str, bytes]) -> Unit:
    """The unit with what the audit said of its files, if it is clean."""
    marks = [mark for path in unit.files if (mark := clean.get(path)) is not None]
    cleared = None if len(marks) < len(unit.files) else max(marks, default=b"")
    return unit if unit.cleared == cleared else replace(unit, cleared=cleared)


def audit_report(prepared: Prepared, site: Path, *, thorough: bool = False) -> AuditReport:
    """Audit every byte of ``site``, built now or at another time, against what ``prepared`` withholds. ``thorough``:
    each file as a whole, whatever others say too."""
    return _report(prepared, site, secrets_of(prepared, site), thorough=thorough)


def _report(
    prepared: Prepared,
    site: Path,
    secrets: Secrets,
    *,
    clean: Mapping[str, bytes] = MappingProxyType({}),
    added: tuple[Secret, ...] = (),
    before: Searched | None = None,
    searched: Searched | None = None,
    variants: SearchedVariants | None = None,
    former: FormerFiles | None = None,
    thorough: bool = False,
) -> AuditReport:
    """What is clean by the second look, which searches for less, is not told: it has to be looked at again."""
    report = audit_site(
        site,
        secrets,
        jobs=prepared.workspace.jobs,
        clean=clean,
        added=added,
        before=before,
        searched=searched,
        variants=variants,
        former=former,
        thorough=thorough,
    )
    if any(_may_be_told_elsewhere(finding) for finding in report.findings):
        # Seldom, so only now: what public records say of their own is no leak of another's.
        fewer = without_own_words(_found_of(secrets, report), prepared, site)
        searched = searched or secrets.searched_for()
        again = audit_site(
            site,
            fewer,
            jobs=prepared.workspace.jobs,
            clean=report.clean,
            before=searched,
            searched=searched,
            thorough=thorough,
        )
        return replace(again, clean=report.clean)
    return report


def _may_be_told_elsewhere(finding: Finding) -> bool:
    return finding.what in ("narrative", "note", "birth_date") or finding.form == "name_part"


def _found_of(secrets: Secrets, report: AuditReport) -> Secrets:
    """``secrets`` with the strings of those records alone of which something was found or answered: a second look, which
    searches for less, finds nothing of others. Where what is told of a finding had words to be blotted out, with all."""
    if any(BLOT in told for item in report.findings for told in (item.path, item.inner, item.label)):
        return secrets
    labels = {item.label for item in report.findings} | {answer.label for answer in secrets.answers}
    return replace(secrets, strings=tuple(secret for secret in secrets.strings if secret.label in labels))


def diagnostics_of(report: AuditReport) -> tuple[Diagnostic, ...]:
    """Diagnostics of a report, for the staff's own terminal."""
    return tuple(sorted((item.diagnostic(for_terminal=True) for item in report.findings), key=sort_key))


def secrets_of(prepared: Prepared, site: Path, paths: Iterable[str] | None = None) -> Secrets:
    """What must not stand in ``site``, and where a namesake may. ``paths``: its files, where they are known."""
    strings = SecretStrings({record.path: record.words for record in prepared.withheld.guarded})
    withheld: set[str] = set()
    births: set[str] = set()
    for words in strings.records.values():
        withheld.update([item.text for item in words])
        births.update([item.text for item in words if item.kind == "birth_date"])
        withheld.update(form for item in words for form in _masked_forms(item))
    collisions = {
        words: pages
        for words, pages in prepared.withheld.published.items()
        if words in withheld or words.partition("某")[0] + "某" in withheld
    }
    hand_written = frozenset(_hand_written(prepared.workspace.root))
    policies = _policies(prepared)
    days = {*_days_of_law(prepared, policies), *FORMAT_DAYS}
    days |= _days_beside({*prepared.withheld.days, *days_named(prepared.decision_rows)})
    paths = _paths_in(site) if paths is None else paths
    of_record, over_records = (
        _files_by_record(paths, hand_written, _shown_on_written(prepared))
        if collisions
        else ({}, frozenset())
    )
    return Secrets(
        strings=strings,
        published=frozenset(prepared.withheld.published),
        published_at={name: frozenset(_files_of(pages, of_record)) for name, pages in collisions.items()},
        over_records=over_records,
        hand_written=hand_written,
        wording=fixed_wording() + policies,
        ordinary=frozenset(days & births),
        common=frozenset(_common_words(prepared)),
        allowed_identifiers=prepared.withheld.office_identifiers,
        answers=tuple(_answers(prepared)),
    )


def without_own_words(secrets: Secrets, prepared: Prepared, site: Path) -> Secrets:
    """The secrets without what public records say by themselves.

    经走访目击者核实 stands in many records; one of them may be confidential. Narratives are treated so
    sentence by sentence and passage by passage, birth dates where a public record has the same day of
    something else, and parts of names (冀某, 建国) in the files of the record that has them. A whole name, a
    number or an address is never anybody else's own words.
    """
    births = {secret.text for secret in secrets.strings if secret.kind == "birth_date"}
    near_births = _days_beside(births)
    told: list[tuple[str, str]] = []
    named: list[tuple[str, str]] = []
    days: set[str] = set()
    for chunk in prepared.chunks:
        records = list(public_records(prepared, chunk))
        told += ((record.id, text) for record in records for text in _told(record))
        named += ((record.id, text) for record in records for text in _named(record))
        days.update(days_named(_naming(near_births, records)))
    texts = [fold(text) for _, text in told]
    own = {fold(piece) for _, text in told for piece in pieces(text, "narrative")}
    kept: list[Secret] = []
    for secret in secrets.strings:
        parts = pieces(secret.text, secret.kind) if secret.kind == "narrative" else ()
        if any(fold(part) in own for part in parts):
            kept += [replace(secret, text=part) for part in parts if fold(part) not in own]
        else:
            kept.append(secret)
    narratives = (secret for secret in kept if secret.kind in ("narrative", "note"))
    blocks = {block for secret in narratives for block in blocks_of(fold(secret.text))}
    passages = {words for words, _ in _standing_in(texts, blocks)}
    of_record, over_records = _files_by_record(
        _paths_in(site), secrets.hand_written, _shown_on_written(prepared)
    )
    texts += (fold(text) for _, text in named)
    ids = [record for record, _ in (*told, *named)]
    return replace(
        secrets,
        strings=tuple(kept),
        ordinary=secrets.ordinary | passages | (births & _days_beside(days)),
        told=_told_parts(secrets, prepared, of_record, ids, texts),
        over_records=over_records,
    )


def _told_parts(
    secrets: Secrets,
    prepared: Prepared,
    of_record: Mapping[str, Sequence[str]],
    ids: Sequence[str],
    texts: Sequence[str],
) -> dict[str, frozenset[tuple[str, str]]]:
    """Parts of hidden names in public texts, folded, of the records ``ids``: words → (file, private record) where they
    stand."""
    hidden = (secret for secret in secrets.strings if secret.kind == "name" and secret.hidden)
    parts = {words for secret in hidden for _, words in of_hidden_name(secret.text)}
    label_of = {public_id: record.path for record in prepared.withheld.guarded for public_id in record.ids}
    found: dict[str, set[tuple[str, str]]] = {}
    for words, number in _standing_in(texts, parts):
        record = ids[number]
        label = label_of.get(record, "")
        found.setdefault(words, set()).update((path, label) for path in of_record.get(record, ()))
    return {words: frozenset(places) for words, places in found.items()}


def _standing_in(texts: Sequence[str], words: set[str]) -> Iterator[tuple[str, int]]:
    """(words, number of the text) wherever some of ``words`` stand in one of ``texts``, all of them folded."""
    listed = sorted(words)
    if not listed:
        return
    automaton = AhoCorasick(listed)
    for number, text in enumerate(texts):
        for which, _, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            yield listed[which], number


def _masked_forms(secret: Words) -> Iterator[str]:
    """冀某 of a hidden 冀怀朴: other people's masked names may be like it."""
    if secret.kind == "name" and secret.hidden:
        masked = (words for _, words in of_hidden_name(secret.text) if words.endswith("某"))
        # In a name without 某 one is all there is.
        yield from masked if "某" in fold(secret.text) else islice(masked, 1)


def _told(record: PublicRecord) -> Iterator[str]:
    """What a public record tells."""
    if isinstance(record, PublicDecision):
        yield from record.opening
        return
    for act in record.acts:
        yield act.summary
        yield from (*act.narrative, *act.verification)
        if act.place is not None:
            yield act.place


def _named(record: PublicRecord) -> Iterator[str]:
    """What it says beside: where somebody may be called by a part of a name."""
    yield record.title
    for item in record.corrections:
        yield from (text for text in (item.was, item.now) if text is not None)
    if isinstance(record, PublicNotice):
        yield from (event.text for event in record.history if event.text is not None)
        yield from filter(None, (record.outcome_reason,))


def _naming(days: set[str], records: Sequence[object]) -> Iterator[object]:
    """Those of the records, and others with them, in which one of the days may stand, as :func:`days_named` finds it."""
    for start in range(0, len(records) if days else 0, _TOGETHER):
        some = records[start : start + _TOGETHER]
        if not days.isdisjoint(_days_within(pack(some))):
            yield from some


def _days_within(packed: bytes) -> Iterator[str]:
    """Every day that stands anywhere in packed records, and that with one figure less: what follows may look like one."""
    for year, month, day in set(_DAY_IN_BYTES.findall(packed)):
        for read in (day[:1], day):
            yield f"{year.decode()}-{int(month):02}-{int(read):02}"


def _days_of_law(prepared: Prepared, policies: str) -> set[str]:
    """Days of the law, as its texts are written, and those from which lookups count."""
    context = prepared.context
    counted = (day for place in context.jurisdictions for day in context.library.law_days(place))
    written = map(iso_day, DAY.finditer(policies))
    return _days_beside(itertools.chain(written, (day.isoformat() for day in counted)))


def _days_beside(days: Iterable[str]) -> set[str]:
    """``days``, each with the one before and the one after. What holds from a day on ends the rule before it on the eve;
    in a calendar an event of a whole day ends on the next, and in universal time a morning is of the day before."""
    found = set(days)
    numbers: set[int] = set()
    for written in found:
        with suppress(ValueError):  # 1969-13-03 is no day of the calendar
            numbers.add(date.fromisoformat(written).toordinal())
    beside = {number + by for number in numbers for by in (-1, 1)} - numbers
    return found | {date.fromordinal(number).isoformat() for number in beside if 0 < number <= _LAST_DAY}


def _hand_written(root: Path) -> Iterator[str]:
    """Files of the site that people write: pages, and what lies beside them."""
    return map(_written_at, page_files(root))


def _written_at(name: str) -> str:
    """Where a file that people write stands in the site."""
    if not name.endswith(".md"):
        return name
    stem = name.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{stem}/index.html".lstrip("/")


def _shown_on_written(prepared: Prepared) -> dict[str, tuple[str, ...]]:
    """Pages that people write and on which open notices stand too, with the ids of those: no other record's words may
    stand there."""
    shown = tuple(row.id for row in prepared.notice_rows if row.status.is_before_end)
    return {
        _written_at(name): shown
        for name, path in page_files(prepared.workspace.root).items()
        if name.endswith(".md") and OPEN_NOTICES.encode() in path.read_bytes()
    }


def _policies(prepared: Prepared) -> str:
    """The digests of instruments: their words are those of the law."""
    files = (
        law_file(prepared.workspace.root, item.jurisdiction, item.slug)
        for item in prepared.context.library.instruments
    )
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def _files_of(pages: frozenset[str], of_record: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Files of the records whose pages rightly show a name."""
    for page in pages:
        yield from of_record.get(page.rstrip("/").rpartition("/")[2], ())


def _files_by_record(
    paths: Iterable[str], hand_written: frozenset[str], shown: Mapping[str, Iterable[str]]
) -> tuple[dict[str, list[str]], frozenset[str]]:
    """Every generated file of a site: those of one record, by its id, and those over many records. A page that people
    write belongs to the records that are ``shown`` there."""
    of_record: dict[str, list[str]] = {}
    over_records: list[str] = []
    for path in paths:
        if path in hand_written or path.startswith(_ASSETS):
            continue
        record = _RECORD_FILE.match(path)
        (over_records if record is None else of_record.setdefault(record[1], [])).append(path)
    for path, records in shown.items():
        for record_id in records:
            of_record.setdefault(record_id, []).append(path)
    return of_record, frozenset(over_records)


def _paths_in(site: Path) -> Iterator[str]:
    start = os.fspath(site)
    for folder, _, names in os.walk(start):
        below = folder[len(start) :].replace(os.sep, "/").lstrip("/")
        yield from (f"{below}/{name}" if below else name for name in names)


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
    yield from prepared.withheld.public_words


def _answers(prepared: Prepared) -> Iterator[Answer]:
    for record in prepared.withheld.guarded:
        yield from (parse_answer(written, record.path) for written in record.answers)
