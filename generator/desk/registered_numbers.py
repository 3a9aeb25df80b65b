"""已用的编号 (registered numbers): what the registry and the ledger have given out, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin

from generator.cases.case_files import find_case_files
from generator.catalogue import coded
from generator.desk.record_drafts import Draft
from generator.project.discovery import DECISIONS, discover
from generator.project.settings import Settings
from generator.publication_log.publication_ledger import read_ledger
from generator.source.yaml_reader import UnreadableError, read_tree
from generator.spellings.numbering import HIDDEN_FROM

_PUBLIC_SERIES = re.compile("[a-z]+-[0-9]{4}-[dh]?")


@dataclass(slots=True, kw_only=True)
class Registered:
    """登记册里已有的: records of one jurisdiction by case number, and every number that was given out."""

    jurisdiction: str
    name: str
    """Short name of the jurisdiction."""
    drafts: dict[str, Draft] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    """Highest number given out, by series (``changsha-2012-h``) and by the stem of case numbers (``cs12-``)."""
    prefixes: list[str] = field(default_factory=list)

    def next_case(self, year: str) -> str:
        """The next internal case number, in the manner of those that exist: ``cs12-0003``."""
        known = self.prefixes
        own = max(sorted(set(known)), key=known.count) if known else self._initials()
        return f"{own}{year[2:]}-{self._next(f'{own}{year[2:]}-'):04}"

    def next_honour(self, year: str, *, public: bool) -> str:
        """The next number of an honour: ``changsha-2012-h0003``; above :data:`HIDDEN_FROM` unless it is public."""
        series = f"{self.jurisdiction}-{year}-h"
        number = self._next(series) if public else self._next(f"{series}hidden", HIDDEN_FROM)
        return f"{series}{number:04}"

    def next_notice(self, year: str, *, public: bool) -> str:
        """The next number of a notice: ``changsha-2026-0007``; above :data:`HIDDEN_FROM` unless it is public."""
        series = f"{self.jurisdiction}-{year}-"
        number = self._next(series) if public else self._next(f"{series}hidden", HIDDEN_FROM)
        return f"{series}{number:04}"

    def _initials(self) -> str:
        return "".join(lazy_pinyin(self.name, style=Style.FIRST_LETTER))[:4].lower()

    def _next(self, series: str, above: int = 0) -> int:
        number = max(self.numbers.get(series, 0), above) + 1
        self.numbers[series] = number
        return number


def registered(settings: Settings, jurisdiction: str) -> Registered:
    """What ``jurisdiction`` has in the registry, and the numbers of all. Files that cannot be read are left to
    ``yiyong check``."""
    made = Registered(jurisdiction=jurisdiction, name=settings.jurisdictions[jurisdiction].name)
    for path in find_case_files(settings.root):
        relative = path.relative_to(settings.root).as_posix()
        try:
            data = path.read_bytes()
            tree: Any = read_tree(data)
        except (OSError, UnreadableError):
            continue
        if not isinstance(tree, dict):
            continue
        note_numbers(made, tree)
        if tree.get("jurisdiction") == jurisdiction and isinstance(case := tree.get("case"), str):
            give_keys(tree)
            made.drafts[case] = Draft(path=relative, tree=tree, text=data.decode("utf-8-sig"))
            if stem := re.match("[a-z]{1,4}(?=[0-9]{2}-)", case):
                made.prefixes.append(stem[0])
    for path in discover(settings.root).on(DECISIONS):
        for number in _numbers_of_decision(path):
            _note(made, number)
    ledger, _ = read_ledger(settings.root)
    for number in ledger.last_states():
        _note(made, number)
    return made


def _numbers_of_decision(path: Path) -> Iterator[str]:
    """The number of a decision and those of the honours that it grants; none of a file that cannot be read."""
    try:
        tree: Any = read_tree(path.read_bytes())
        ids = [tree["id"], *(grant["id"] for tier in tree["tiers"] for grant in tier["grants"])]
    except (OSError, UnreadableError, KeyError, TypeError):
        return
    yield from (number for number in ids if isinstance(number, str))


def note_numbers(made: Registered, tree: Mapping[str, Any]) -> None:
    """Take note of every number that a record has."""
    honours = tree.get("honours")
    ids = [item.get("id") for item in honours if isinstance(item, dict)] if isinstance(honours, list) else []
    notice = tree.get("notice")
    ids += [notice.get("id") if isinstance(notice, dict) else None, tree.get("case")]
    for number in ids:
        if isinstance(number, str):
            _note(made, number)


def _note(made: Registered, number: str) -> None:
    found = re.fullmatch("(.*-[dh]?)([0-9]{1,7})", number)
    if found is None:
        return
    series, value = found[1], int(found[2])
    if _PUBLIC_SERIES.fullmatch(series) and value > HIDDEN_FROM:
        series = f"{series}hidden"
    made.numbers[series] = max(value, made.numbers.get(series, 0))


def give_keys(tree: dict[str, Any]) -> None:
    """Fill in the keys that a record leaves out: its persons are then p1, p2 and so on."""
    for number, person in enumerate(tree.get("persons", ()), start=1):
        if isinstance(person, dict):
            person.setdefault("key", f"p{number}")


def may_be_public(tree: Mapping[str, Any], persons: Sequence[Mapping[str, Any]]) -> bool:
    """Whether something of the record about ``persons`` may ever be public as it stands: then it takes a number of
    the public ones."""
    hidden = persons and all(coded("disclosure", item.get("disclosure")) == "withheld" for item in persons)
    return coded("case_level", tree.get("level")) != "confidential" and not hidden


def numbered(
    tree: Mapping[str, Any], known: Callable[[str], Registered], *, dry: bool = False
) -> dict[str, str]:
    """What the notice and the honours of a record still need before it is registered, by field: their numbers, and for an
    honour without recipients all persons of the case. ``known`` tells what a jurisdiction has given out; ``dry``: only
    whether something is missing, with empty values."""
    notice, honours, persons = tree.get("notice"), tree.get("honours"), tree.get("persons")
    persons = [item for item in persons if isinstance(item, dict)] if isinstance(persons, list) else []
    due: list[tuple[str, str]] = []
    if isinstance(notice, dict) and "id" not in notice:
        due.append(("notice.id", str(notice.get("published_at", ""))[:4]))
    found: dict[str, str] = {}
    for number, honour in enumerate(honours if isinstance(honours, list) else ()):
        if not isinstance(honour, dict):
            continue
        if "id" not in honour:
            due.append((f"honours[{number}].id", str(honour.get("decided_on", ""))[:4]))
        if "recipients" not in honour and honour.get("to_group") not in ("true", "是") and persons:
            keys = [str(item.get("key", f"p{place}")) for place, item in enumerate(persons, 1)]
            found[f"honours[{number}].recipients"] = "\n".join(keys)
    due = [(name, year) for name, year in due if re.fullmatch("[0-9]{4}", year)]
    if not due or dry:
        return found | {name: "" for name, _ in due}
    register = known(str(tree.get("jurisdiction", "")))
    public = may_be_public(tree, persons)
    for name, year in due:
        take = register.next_notice if name == "notice.id" else register.next_honour
        found[name] = take(year, public=public)
    return found
