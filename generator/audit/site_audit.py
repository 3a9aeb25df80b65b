"""泄漏审核 (leak audit): every byte of a built site is read, and nothing withheld may stand in it.

Fails closed: what cannot be read, or is of an unknown type, is a finding. A withheld word that equals
a published one is told apart by where it stands; what cannot be told apart is listed for a human, who
answers in the private record.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from generator.audit.decoding import streams, unescape
from generator.audit.leaks import AuditReport, Finding, Problem, Secrets, counted
from generator.audit.matcher import Match, Matcher
from generator.audit.repeated_tags import RepeatedTags
from generator.audit.unpacking import Piece, segments, unpack
from generator.forms.folding import fold
from generator.forms.identifiers import IdentifierKind, find_identifiers
from generator.system.cache import digest
from generator.system.workers import parallel

_WORTH_A_PROCESS = 4 * 1024 * 1024
_SHARES = 16
"""For each process: a page of print takes ten times as long as a page of a site that is as large."""
_GEOMETRY = re.compile(r'\s(?:d|points|transform|viewBox|values|keyTimes|stroke-dasharray)="[^"]*"')
_CALENDAR_UID = re.compile(r"(?m)^UID:.*$")
_BLOT = "▇"


class Auditor:
    """审核器 for one set of secrets; audits single files, in memory or from disk."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self.matcher = Matcher(secrets)
        self._repeated = RepeatedTags()
        # Whether anything was matched, even where the path or a human's answer then allowed it.
        self._matched = False
        self.used_answers: set[int] = set()
        self.is_answered = False
        """Whether an answer was used since this was last set to False."""
        self._published_at: dict[str, set[str]] = {fold(word): set() for word in secrets.published}
        for word, paths in secrets.published_at.items():
            self._published_at.setdefault(fold(word), set()).update(paths)
        self._answers: dict[tuple[str, str], list[int]] = {}
        for number, answer in enumerate(secrets.answers):
            if not answer.is_too_broad:
                self._answers.setdefault((answer.label, fold(answer.text)), []).append(number)

    def audit_bytes(self, name: str, data: bytes) -> tuple[Finding, ...]:
        """审核一个文件 that is still in memory. ``name`` is its path inside the site."""
        self.matcher.touched = self._matched = False
        self._repeated.begin()
        if not any(self._findings(name, data, self._repeated)):
            if not self._matched:
                self._repeated.learn()
            return ()
        # Something was found: now the file is read in full, so that each finding has its place.
        return counted(self._findings(name, data))

    def audit_name(self, name: str) -> tuple[Finding, ...]:
        """审核路径: the last part of a path inside the site, read together with what stands before it."""
        self.matcher.touched = False
        plain = unescape(name)
        matches = list(self.matcher.in_text(plain, is_path=True))
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
        for number in self.matcher.unsearchable:
            secret = self.secrets.strings[number]
            yield Finding(
                path=secret.label,
                problem=Problem.TOO_SHORT,
                what=secret.kind,
                length=len(secret.text),
                label=secret.label,
            )
        for answer in self.secrets.answers:
            if answer.is_too_broad:
                yield Finding(path=answer.label, problem=Problem.BROAD_ANSWER, label=answer.label)

    def unused_answers(self) -> Iterator[Finding]:
        """Answers that no file needed: the words have gone, or the pattern is wrong."""
        for number, answer in enumerate(self.secrets.answers):
            if number not in self.used_answers and not answer.is_too_broad:
                yield Finding(
                    path=answer.label,
                    problem=Problem.UNUSED_ANSWER,
                    length=len(answer.text),
                    label=answer.label,
                )

    def _findings(self, name: str, data: bytes, repeated: RepeatedTags | None = None) -> Iterator[Finding]:
        path = self._blotted(name)
        for piece in unpack(name, data):
            if piece.problem is not None:
                yield Finding(path=path, problem=piece.problem, inner=piece.inner, form=piece.reason)
            elif piece.text is not None:
                yield from self._text_findings(name, path, piece, piece.text, repeated)
            else:
                yield from self._byte_findings(name, piece, piece.data or b"")

    def _text_findings(
        self, name: str, path: str, piece: Piece, text: str, repeated: RepeatedTags | None
    ) -> Iterator[Finding]:
        # What is no finding in a program may be one in a page.
        for stream in streams(text, repeated if piece.kind == "markup" else None):
            for match in self.matcher.in_text(stream):
                yield from self._match_findings(name, piece, stream, match, form=match.form, raw=text)
            if piece.kind == "names":
                continue
            readable = stream
            if piece.kind == "markup" and 'd="' in readable:
                readable = _GEOMETRY.sub(" ", readable)
            elif piece.kind == "calendar":
                readable = _CALENDAR_UID.sub("", readable)
            for hit in find_identifiers(readable, allowed=self.secrets.allowed_identifiers):
                # Licences at the head of programs and styles name their authors.
                if not (piece.kind == "code" and hit.kind is IdentifierKind.EMAIL):
                    line, column = _place_of(readable[hit.start : hit.end], text, piece.lines_before)
                    yield _of_identifier(path, piece.inner, line, column, hit.kind, hit.end - hit.start)

    def _byte_findings(self, name: str, piece: Piece, data: bytes) -> Iterator[Finding]:
        for start, end in segments(data):
            for match in self.matcher.in_bytes(data[start:end]):
                yield from self._match_findings(name, piece, "", match, form=match.form)

    def _match_findings(
        self, name: str, piece: Piece, stream: str, match: Match, *, form: str, raw: str = ""
    ) -> Iterator[Finding]:
        self._matched = True
        secret = self.secrets.strings[match.owner]
        certain = match.certain
        published_at = self._published_at.get(fold(secret.text))
        if published_at is not None:
            # The words of the search index come from its fragments, and those are judged page by page.
            page = _page_of(name, piece)
            if piece.kind == "search" or page in published_at or page in self.secrets.over_records:
                return
            certain = False
        if self._is_answered(name, piece, match.owner):
            return
        line, column = _place_of(stream[match.start : match.end], raw, piece.lines_before)
        yield Finding(
            path=self._blotted(name),
            problem=Problem.LEAK if certain else Problem.POSSIBLE,
            inner=piece.inner,
            line=line,
            column=column,
            what=secret.kind,
            form=form,
            length=len(secret.text),
            label=secret.label,
        )

    def _is_answered(self, name: str, piece: Piece, owner: int) -> bool:
        secret = self.secrets.strings[owner]
        for number in self._answers.get((secret.label, fold(secret.text)), ()):
            pattern = self.secrets.answers[number].pattern
            if _fits(name, pattern) or _fits(_page_of(name, piece), pattern):
                self.used_answers.add(number)
                self.is_answered = True
                return True
        return False

    def _blotted(self, name: str) -> str:
        """The path without the withheld words in it: a log must not repeat the leak."""
        plain = unescape(name)
        spans = [(match.start, match.end) for match in self.matcher.in_text(plain, is_path=True)]
        if not spans:
            return name
        return "".join(
            _BLOT if any(start <= index < end for start, end in spans) else character
            for index, character in enumerate(plain)
        )


