"""只撤不改 (pure withdrawal): whether a change of a record lets the public see less, and does nothing else.

Such a change may be published by one person at once, so what counts is short and closed: a person, or the whole case, is
hidden more than before; a consent, or what it allowed to be shown, is taken back; a description of the act or of somebody
goes, or whole sentences of one; a hidden name in a text gives way to its masked form. All else waits for a second person,
what would be seen only later included, for it is the record that is compared and not a page of today.

A sentence goes whole or stays letter by letter: without 没有 or 不 a half one could say the contrary, and what was quoted
could become the organ's own. What stays was approved, in this order; that it is fit to stand alone the second one confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.catalogue import coded, value_words
from generator.desk.site_diff import ChangeKind, SiteChange
from generator.disclosure.masking import surname_of

_CONSENTED = r"portrait|guardian_consent|injury_consent|injured"
"""Keys of a person that may go whoever it is: nothing is shown that was not before."""
_DESCRIBES = r"unit|post|residence|native_place|ethnicity|political_status"
"""Keys of a person that may go, hidden or not. What tells the age stays: without it a minor might count as of age."""
_ACT = r"(?:act|further_acts\[[0-9]+\])"
_OF_ACT = r"at|place|narrative|verification|loss_averted"
_TOLD_IN_SENTENCES = re.compile(rf"{_ACT}\.(?:narrative|verification)")
_OPENS, _CLOSES, _ENDS = "“‘（《「『【(", "”’）》」』】)", "。！？"
_SHOWING_LESS = (ChangeKind.REMOVED, ChangeKind.WITHDRAWN)
_SHOWING_MORE = (ChangeKind.ADDED, ChangeKind.EXPOSED, ChangeKind.DEADLINE)


def beyond_withdrawal(
    before: Mapping[str, Any], after: Mapping[str, Any], also_hidden: Iterable[str] = ()
) -> tuple[str, ...]:
    """Places of a record in which ``after`` does something else than to withdraw, in the order of the record. Both are as
    the file has them: text, lists and mappings. ``also_hidden`` are names of people whom another record hides: of a decision
    the case's."""
    old, new = leaves(before), leaves(after)
    hidden = _hidden(before, after)
    names = sorted({*_names(before, hidden), *also_hidden}, key=len, reverse=True)
    return tuple(
        path
        for path in (*new, *(path for path in old if path not in new))
        if old.get(path) != new.get(path)
        and not (
            _hides(path, hidden)
            or (path not in new and _may_go(path))
            or _is_masking(path, old.get(path), new.get(path), names)
            or _is_shortening(path, old.get(path), new.get(path), names)
        )
    )


