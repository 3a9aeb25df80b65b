"""泄漏审核 (leak audit): every byte of a built site is read, and nothing withheld may stand in it.

Fails closed: what cannot be read, or is of an unknown type, is a finding. A withheld word that equals
a published one is told apart by where it stands; what cannot be told apart is listed for a human, who
answers in the private record.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from generator.audit.decoding import streams, unescape
from generator.audit.matcher import Match, Matcher
from generator.audit.model import AuditReport, Finding, Problem, Secrets, counted
from generator.audit.repeated import Page
from generator.audit.unpacking import Piece, unpack
from generator.disclosure.folding import fold
from generator.disclosure.identifiers import IdentifierKind, find_identifiers
from generator.workers import parallel

_WORTH_A_PROCESS = 4 * 1024 * 1024
_WORTH_COMPARING = 4 * 1024
_MARK = 16
"""Bytes of a file's digest."""
_GEOMETRY = re.compile(r'\s(?:d|points|transform|viewBox|values|keyTimes|stroke-dasharray)="[^"]*"')
_CALENDAR_UID = re.compile(r"(?m)^UID:.*$")
_BLOT = "▇"


class Auditor:
    """审核器 for one set of secrets; audits single files, in memory or from disk."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self.matcher = Matcher(secrets)
        self._clean: set[bytes] = set()
        self.used_answers: set[int] = set()
        self._published_at: dict[str, set[str]] = {fold(word): set() for word in secrets.published}
        for word, paths in secrets.published_at.items():
            self._published_at.setdefault(fold(word), set()).update(paths)
        self._folded = [fold(secret.text) for secret in secrets.strings]
        self._answers: dict[tuple[str, str], list[int]] = {}
        for number, answer in enumerate(secrets.answers):
            if not answer.is_too_broad:
                self._answers.setdefault((answer.label, fold(answer.text)), []).append(number)

    def audit_bytes(self, name: str, data: bytes) -> tuple[Finding, ...]:
        """审核一个文件 that is still in memory. ``name`` is its path inside the site."""
        self.matcher.touched = False
        if len(data) < _WORTH_COMPARING or not name.endswith((".html", ".svg", ".xml")):
            return counted(self._findings(name, data))
        page = Page(data, self._clean)
        if not any(self._findings(name, page.unread)):
            if not self.matcher.touched:
                page.remember(self._clean)
            return ()
        # Something was found: now the page is read in full, so that each finding has its place.
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

    def _findings(self, name: str, data: bytes) -> Iterator[Finding]:
        path = self._blotted(name)
        for piece in unpack(name, data):
            if piece.problem is not None:
                yield Finding(path=path, problem=piece.problem, inner=piece.inner, form=piece.reason)
            elif piece.text is not None:
                yield from self._text_findings(name, path, piece, piece.text)
            else:
                yield from self._byte_findings(name, piece, piece.data or b"")

    def _text_findings(self, name: str, path: str, piece: Piece, text: str) -> Iterator[Finding]:
        for stream in streams(text):
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
                    line, column = _place_of(readable[hit.start : hit.end], text)
                    yield _of_identifier(path, piece.inner, line, column, hit.kind, hit.end - hit.start)

    def _byte_findings(self, name: str, piece: Piece, data: bytes) -> Iterator[Finding]:
        for owner, form, certain in self.matcher.in_bytes(data, is_text=piece.kind == "encoded"):
            match = Match(owner=owner, form=form, start=0, end=0, certain=certain)
            yield from self._match_findings(name, piece, "", match, form=form)

    def _match_findings(
        self, name: str, piece: Piece, stream: str, match: Match, *, form: str, raw: str = ""
    ) -> Iterator[Finding]:
        secret = self.secrets.strings[match.owner]
        certain = match.certain
        published_at = self._published_at.get(self._folded[match.owner])
        if published_at is not None:
            # The words of the search index come from its fragments, and those are judged page by page.
            page = _page_of(name, piece)
            if piece.kind == "search" or page in published_at or page in self.secrets.over_records:
                return
            certain = False
        if self._is_answered(name, piece, match.owner):
            return
        line, column = _place_of(stream[match.start : match.end], raw)
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
        for number in self._answers.get((secret.label, self._folded[owner]), ()):
            pattern = self.secrets.answers[number].pattern
            if _fits(name, pattern) or _fits(_page_of(name, piece), pattern):
                self.used_answers.add(number)
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

    ``jobs`` processes share the work. ``clean`` are files of which it is known that a search for these
    secrets, or for more, finds nothing at all, by the digests of their bytes
    (:attr:`AuditReport.clean`): a file that is still the same is not searched again. The same it is too when
    it differs only in the ``moment`` for which the site was built, in the ways in which pages tell it: that
    comes from the clock and from no record.
    """
    auditor = Auditor(secrets)
    walked = _walk(site, auditor, clean)
    findings = [*auditor.standing_findings(), *walked.findings]
    if not walked.files:
        findings.append(Finding(path=".", problem=Problem.EMPTY_SITE))
    total = sum(size for _, size in walked.files)
    shares = [[name for name, _ in walked.files]]
    if jobs > 1 and total >= _WORTH_A_PROCESS:
        shares = _shares(walked.files, jobs * 4)
    untouched: dict[str, bytes] = {}
    for found, used, marks in parallel(_work, (auditor, site, clean, moment), shares, jobs):
        findings.extend(found)
        auditor.used_answers |= used
        untouched.update(marks)
    if walked.touched:
        below = tuple(f"{folder}/" for folder in walked.touched)
        untouched = {name: mark for name, mark in untouched.items() if not name.startswith(below)}
    findings.extend(auditor.unused_answers())
    return AuditReport(files=len(walked.files), bytes_read=total, findings=counted(findings), clean=untouched)


