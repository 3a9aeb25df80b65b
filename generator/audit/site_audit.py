"""泄漏审核 (leak audit): every byte of a built site is read, and nothing withheld may stand in it.

Fails closed: what cannot be read, or is of an unknown type, is a finding. A withheld word that equals
a published one is told apart by where it stands; what cannot be told apart is listed for a human, who
answers in the private record.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from generator.audit.changed_parts import FormerFiles, Unread, unread
from generator.audit.decoding import streams, unescape, without_drawings
from generator.audit.leaks import (
    ANSWERED_EVERYWHERE,
    GENERATED,
    AuditReport,
    Finding,
    Problem,
    PublishedWhere,
    Searched,
    Secret,
    Secrets,
    counted,
)
from generator.audit.matcher import Hit, Match, Matcher, Where
from generator.audit.search_files import is_block
from generator.audit.searched_variants import SearchedVariants
from generator.audit.skimming import Skimmed, Skimmer
from generator.audit.unpacking import Piece, segments, unpack
from generator.spellings.folding import fold
from generator.spellings.identifiers import IdentifierKind, find_identifiers
from generator.system.workers import parallel

_WORTH_A_PROCESS = 4 * 1024 * 1024
_AT_ONCE = 8 * 1024 * 1024
"""Bytes of files that are skimmed together."""
_OF_PRINT, _OF_A_FILE = 10, 500
"""A page of print takes ten times as long as a page of a site that is as large; any file, as long as some bytes."""
_SHARES_EACH = 4
"""Shares of the files for each process: what is as much by its bytes may take half as long again, and who is done takes the next."""
_OF_A_COMPARISON = 10
"""Bytes that are compared with former ones in the time in which one is read."""
_CALENDAR_UID = re.compile(r"(?m)^UID:.*$")
BLOT = "▇"
"""Stands for what a message must not repeat."""
_IN_METADATA = frozenset({IdentifierKind.IDENTITY_CARD, IdentifierKind.MOBILE, IdentifierKind.EMAIL})
"""Kinds that values of a technical kind do not look like by chance."""
_TOLD_BY = "某"
_LEAD_IN = 32
"""Characters before words by which their line is found."""


class Auditor:
    """审核器 for one set of secrets; audits single files, in memory or from disk."""

    def __init__(self, secrets: Secrets, variants: SearchedVariants | None = None) -> None:
        """``variants`` are those in which the words are searched for, if they were worked out before."""
        self.secrets = secrets
        self.matcher = Matcher(secrets, variants)
        self.has_matched = False
        """Whether anything was matched since this was last set to False, even where the path or a human's answer then
        allowed it."""
        self.used_answers: set[int] = set()
        self.is_answered = False
        """Whether an answer was used since this was last set to False."""
        self._published_at: dict[str, set[str]] = {fold(word): set() for word in secrets.published}
        for word, paths in secrets.published_at.items():
            self._published_at.setdefault(fold(word), set()).update(paths)
            head, masked, _ = fold(word).partition(_TOLD_BY)
            if masked:  # Somebody else's 冀某某 holds 冀某.
                self._published_at.setdefault(head + masked, set()).update(paths)
        self._answers: dict[tuple[str, str], list[int]] = {}
        for number, answer in enumerate(secrets.answers):
            if not answer.is_too_broad:
                self._answers.setdefault((answer.label, fold(answer.text)), []).append(number)

    def audit_bytes(self, name: str, data: bytes) -> tuple[Finding, ...]:
        """审核一个文件 that is still in memory. ``name`` is its path inside the site."""
        self.matcher.touched = False
        return counted(found for piece in unpack(name, data) for found in self.piece_findings(name, piece))

    def audit_name(self, name: str) -> tuple[Finding, ...]:
        """审核路径: the last part of a path inside the site, read together with what stands before it."""
        self.matcher.touched = False
        plain = unescape(name)
        matches = list(self.matcher.in_text(plain, Where.PATH))
        numbers = find_identifiers(plain, allowed=self.secrets.allowed_identifiers)
        if not matches and not numbers:
            return ()
        self.matcher.touched = True
        last = plain.rfind("/") + 1
        path = self._blotted(name)
        found: list[Finding] = []
        for match in matches:
            if match.end > last:
                found.extend(self._match_findings(name, Piece(), "", match, form="path"))
        found.extend(
            _of_identifier(path, "", 0, 0, hit.kind, hit.end - hit.start) for hit in numbers if hit.end > last
        )
        return counted(found)

    def standing_findings(self) -> Iterator[Finding]:
        """Findings about the secrets and answers themselves, whatever the site holds."""
        for number in self.matcher.variants.made.too_short:
            secret = self.secrets.strings[number]
            label = self._label(secret.label)
            yield Finding(
                path=label,
                problem=Problem.TOO_SHORT,
                what=secret.kind,
                length=len(secret.text),
                label=label,
            )
        for answer in self.secrets.answers:
            if answer.is_too_broad:
                label = self._label(answer.label)
                yield Finding(path=label, problem=Problem.BROAD_ANSWER, label=label)

    def unused_answers(self) -> Iterator[Finding]:
        """Answers that no file needed: the words have gone, or the pattern is wrong."""
        for number, answer in enumerate(self.secrets.answers):
            if number not in self.used_answers and not answer.is_too_broad:
                label = self._label(answer.label)
                yield Finding(path=label, problem=Problem.UNUSED_ANSWER, length=len(answer.text), label=label)

    def piece_findings(self, name: str, piece: Piece) -> Iterator[Finding]:
        """审核一份内容 of the file ``name``."""
        if piece.problem is not None:
            inner = self._blotted(piece.inner)
            yield Finding(path=self._blotted(name), problem=piece.problem, inner=inner, form=piece.reason)
        elif piece.text is not None:
            yield from self._text_findings(name, piece, piece.text)
        else:
            yield from self._byte_findings(name, piece, piece.data or b"")

    def tells(self, name: str, piece: Piece, hit: Hit) -> bool:
        """Whether words in lines of a piece tell of anybody who may not stand there. Of all who are called alike it is asked
        once where the words may stand."""
        page = _page_of(name, piece)
        called = {hit.words: hit.owners} if hit.words else self.matcher.called(hit.owners)
        return any(
            not self._is_published(words, page)
            and any(
                any(self._match_findings(name, piece, "", hit.of(owner), form=hit.form)) for owner in owners
            )
            for words, owners in called.items()
        )

    def _text_findings(self, name: str, piece: Piece, text: str) -> Iterator[Finding]:
        # What is no finding in a program may be one in a page.
        kinds = {"code": Where.CODE, "path": Where.PATH}
        for stream, in_tags in streams(text):
            where = Where.TAGS if in_tags else kinds.get(piece.kind, Where.TEXT)
            for match in self.matcher.in_text(stream, where):
                yield from self._match_findings(name, piece, stream, match, form=match.form, raw=text)
            readable = stream
            if piece.kind == "markup":
                readable = without_drawings(readable)
            elif piece.kind == "calendar":
                readable = _CALENDAR_UID.sub("", readable)
            for hit in find_identifiers(readable, allowed=self.secrets.allowed_identifiers):
                # Licences at the head of programs and styles name their authors.
                if piece.kind == "code" and hit.kind is IdentifierKind.EMAIL:
                    continue
                if piece.kind != "names" or hit.kind in _IN_METADATA:
                    line, column = _place_of(readable, hit.start, hit.end, text, piece.lines_before)
                    path, inner = self._blotted(name), self._blotted(piece.inner)
                    yield _of_identifier(path, inner, line, column, hit.kind, hit.end - hit.start)

    def _byte_findings(self, name: str, piece: Piece, data: bytes) -> Iterator[Finding]:
        for start, end in segments(data):
            for match in self.matcher.in_bytes(data[start:end]):
                offset = start + match.start if match.end else -1
                yield from self._match_findings(name, piece, "", match, form=match.form, offset=offset)

    def _match_findings(
        self,
        name: str,
        piece: Piece,
        stream: str,
        match: Match,
        *,
        form: str,
        raw: str = "",
        offset: int = -1,
    ) -> Iterator[Finding]:
        self.has_matched = True
        secret = self.secrets.strings[match.owner]
        certain = match.certain
        page = _page_of(name, piece)
        words = match.words or fold(secret.text)
        if self._is_published(words, page):
            return
        certain = certain and words not in self._published_at
        if match.words and self._is_told(match, page):
            return
        if self._is_answered(name, piece, match):
            return
        line, column = _place_of(stream, match.start, match.end, raw, piece.lines_before)
        yield Finding(
            path=self._blotted(name),
            problem=Problem.LEAK if certain else Problem.POSSIBLE,
            inner=self._blotted(piece.inner),
            line=line,
            column=column,
            offset=offset,
            what=secret.kind,
            form=form,
            length=len(match.words or secret.text),
            label=self._label(secret.label),
        )

    def plain_findings(self, name: str, data: bytes) -> Iterator[Finding]:
        """审核原样的字节 of a whole file, for withheld words alone."""
        page = _page_of(name, Piece())
        for match in self.matcher.in_plain_bytes(data, lambda words: self._is_published(words, page)):
            yield from self._match_findings(name, Piece(), "", match, form=match.form, offset=match.start)

    def may_stand(self, name: str, piece: Piece, words: str) -> bool:
        """Whether part of a name may stand in this piece of a file, whoever else is called so."""
        return self._is_published(words, _page_of(name, piece))

    def _is_published(self, words: str, page: str) -> bool:
        published_at = self._published_at.get(words)
        return published_at is not None and (page in published_at or page in self.secrets.over_records)

    def _is_told(self, match: Match, page: str) -> bool:
        """Whether the record of this page, or any for a list over records, says so of somebody of its own."""
        label = self.secrets.strings[match.owner].label
        told = {path for path, by in self.secrets.told.get(match.words, ()) if by != label}
        return page in told or (bool(told) and page in self.secrets.over_records)

    def _is_answered(self, name: str, piece: Piece, match: Match) -> bool:
        secret = self.secrets.strings[match.owner]
        page = _page_of(name, piece)
        for words in {fold(secret.text), match.words}:
            for number in self._answers.get((secret.label, words), ()):
                pattern = self.secrets.answers[number].pattern
                if pattern == GENERATED:
                    fits = secret.kind in ANSWERED_EVERYWHERE and page not in self.secrets.hand_written
                else:
                    fits = _fits(name, pattern) or _fits(page, pattern)
                if fits:
                    self.used_answers.add(number)
                    self.is_answered = True
                    return True
        return False

    def _label(self, label: str) -> str:
        """The path of a private record, as staff may be told it: with its case number, which its name is, but
        without a name that somebody gave it by mistake."""
        return self._blotted(label, but=("case_number", "id"))

    def _blotted(self, name: str, but: tuple[str, ...] = ()) -> str:
        """The path without the withheld words and the numbers in it: a log must not repeat the leak. ``but``
        are kinds of words that may stand there."""
        plain = unescape(name)
        spans = [
            (match.start, match.end)
            for match in self.matcher.in_text(plain, Where.PATH)
            if self.secrets.strings[match.owner].kind not in but
        ]
        spans += [(hit.start, hit.end) for hit in find_identifiers(plain)]
        if not spans:
            return name if name.isprintable() else plain
        return "".join(
            BLOT if any(start <= index < end for start, end in spans) else character
            for index, character in enumerate(plain)
        )


def audit_site(
    site: Path,
    secrets: Secrets,
    *,
    jobs: int = 1,
    clean: Mapping[str, bytes] = MappingProxyType({}),
    added: tuple[Secret, ...] = (),
    before: Searched | None = None,
    searched: Searched | None = None,
    variants: SearchedVariants | None = None,
    former: FormerFiles | None = None,
    thorough: bool = False,
) -> AuditReport:
    """审核已建成的站点 in the folder ``site``: every file, every path, every byte.

    Each distinct line is read once (:mod:`generator.audit.skimming`); ``thorough``: every file as a whole instead, several
    times as slow, with the same findings. ``jobs`` processes share the work. ``clean`` is what an audit said of files that are, as the caller knows, still
    byte for byte what they were then (:attr:`AuditReport.clean`); they are read for nothing but ``added``, the strings
    of ``secrets`` that it did not search for. ``before`` is what it searched for: unless all that was published then is
    now, what may stand somewhere is looked at again; ``searched`` is what ``secrets`` search for, and ``variants`` the ways in which, if
    they were worked out before.
    ``former`` are files of another tree, audited as ``clean`` ones were: of one that is here too, with other bytes, only
    what changed is read.
    """
    names, folders, strange = _walk(site)
    where = PublishedWhere(secrets)
    same = before is not None and before.published <= (searched or secrets.searched_for(before)).published
    known = {name: clean[name] for name in names if name in clean and _holds(clean[name], name, where, same)}
    to_read = _sized(site, (name for name in names if name not in known))
    # The folders of a clean file were audited with it.
    known_folders = _folders_of(known)
    new_folders = [folder for folder in folders if folder not in known_folders]
    beside = _former_of(to_read, former, where, same)
    if added and (known or beside.cleared):
        read = [name for name in names if name in known or name in beside.cleared]
        again = _touched_by(replace(secrets, strings=added), site, _sized(site, read), jobs)
        to_read += _sized(site, (name for name in names if name in again and name in known))
        known = {name: mark for name, mark in known.items() if name not in again}
        beside = _former_of([item for item in to_read if item[0] not in again], former, where, same)
    auditor = Auditor(secrets, variants)
    findings = list(auditor.standing_findings())
    dirty: list[str] = []
    for name in new_folders:
        found = _of_folder(auditor, name)
        findings.extend(found)
        dirty += [f"{name}/"] * bool(found)
    for name in strange:
        findings.extend(auditor.audit_name(name))
        findings.append(Finding(path=auditor._blotted(name), problem=Problem.SPECIAL_FILE))
    if not names:
        findings.append(Finding(path=".", problem=Problem.EMPTY_SITE))
    still_clean = known
    skimmer = None if thorough else Skimmer(auditor)
    work = _Work(auditor=auditor, skimmer=skimmer, site=site, where=where, former=beside)
    sizes = [
        (name, size // _OF_A_COMPARISON if not thorough and name in beside.cleared else size)
        for name, size in to_read
    ]
    for result in _shared_out(work, sizes, jobs):
        findings.extend(result.findings)
        auditor.used_answers |= result.used_answers
        still_clean.update(result.clean)
    findings.extend(auditor.unused_answers())
    return AuditReport(
        files=len(names),
        bytes_read=sum(size for _, size in to_read),
        findings=counted(findings),
        clean={name: mark for name, mark in still_clean.items() if not name.startswith(tuple(dirty))},
    )


def _holds(mark: bytes, name: str, where: PublishedWhere, same: bool) -> bool:
    """Whether what was said of a file that was found clean holds still. ``same``: all that was published then is now."""
    return mark == b"" or (same and mark == _mark_of(name, where))


def _mark_of(name: str, where: PublishedWhere) -> bytes:
    """What decides in a file what a match means."""
    page = _page_of(name, Piece())
    return where.anywhere if is_block(page) else where.of(page)


def _former_of(
    files: Iterable[tuple[str, int]], former: FormerFiles | None, where: PublishedWhere, same: bool
) -> FormerFiles:
    """Those of the ``files`` that stood in the other tree, and of which what was said still holds."""
    if former is None:
        return FormerFiles()
    cleared = {
        name: known
        for name, _ in files
        if (known := former.cleared.get(name)) is not None and _holds(known[1], name, where, same)
    }
    return FormerFiles(folder=former.folder, cleared=cleared)


def _changed_in(files: Iterable[tuple[str, bytes]], former: FormerFiles) -> dict[str, Unread]:
    """What has to be read of each of the ``files`` that stood in the other tree."""
    found: dict[str, Unread] = {}
    for name, data in files:
        before = former.read(name)
        if before is not None:
            found[name] = unread(name, data, before, touched=former.cleared[name][1] != b"")
    return found


def _touched_by(secrets: Secrets, site: Path, files: list[tuple[str, int]], jobs: int) -> set[str]:
    """Names of files in which there is anything of ``secrets``, allowed or not."""
    auditor = Auditor(secrets)
    skimmer = Skimmer(auditor, for_signs=False)
    where = PublishedWhere(secrets)
    work = _Work(auditor=auditor, skimmer=skimmer, site=site, where=where, former=FormerFiles())
    untouched = {
        name
        for result in _shared_out(work, files, jobs)
        for name, mark in result.clean.items()
        if mark == b""
    }
    return {name for name, _ in files} - untouched


def _sized(site: Path, names: Iterable[str]) -> list[tuple[str, int]]:
    """The files with their sizes; 0 of one that is gone, which reading it will tell."""
    found: list[tuple[str, int]] = []
    for name in names:
        try:
            found.append((name, (site / name).lstat().st_size))
        except OSError:
            found.append((name, 0))
    return found


def _walk(site: Path) -> tuple[list[str], list[str], list[str]]:
    """Every regular file, every folder, and what is neither."""
    # Names as text: hundreds of thousands of them.
    files: list[str] = []
    folders: list[str] = []
    strange: list[str] = []
    pending, base = [""], f"{site}{os.sep}"
    while pending:
        folder = pending.pop()
        for entry in sorted(os.scandir(base + folder), key=lambda item: item.name):
            name = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
                pending.append(f"{name}/")
            elif entry.is_file(follow_symlinks=False):
                files.append(name)
            else:
                strange.append(name)
    return files, folders, strange


def _of_folder(auditor: Auditor, name: str) -> list[Finding]:
    return [*_of_encoding(auditor, name), *auditor.audit_name(name)]


def _of_encoding(auditor: Auditor, name: str) -> Iterator[Finding]:
    if not _is_utf8(name.rpartition("/")[2]):
        yield Finding(path=auditor._blotted(name), problem=Problem.UNREADABLE, form="not_utf8")


def _folders_of(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _is_utf8(name: str) -> bool:
    """False for a file name whose bytes are of another encoding; it may say anything in that."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shares(files: list[tuple[str, int]], count: int) -> list[list[str]]:
    """The files in ``count`` shares of about the same amount of work, like with like: what several have in common, each
    process would read for itself."""
    ordered = sorted(
        (name, _OF_A_FILE + size * (_OF_PRINT if name.endswith(".pdf") else 1)) for name, size in files
    )
    each = sum(work for _, work in ordered) / count
    shares: list[list[str]] = [[] for _ in range(count)]
    done = 0
    for name, work in ordered:
        shares[min(count - 1, int((done + work / 2) / each))].append(name)
        done += work
    return [names for names in shares if names]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What every share of the files needs; see :func:`audit_site`."""

    auditor: Auditor
    skimmer: Skimmer | None
    site: Path
    where: PublishedWhere
    former: FormerFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class _Audited:
    """What was found, which answers were used, and files without findings: each with nothing where nothing was
    matched, else with what decides that what was matched may stand there."""

    findings: list[Finding]
    used_answers: set[int]
    clean: dict[str, bytes]


def _shared_out(work: _Work, files: list[tuple[str, int]], jobs: int) -> Iterator[_Audited]:
    shares = [[name for name, _ in files]]
    if jobs > 1 and sum(size for _, size in files) >= _WORTH_A_PROCESS:
        shares = _shares(files, jobs * _SHARES_EACH)
    return parallel(_audit_files, work, shares, jobs)


def _audit_files(work: _Work, names: list[str]) -> _Audited:
    audited = _Audited(findings=[], used_answers=work.auditor.used_answers, clean={})
    batch: list[tuple[str, bytes]] = []
    size = 0
    for name in names:
        try:
            data = (work.site / name).read_bytes()
        except OSError:
            _note_unread(work, name, audited)
            continue
        batch.append((name, data))
        size += len(data)
        if size > _AT_ONCE:
            _audit_batch(work, batch, audited)
            batch, size = [], 0
    _audit_batch(work, batch, audited)
    return audited


def _note_unread(work: _Work, name: str, audited: _Audited) -> None:
    audited.findings.extend(_of_encoding(work.auditor, name))
    audited.findings.extend(work.auditor.audit_name(name))
    audited.findings.append(
        Finding(path=work.auditor._blotted(name), problem=Problem.UNREADABLE, form="cannot_unpack")
    )


def _audit_batch(work: _Work, files: list[tuple[str, bytes]], audited: _Audited) -> None:
    auditor, skimmer = work.auditor, work.skimmer
    if skimmer is None:
        names = {name for name, _ in files}
        skimmed = [Skimmed(whole=True, touched=False, answered=False)] * len(files)
    else:
        names = skimmer.names([name for name, _ in files])
        skimmed = skimmer.read(files, _changed_in(files, work.former))
    for (name, data), seen in zip(files, skimmed, strict=True):
        auditor.is_answered = seen.answered
        auditor.matcher.touched = False
        found = (*_of_encoding(auditor, name), *(auditor.audit_name(name) if name in names else ()))
        touched = seen.touched or auditor.matcher.touched
        if seen.whole:
            found += auditor.audit_bytes(name, data)
            touched |= auditor.matcher.touched
        audited.findings.extend(found)
        if not found and not auditor.is_answered:
            audited.clean[name] = _mark_of(name, work.where) if touched else b""


def _page_of(name: str, piece: Piece) -> str:
    """The page that a file's words belong to: of a line of a search block its page, else the file itself."""
    if not piece.address:
        return name.removesuffix(".gz").removesuffix(".br")
    path = unquote(urlsplit(piece.address).path).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _fits(name: str, pattern: str) -> bool:
    """``*`` stands for anything within one folder."""
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch.fnmatchcase, parts, wanted))


def _place_of(stream: str, start: int, end: int, raw: str, lines_before: int) -> tuple[int, int]:
    """Line and column of words that stand in the file as they are. Of words that are escaped or parted by tags
    the line alone, where what stands before them tells it; else zeros."""
    if not raw:
        return 0, 0
    at = raw.find(stream[start:end])
    if at >= 0:
        return lines_before + raw.count("\n", 0, at) + 1, at - raw.rfind("\n", 0, at)
    before = re.split(r"[\x1e\x1f\n]", stream[max(0, start - _LEAD_IN) : start])[-1]
    at = raw.find(before) if len(before) >= _LEAD_IN // 4 else -1
    return (lines_before + raw.count("\n", 0, at + len(before)) + 1, 0) if at >= 0 else (0, 0)


def _of_identifier(
    path: str, inner: str, line: int, column: int, kind: IdentifierKind, length: int
) -> Finding:
    return Finding(
        path=path,
        problem=Problem.IDENTIFIER,
        inner=inner,
        line=line,
        column=column,
        what=kind.value,
        form="plain",
        length=length,
    )