def takes_out(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether ``after`` leaves out a description, or sentences of one."""
    old, new = leaves(before), leaves(after)
    return any(
        (path not in new and _may_go(path)) or _is_shortening(path, text, new.get(path), ())
        for path, text in old.items()
    )


def hidden_names(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """Names of everybody whom ``after`` hides more than ``before``."""
    return frozenset(_names(before, _hidden(before, after)))


def newly_hidden(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[int]:
    """Places in the list of persons of everybody whom ``after`` hides more than ``before``."""
    return _hidden(before, after).persons


def withdraws(change: SiteChange) -> bool:
    """Whether the public would see less by a change: something gone, or somebody masked."""
    return change.kind in _SHOWING_LESS or (change.field.endswith(".masked") and change.new == "true")


def showing_more(changes: Sequence[SiteChange]) -> tuple[SiteChange, ...]:
    """Changes by which the public would see something new, another last day or another status. What is newly said of
    somebody who is masked now stands for what was said before more exactly: 二十多岁 for a month of birth."""
    covered = tuple(
        (item.record, item.field.removesuffix("masked"))
        for item in changes
        if item.field.endswith(".masked") and item.new == "true"
    )
    return tuple(
        item
        for item in changes
        if (item.kind in _SHOWING_MORE or item.field == "status")
        and not any(item.record == record and item.field.startswith(person) for record, person in covered)
    )


def leaves(tree: Any, under: str = "") -> dict[str, str]:
    """Every value of a record by its place: ``persons[0].name``."""
    if isinstance(tree, dict):
        return {
            name: value
            for key, item in tree.items()
            for name, value in leaves(item, f"{under}.{key}" if under else key).items()
        }
    if isinstance(tree, list):
        return {
            name: value
            for number, item in enumerate(tree)
            for name, value in leaves(item, f"{under}[{number}]").items()
        }
    return {} if tree is None else {under: str(tree)}


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Who is hidden more than before: persons by their place in the list, and whether the whole case is."""

    persons: frozenset[int]
    case: bool


def _hidden(before: Mapping[str, Any], after: Mapping[str, Any]) -> _Hidden:
    pairs = zip(_persons(before), _persons(after), strict=False)
    return _Hidden(
        persons=frozenset(
            number
            for number, (was, now) in enumerate(pairs)
            if _rank("disclosure", now.get("disclosure")) > _rank("disclosure", was.get("disclosure"))
        ),
        case=_rank("case_level", after.get("level")) > _rank("case_level", before.get("level")),
    )


def _rank(values: str, written: Any) -> int:
    """How much a value hides: the values stand in ``values.yml`` from the most public on. A value that nobody knows hides
    nothing."""
    codes = list(value_words(values))
    code = coded(values, written)
    return codes.index(code) if code in codes else -1


def _persons(tree: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    persons = tree.get("persons")
    return [item if isinstance(item, dict) else {} for item in (persons if isinstance(persons, list) else ())]


def _names(before: Mapping[str, Any], hidden: _Hidden) -> set[str]:
    return {
        name
        for number, person in enumerate(_persons(before))
        if hidden.case or number in hidden.persons or "guardian_consent" in person
        for key in ("name", "name_as_published")
        if isinstance(name := person.get(key), str) and len(name) > 1
    }


def _hides(path: str, hidden: _Hidden) -> bool:
    """Whether the value says that somebody, or the case, is hidden, or on what ground."""
    if re.fullmatch(r"level|withholding\..*", path):
        return hidden.case
    found = re.fullmatch(r"persons\[([0-9]+)\]\.(?:disclosure|withholding\..*)", path)
    return found is not None and int(found[1]) in hidden.persons


def _may_go(path: str) -> bool:
    of_person = rf"persons\[[0-9]+\]\.(?:(?:{_CONSENTED})(?:\..*)?|{_DESCRIBES})"
    return re.fullmatch(rf"{of_person}|{_ACT}\.(?:{_OF_ACT})", path) is not None


def _is_masking(path: str, old: str | None, new: str | None, names: Iterable[str]) -> bool:
    """Whether a text is the same but for hidden names, each of which stands masked: 封某, 封某某, 某."""
    if old is None or new is None or re.fullmatch(r"persons\[[0-9]+\]\.(?:name|name_as_published|key)", path):
        return False
    return _is_masked(old, new, names)


def _is_masked(old: str, new: str, names: Iterable[str]) -> bool:
    wanted = "|".join(map(re.escape, names))
    if not wanted or re.search(wanted, old) is None:
        return False
    parts = re.split(f"({wanted})", old)
    pattern = "".join(
        _masked_or_not(part) if number % 2 else re.escape(part) for number, part in enumerate(parts)
    )
    return re.fullmatch(pattern, new) is not None


def _is_shortening(path: str, old: str | None, new: str | None, names: Sequence[str]) -> bool:
    """Whether whole sentences of a description are gone, and all others stand as they did, but for hidden names."""
    if old is None or new is None or not _TOLD_IN_SENTENCES.fullmatch(path):
        return False
    before, after = _sentences(old), _sentences(new)
    rest = iter(before)
    stay = all(any(said == was or _is_masked(was, said, names) for was in rest) for said in after)
    return stay and 0 < len(after) < len(before)


def _sentences(text: str) -> list[str]:
    """句, each with its end. What stands within quotes or brackets is never cut, nor a text in which these do not match."""
    found, depth, quoted = [""], 0, False
    for letter in text:
        found[-1] += letter
        depth += (letter in _OPENS) - (letter in _CLOSES)
        quoted ^= letter == '"'
        if depth < 0:
            return [text.strip()]
        if letter in _ENDS and not depth and not quoted:
            found.append("")
    return [text.strip()] if depth or quoted else [said for item in found if (said := item.strip())]


def _masked_or_not(name: str) -> str:
    """The name as it was, or its masked form."""
    surname = re.escape(surname_of(name))
    return f"(?:{re.escape(name)}|(?:{surname})?[某×*＊]{{1,3}}[甲乙丙丁戊己庚辛壬癸]?)"