@dataclass(slots=True)
class _Walked:
    """What stands in a site: every regular file with its size, what is to be said of the names of folders
    and of what is no file, and the folders in whose names anything was found."""

    files: list[tuple[str, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)


def _walk(site: Path, auditor: Auditor, clean: Mapping[str, bytes]) -> _Walked:
    walked = _Walked()
    # Nothing was found in the whole path of a clean file.
    known = {name.rpartition("/")[0] for name in clean}
    pending = [site]
    while pending:
        folder = pending.pop()
        for entry in sorted(os.scandir(folder), key=lambda item: item.name):
            name = Path(entry.path).relative_to(site).as_posix()
            if entry.is_dir(follow_symlinks=False):
                pending.append(Path(entry.path))
                if name not in known:
                    walked.findings.extend(auditor.audit_name(name))
                    if auditor.matcher.touched:
                        walked.touched.append(name)
            elif entry.is_file(follow_symlinks=False):
                walked.files.append((name, entry.stat(follow_symlinks=False).st_size))
            else:
                walked.findings.extend(auditor.audit_name(name))
                walked.findings.append(Finding(path=auditor._blotted(name), problem=Problem.SPECIAL_FILE))
    return walked


def _shares(files: list[tuple[str, int]], count: int) -> list[list[str]]:
    """The files in ``count`` shares of about the same number of bytes, the large ones first."""
    shares: list[list[str]] = [[] for _ in range(count)]
    sizes = [0] * count
    for name, size in sorted(files, key=lambda item: (-item[1], item[0])):
        smallest = sizes.index(min(sizes))
        sizes[smallest] += size + 1
        shares[smallest].append(name)
    return [names for names in shares if names]


def _work(
    shared: tuple[Auditor, Path, Mapping[str, bytes], tuple[str, ...]], names: list[str]
) -> tuple[list[Finding], set[int], dict[str, bytes]]:
    """Audit files: what was found, which answers were used, and the digests of files without anything."""
    auditor, site, clean, moment = shared
    told = [words.encode() for words in moment]
    findings: list[Finding] = []
    untouched: dict[str, bytes] = {}
    for name in names:
        try:
            data = (site / name).read_bytes()
        except OSError:
            findings.extend(auditor.audit_name(name))
            findings.append(
                Finding(path=auditor._blotted(name), problem=Problem.UNREADABLE, form="cannot_unpack")
            )
            continue
        mark = _mark(data, told)
        if clean.get(name) != mark:
            found = auditor.audit_name(name)
            touched = auditor.matcher.touched
            found += auditor.audit_bytes(name, data)
            findings.extend(found)
            if found or touched or auditor.matcher.touched:
                continue
        untouched[name] = mark
    return findings, auditor.used_answers, untouched


def _mark(data: bytes, moment: list[bytes]) -> bytes:
    for words in moment:
        data = data.replace(words, b"\0")
    return hashlib.blake2b(data, digest_size=_MARK).digest()


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


def _place_of(words: str, raw: str) -> tuple[int, int]:
    """Line and column of words that stand in the file as they are; zeros for those that are escaped."""
    at = raw.find(words) if raw else -1
    if at < 0:
        return 0, 0
    return raw.count("\n", 0, at) + 1, at - raw.rfind("\n", 0, at)


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
