"""审核的数据形状: what must not be found, what was found, and how it is told.

Nothing here knows about records: whoever reads records makes :class:`Secrets` of them. The text of a
secret is never printed; findings carry its kind, its length and the form in which it stood there.
"""

from __future__ import annotations

import itertools
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import NamedTuple, Protocol, overload

from generator.catalogue import term_words
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.spellings.folding import fold
from generator.system.hashing import digest

SECRET_KINDS = frozenset(
    {
        *("name", "unit", "school", "address", "number", "birth_date"),
        *("narrative", "case_number", "note", "id", "other"),
    }
)
GENERATED = "generated"
"""Instead of a path in an answer: every file that the program makes (``生成的文件`` means the same)."""
ANSWERED_EVERYWHERE = frozenset({"name", "unit", "school", "address", "other"})
"""Kinds of words that may be ordinary words. A number or a narrative never is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """须保守的字句. ``label`` is the file of the private record, for the staff's terminal only. ``hidden``: a name
    of which not even a part may be shown, as a masked person's surname is. A ``birth_date`` is written 1969-12-03."""

    text: str = field(repr=False)
    label: str
    kind: str
    hidden: bool = False

    def __post_init__(self) -> None:
        if self.kind not in SECRET_KINDS:
            raise ValueError(f"unknown kind of secret: {self.kind}")


class Words(Protocol):
    """What of a record's words makes a :class:`Secret`."""

    @property
    def text(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def hidden(self) -> bool: ...


class SecretStrings(Sequence[Secret]):
    """须保守的字句 of private records, each record's together. A :class:`Secret` is made when it is asked for: a later audit
    asks for few."""

    def __init__(self, records: Mapping[str, Sequence[Words]]) -> None:
        self.records = {label: words for label, words in records.items() if words}
        self._labels = list(self.records)
        self._firsts = [0, *accumulate(map(len, self.records.values()))]

    @classmethod
    def of(cls, secrets: Sequence[Secret]) -> SecretStrings:
        """The same of strings in any order."""
        if isinstance(secrets, SecretStrings):
            return secrets
        records: dict[str, list[Secret]] = {}
        for secret in secrets:
            records.setdefault(secret.label, []).append(secret)
        return cls(records)

    def __len__(self) -> int:
        return self._firsts[-1]

    @overload
    def __getitem__(self, number: int) -> Secret: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[Secret, ...]: ...

    def __getitem__(self, number: int | slice) -> Secret | tuple[Secret, ...]:
        numbers = range(len(self))[number]
        if isinstance(numbers, range):
            return tuple(self[item] for item in numbers)
        which = bisect_right(self._firsts, numbers) - 1
        label = self._labels[which]
        return _secret(label, self.records[label][numbers - self._firsts[which]])

    def __iter__(self) -> Iterator[Secret]:
        return (secret for label in self._labels for secret in self.of_record(label))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SecretStrings) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # nobody asks for it

    def of_record(self, label: str) -> Iterator[Secret]:
        """Those of one private record."""
        return (_secret(label, words) for words in self.records.get(label, ()))

    def numbers(self) -> dict[str, range]:
        """Of each private record the numbers of its strings."""
        return dict(zip(self._labels, itertools.starmap(range, pairwise(self._firsts)), strict=True))