def audit_site(
    site: Path,
    secrets: Secrets,
    *,
    jobs: int = 1,
    clean: Mapping[str, bytes] = MappingProxyType({}),
    moment: tuple[str, ...] = (),
) -> AuditReport:
    """审核已建成的站点 in the folder ``site``: every file, every path, every byte.

    ``jobs`` processes share the work. ``clean`` is what an audit for these secrets, or for more, said of
    the site as it stood before (:attr:`AuditReport.clean`): a file that is still the same is not searched
    again. The same it is too when it differs only in the ``moment`` for which the site was built, in the
    ways in which pages tell it: that comes from the clock and from no record.
    """
    auditor = Auditor(secrets)
    findings = list(auditor.standing_findings())
    files = list(_walk(site, findings, auditor))
    if not files:
        findings.append(Finding(path=".", problem=Problem.EMPTY_SITE))
    total = sum(size for _, size in files)
    shares = [[name for name, _ in files]]
    if jobs > 1 and total >= _WORTH_A_PROCESS:
        shares = _shares(files, jobs * _SHARES)
    work = _Work(
        auditor=auditor,
        site=site,
        clean=clean,
        moment=tuple(words.encode() for words in moment),
        context=secrets.published_where(),
    )
    still_clean: dict[str, bytes] = {}
    for found, used, marks in parallel(_audit_files, work, shares, jobs):
        findings.extend(found)
        auditor.used_answers |= used
        still_clean.update(marks)
    findings.extend(auditor.unused_answers())
    return AuditReport(files=len(files), bytes_read=total, findings=counted(findings), clean=still_clean)


