"""泄漏审核 (leak audit): every byte of a built site is read, and nothing withheld may stand in it.

Fails closed: what cannot be read, or is of an unknown type, is a finding. A withheld word that equals
a published one is told apart by where it stands; what cannot be told apart is listed for a human, who
answers in the private record.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
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
_GEOMETRY = re.compile(r'\s(?:d|points|transform|viewBox|values|keyTimes|stroke-dasharray)="[^"]*"')
_CALENDAR_UID = re.compile(r"(?m)^UID:.*$")
_BLOT = "▇"


class Auditor:
    """审核器 for one set of secrets; audits single files, in memory or from disk."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self.matcher = Matcher(secrets)
        self._clean: set[bytes] = set()
        # Whether anything was matched, even where the path or a human's answer then allowed it.
        self._matched = False
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
        if len(data) < _WORTH_COMPARING or not name.endswith((".html", ".svg", ".xml")):
            return counted(self._findings(name, data))
        page = Page(data, self._clean)
        self._matched = False
        if not any(self._findings(name, page.unread)):
            if not self._matched:
                page.remember(self._clean)
            return ()
        # Something was found: now the page is read in full, so that each finding has its place.
        return counted(self._findings(name, data))

    def audit_name(self, name: str) -> tuple[Finding, ...]:
        """审核路径: the last part of a path inside the site, read together with what stands before it."""
        plain = unescape(name)
        last = plain.rfind("/") + 1
        path = self._blotted(name)
        found: list[Finding] = []
        for match in self.matcher.in_text(plain, is_path=True):
            if match.end > last:
                found.extend(self._match_findings(name, Piece(), "", match, form="path"))
        found.extend(
            _of_identifier(path, "", 0, 0, hit.kind, hit.end - hit.start)
            for hit in find_identifiers(plain, allowed=self.secrets.allowed_identifiers)
            if hit.end > last
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
        self._matched = True
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


def audit_site(site: Path, secrets: Secrets, *, jobs: int = 1) -> AuditReport:
    """审核已建成的站点 in the folder ``site``: every file, every path, every byte.

    ``jobs`` processes share the work.
    """
    auditor = Auditor(secrets)
    findings: list[Finding] = list(auditor.standing_findings())
    files = list(_walk(site, findings, auditor))
    if not files:
        findings.append(Finding(path=".", problem=Problem.EMPTY_SITE))
    total = sum(size for _, size in files)
    if jobs <= 1 or total < _WORTH_A_PROCESS:
        findings.extend(_audit_files(auditor, site, [name for name, _ in files]))
    else:
        for found, used in parallel(_work, (auditor, site), _shares(files, jobs * 4), jobs):
            findings.extend(found)
            auditor.used_answers |= used
    findings.extend(auditor.unused_answers())
    return AuditReport(files=len(files), bytes_read=total, findings=counted(findings))


def _walk(site: Path, findings: list[Finding], auditor: Auditor) -> Iterator[tuple[str, int]]:
    """Every regular file with its size, sorted; folders' and files' names are audited on the way."""
    pending = [site]
    while pending:
        folder = pending.pop()
        for entry in sorted(os.scandir(folder), key=lambda item: item.name):
            name = Path(entry.path).relative_to(site).as_posix()
            findings.extend(auditor.audit_name(name))
            if entry.is_dir(follow_symlinks=False):
                pending.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield name, entry.stat(follow_symlinks=False).st_size
            else:
                findings.append(Finding(path=auditor._blotted(name), problem=Problem.SPECIAL_FILE))


def _audit_files(auditor: Auditor, site: Path, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        try:
            data = (site / name).read_bytes()
        except OSError:
            yield Finding(path=auditor._blotted(name), problem=Problem.UNREADABLE, form="cannot_unpack")
        else:
            yield from auditor.audit_bytes(name, data)


def _shares(files: list[tuple[str, int]], count: int) -> list[list[str]]:
    """The files in ``count`` shares of about the same number of bytes, the large ones first."""
    shares: list[tuple[int, list[str]]] = [(0, []) for _ in range(count)]
    for name, size in sorted(files, key=lambda item: (-item[1], item[0])):
        smallest = min(range(count), key=lambda index: shares[index][0])
        shares[smallest] = (shares[smallest][0] + size + 1, [*shares[smallest][1], name])
    return [names for _, names in shares if names]


def _work(shared: tuple[Auditor, Path], names: list[str]) -> tuple[list[Finding], set[int]]:
    auditor, site = shared
    return list(_audit_files(auditor, site, names)), auditor.used_answers


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