def _secret(label: str, words: Words) -> Secret:
    return Secret(text=words.text, label=label, kind=words.kind, hidden=words.hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """人工判定: in files matching ``pattern`` a human judged ``text`` to be somebody or something else.

    ``pattern`` is a path inside the site, ``*`` stands for anything within one folder; or
    :data:`GENERATED`, for a name that is an ordinary word of the site (单位, 时间): good in every file but
    the pages that people write. Recorded in the private record ``label`` and good for that record's own
    words only. ``text`` is the withheld word, or the part of it that was found.
    """

    pattern: str
    text: str = field(repr=False)
    label: str

    @property
    def is_too_broad(self) -> bool:
        """True when the pattern names no folder or file: that would be a switch, not an answer."""
        stem = re.sub(r"\.[a-z0-9*?]+$", "", self.pattern)
        return not re.search(r"[^\W_]{2}", re.sub(r"\[[^\]]*\]|[*?]", "", stem))


def parse_answer(written: str, label: str) -> Answer:
    """读一条判定 written ``文件: 字句`` in a private record.

    One without a file or without words names nothing, so it counts as too broad and is told.
    """
    pattern, colon, text = re.sub("：", ":", written, count=1).partition(":")
    if not colon or not fold(text):
        pattern = ""
    pattern = pattern.strip().lstrip("/")
    if pattern == "生成的文件":
        pattern = GENERATED
    return Answer(pattern=pattern, text=text.strip(), label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """审核的依据.

    ``strings``              every withheld word of every record.
    ``published``            names and other words that the site publishes lawfully somewhere.
    ``published_at``         for each of these, the files (paths inside the site) it belongs to. A
                             withheld word that equals a published one is no leak there; elsewhere a
                             human has to judge.
    ``over_records``         files over many records: any published word may stand there.
    ``told``                 for parts of names and the like (冀某, 建国) that public records tell by
                             themselves, each file it stands in with the private record (``label``) of it:
                             there it is no leak of another record.
    ``hand_written``         files that people write: no answer for generated files holds there.
    ``wording``              the site's own words: where a given name is one of them it tells nobody
                             anything.
    ``ordinary``             passages of narratives and days that public records have too.
    ``common``               words of the public at large (cities, districts, organs): a withheld
                             word that is nothing but such a word tells nobody anything.
    ``allowed_identifiers``  telephone numbers, addresses and e-mail addresses that offices declare.
    ``answers``              what humans have judged.
    """

    strings: Sequence[Secret] = ()
    published: frozenset[str] = frozenset()
    published_at: Mapping[str, frozenset[str]] = field(default_factory=dict)
    over_records: frozenset[str] = frozenset()
    told: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    hand_written: frozenset[str] = frozenset()
    wording: str = field(default="", repr=False)
    ordinary: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    allowed_identifiers: frozenset[str] = frozenset()
    answers: tuple[Answer, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "strings", SecretStrings.of(self.strings))
        # A plain dict can be sent to another process.
        object.__setattr__(self, "published_at", dict(self.published_at))
        object.__setattr__(self, "told", dict(self.told))

    @property
    def by_record(self) -> SecretStrings:
        """``strings``, each record's together, as they always are."""
        assert isinstance(self.strings, SecretStrings)
        return self.strings

    def searched_for(
        self, earlier: Searched | None = None, told: Mapping[str, bytes] = MappingProxyType({})
    ) -> Searched:
        """查找范围: what is told of a site that was audited for these secrets. What ``earlier`` has of the same words is
        not worked out again. ``told``: digests of the words of records, where they are known."""
        known = {} if earlier is None else earlier.strings
        strings: dict[str, Marks] = {}
        for label, own in self.by_record.records.items():
            mark = told.get(label) or mark_of(own)
            kept = known.get(label)
            strings[label] = kept if kept and kept.together == mark else Marks(mark, _each(own))
        return Searched(
            strings=strings,
            passed_over=frozenset(
                digest(word.encode("utf-8", "surrogatepass"))
                for word in (*self.common, *self.allowed_identifiers, *self.ordinary)
            ),
            wording=digest(self.wording.encode()),
            published=frozenset(digest(word.encode("utf-8", "surrogatepass")) for word in self.published),
        )

    def added_since(self, earlier: Searched, now: Searched | None = None) -> tuple[Secret, ...] | None:
        """Strings that were not searched for then; None where all has to be searched for again, because what was
        passed over then is not now. ``now`` is :meth:`searched_for`."""
        now = now or self.searched_for(earlier)
        if now.wording != earlier.wording or not earlier.passed_over <= now.passed_over:
            return None
        changed = {label for label, marks in now.strings.items() if earlier.strings.get(label) != marks}
        before = {label: earlier.strings[label].each for label in changed & earlier.strings.keys()}
        return tuple(
            secret
            for label in now.strings
            if label in changed
            for secret in self.by_record.of_record(label)
            if digest(*_told_of(secret)) not in before.get(label, ())
        )


class PublishedWhere:
    """公布之处: of each page, as a digest, which published words may stand there. It decides what a match means, and does not
    matter where there is none. Beside it the words that are published anywhere decide; more of them let more stand."""

    def __init__(self, secrets: Secrets) -> None:
        self._over_records = secrets.over_records
        self._words: dict[str, list[str]] = {}
        for word, pages in secrets.published_at.items():
            for page in pages:
                self._words.setdefault(page, []).append(word)

    def of(self, page: str) -> bytes:
        """The digest of one page; never empty."""
        return digest(self._told(page))

    @cached_property
    def anywhere(self) -> bytes:
        """The digest of all pages together."""
        pages = sorted(self._words.keys() | self._over_records)
        return digest(*(part for page in pages for part in (page.encode(), self._told(page))))

    def _told(self, page: str) -> bytes:
        told = (page in self._over_records, sorted(self._words.get(page, ())))
        return json.dumps(told, ensure_ascii=True).encode()


class Marks(NamedTuple):
    """记号 of a record's words, as digests: of all of them together, and of each."""

    together: bytes
    each: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """查找范围 of an audit, as digests: the strings of each record, the words and numbers that were passed over as anybody's or as
    ordinary, the site's own wording, and the words that the site publishes."""

    strings: Mapping[str, Marks]
    passed_over: frozenset[bytes]
    wording: bytes
    published: frozenset[bytes] = frozenset()
    rests_on: bytes = b""
    """Digest of all that the audit was told, where it found nothing whatever; else empty."""


def mark_of(words: Iterable[Words]) -> bytes:
    """Digest of a record's words, all of them together."""
    told = "".join([f"{item.kind} {item.hidden} {len(item.text)} {item.text}\n" for item in words])
    return digest(told.encode("utf-8", "surrogatepass"))


def _told_of(secret: Words) -> tuple[bytes, bytes]:
    return f"{secret.kind} {secret.hidden}".encode(), secret.text.encode("utf-8", "surrogatepass")


def _each(strings: Iterable[Words]) -> tuple[bytes, ...]:
    return tuple(digest(*_told_of(secret)) for secret in strings)


class Problem(StrEnum):
    """发现的种类, each with its code."""

    LEAK = "AUD001"
    POSSIBLE = "AUD002"
    IDENTIFIER = "AUD003"
    UNKNOWN_TYPE = "AUD004"
    UNREADABLE = "AUD005"
    POSITION = "AUD006"
    SPECIAL_FILE = "AUD007"
    TOO_SHORT = "AUD008"
    BROAD_ANSWER = "AUD009"
    UNUSED_ANSWER = "AUD010"
    EMPTY_SITE = "AUD011"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """一处发现.

    ``path`` is inside the site, with forward slashes; where the path itself leaks, the leaking part
    is blotted out. ``inner`` says where inside a packed file, ``offset`` at which byte of what is no text
    (-1 where that is not known). ``what`` is the kind of the secret or
    identifier, ``length`` its length in characters, ``form`` the way it was written there. ``label``
    is the private record.
    """

    path: str
    problem: Problem
    inner: str = ""
    line: int = 0
    column: int = 0
    offset: int = -1
    what: str = ""
    form: str = ""
    length: int = 0
    label: str = ""
    times: int = 1

    def diagnostic(self, *, for_terminal: bool) -> Diagnostic:
        """诊断. Only for the staff's own terminal does it point to the private record."""
        terms = {
            "inner": self._where(),
            "length": str(self.length),
            "times": str(self.times),
            **{f"what_{language}": word for language, word in _word(self.what).items()},
            **{f"form_{language}": word for language, word in _word(self.form).items()},
        }
        related = (Place(path=self.label, shown=False),) if self.label and for_terminal else ()
        place = Place(
            path=self.path,
            line=self.line or None,
            column=self.column or None,
            field=self.inner or None,
            shown=False,
        )
        return diagnose(self.problem.value, place, terms=terms, related=related)

    def _where(self) -> str:
        """``xl/sharedStrings.xml``, ``@1024`` (a byte) or both."""
        byte = f"@{self.offset}" if self.offset >= 0 else ""
        return " ".join(filter(None, (self.inner, byte))) or "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """审核报告: what was read and what was found, sorted by file.

    ``clean`` are the files in which nothing was found without a human's answer, each with what :class:`PublishedWhere` says
    of its page if that is the reason, else with nothing. It depends on :meth:`Secrets.searched_for` and the software too;
    with a reason, also on the words that are published anywhere: they may become more.
    """

    files: int
    bytes_read: int
    findings: tuple[Finding, ...]
    clean: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """True when nothing found stops the site from being published."""
        warnings = (Problem.TOO_SHORT, Problem.UNUSED_ANSWER)
        return all(finding.problem in warnings for finding in self.findings)

    def diagnostics(self, *, for_terminal: bool = False) -> tuple[Diagnostic, ...]:
        """诊断 of all findings, in order. ``for_terminal`` adds which private record."""
        return tuple(finding.diagnostic(for_terminal=for_terminal) for finding in self.findings)


def counted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings sorted, equal ones told once with their number; of those at several bytes the first."""
    times: dict[Finding, int] = {}
    offsets: dict[Finding, int] = {}
    for finding in findings:
        alike = replace(finding, offset=-1, times=1)
        times[alike] = times.get(alike, 0) + finding.times
        offsets[alike] = min(offsets.get(alike, finding.offset), finding.offset)
    return tuple(replace(item, offset=offsets[item], times=number) for item, number in sorted(times.items()))


def _word(key: str) -> Mapping[str, str]:
    return term_words().get(key, {"zh": key or "—", "en": key or "—"})