def _walk(site: Path, findings: list[Finding], auditor: Auditor) -> Iterator[tuple[str, int]]:
    """Every regular file with its size, sorted; the names of folders are audited on the way."""
    # Names as text: hundreds of thousands of them.
    pending = [""]
    while pending:
        folder = pending.pop()
        for entry in sorted(os.scandir(site / folder), key=lambda item: item.name):
            name = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                findings.extend(auditor.audit_name(name))
                pending.append(f"{name}/")
            elif entry.is_file(follow_symlinks=False):
                yield name, entry.stat(follow_symlinks=False).st_size
            else:
                findings.extend(auditor.audit_name(name))
                findings.append(Finding(path=auditor._blotted(name), problem=Problem.SPECIAL_FILE))


def _shares(files: list[tuple[str, int]], count: int) -> list[list[str]]:
    """The files in ``count`` shares of about the same number of bytes, the large ones first."""
    shares: list[list[str]] = [[] for _ in range(count)]
    sizes = [0] * count
    for name, size in sorted(files, key=lambda item: (-item[1], item[0])):
        smallest = sizes.index(min(sizes))
        sizes[smallest] += size + 1
        shares[smallest].append(name)
    return [names for names in shares if names]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What every share of the files needs; see :func:`audit_site`."""

    auditor: Auditor
    site: Path
    clean: Mapping[str, bytes]
    moment: tuple[bytes, ...]
    context: bytes


def _audit_files(work: _Work, names: list[str]) -> tuple[list[Finding], set[int], dict[str, bytes]]:
    """Audit files: what was found, which answers were used, and the marks of files without findings."""
    auditor = work.auditor
    findings: list[Finding] = []
    clean: dict[str, bytes] = {}
    for name in names:
        try:
            data = (work.site / name).read_bytes()
        except OSError:
            findings.extend(auditor.audit_name(name))
            findings.append(
                Finding(path=auditor._blotted(name), problem=Problem.UNREADABLE, form="cannot_unpack")
            )
            continue
        marks = _marks(data, work.moment, work.context)
        known = work.clean.get(name, b"")
        if known not in marks:
            auditor.is_answered = False
            found = auditor.audit_name(name)
            touched = auditor.matcher.touched
            found += auditor.audit_bytes(name, data)
            findings.extend(found)
            if found or auditor.is_answered:
                continue
            known = marks[touched or auditor.matcher.touched]
        clean[name] = known
    return findings, auditor.used_answers, clean


def _marks(data: bytes, moment: tuple[bytes, ...], context: bytes) -> tuple[bytes, bytes]:
    """Digest of a file in which nothing was matched; and of one in which what was matched is published
    where it stands, which is so only as long as the same is published there."""
    spans = [(0, len(data))]
    for words in moment:
        spans = [part for span in spans for part in _parted(data, words, *span)]
    # Without a copy: a list of all records has hundreds of megabytes.
    view = memoryview(data)
    mark = digest(*(view[start:end] for start, end in spans))
    return mark, digest(context, mark)


def _parted(data: bytes, words: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of what stands around ``words`` from ``start`` to ``end``."""
    while (found := data.find(words, start, end)) >= 0:
        yield start, found
        start = found + len(words)
    yield start, end


def _page_of(name: str, piece: Piece) -> str:
    """The page that a file's words belong to: of a search fragment its page, else the file itself."""
    if not piece.address:
        return re.sub(r"\.(?:gz|br)$", "", name)
    path = unquote(urlsplit(piece.address).path).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _fits(name: str, pattern: str) -> bool:
    """``*`` stands for anything within one folder."""
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch.fnmatchcase, parts, wanted))


def _place_of(words: str, raw: str, lines_before: int) -> tuple[int, int]:
    """Line and column of words that stand in the file as they are; zeros for those that are escaped."""
    at = raw.find(words) if words else -1
    if at < 0:
        return 0, 0
    return lines_before + raw.count("\n", 0, at) + 1, at - raw.rfind("\n", 0, at)


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
