"""撤下 (withdrawal): a person who is no longer to be shown, and everything in which they still are.

The record says so at once, for a record that says so cannot be published with the name. What is left for people to do
is listed: texts to reword, other files with the same name, and every address under which the public has seen it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.audit import Secret, Secrets, audit_site
from generator.cases.case_files import find_case_files
from generator.catalogue import coded, desk_wording, value_words
from generator.desk.case_form import is_private
from generator.desk.pure_withdrawal import leaves, newly_hidden
from generator.desk.record_drafts import Draft
from generator.desk.registered_numbers import give_keys
from generator.diagnostics import Diagnostic
from generator.disclosure.masking import mask_names
from generator.pipeline.outbox_step import Mentions, mentions
from generator.project.discovery import DECISIONS, discover
from generator.project.layers import page_files
from generator.source.finding import format_path, parse_path
from generator.source.yaml_reader import UnreadableError, read_tree

_NAMED = re.compile(r"persons\[[0-9]+\]\.(?:name|name_as_published|key)")
_SILENT = "PUB013"
"""Code of a record of which what was published changed without a correction."""
_TELLS_A_NAME = frozenset(("AUD001", "AUD002"))


def find_record(root: Path, number: str) -> Draft | None:
    """The record of a case number, or of the public number of its notice or of one of its honours."""
    for path in find_case_files(root):
        try:
            data = path.read_bytes()
            if number.encode() not in data:
                continue
            tree: Any = read_tree(data)
        except (OSError, UnreadableError):
            continue
        if isinstance(tree, dict) and number in (tree.get("case"), *public_numbers(tree)):
            give_keys(tree)
            return Draft(path=path.relative_to(root).as_posix(), tree=tree, text=data.decode("utf-8-sig"))
    return None


def public_numbers(tree: Mapping[str, Any]) -> tuple[str, ...]:
    """公开的编号 of one record: its notice's, then its honours'."""
    notice, honours = tree.get("notice"), tree.get("honours")
    parts = [notice, *(honours if isinstance(honours, list) else ())]
    return tuple(str(part["id"]) for part in parts if isinstance(part, dict) and "id" in part)


def find_person(draft: Draft, said: str) -> int | None:
    """Which person of the record is meant, by key or by name; None where none or several can be."""
    persons = draft.tree.get("persons", ())
    meant = [
        number
        for number, person in enumerate(persons)
        if isinstance(person, dict)
        and said in (person.get("key"), person.get("name"), person.get("name_as_published"))
    ]
    return meant[0] if len(meant) == 1 else None


def withdraw(draft: Draft, person: int, disclosure: str, withholding: Mapping[str, str]) -> tuple[str, ...]:
    """Let the record say that ``person`` is ``masked`` or ``withheld``, on what ground, in the language in which it
    says so now; the portrait goes with the name. Returns the texts in which the name was masked."""
    entry = draft.tree["persons"][person]
    was = entry.get("disclosure")
    words = value_words("disclosure")[disclosure]
    said = disclosure if was in value_words("disclosure") else words[0]
    draft.puts.append((("persons", person, "disclosure"), said))
    draft.puts.append((("persons", person, "withholding"), dict(withholding)))
    if "portrait" in entry:
        draft.gone.append(("persons", person, "portrait"))
    if disclosure != "masked":
        return ()
    return mask_texts(draft, names_of(draft, person), masked_name(draft, person))


def names_of(draft: Draft, person: int) -> tuple[str, ...]:
    """姓名 of a person as the record has them, the longest first."""
    entry = draft.tree["persons"][person]
    found = {entry.get(key) for key in ("name", "name_as_published")}
    return tuple(sorted((name for name in found if isinstance(name, str) and len(name) > 1), key=len))[::-1]


def masked_name(draft: Draft, person: int) -> str:
    """The name as the pages will show it beside the others of the case who are masked."""
    persons = draft.tree["persons"]
    hidden = [
        number
        for number, item in enumerate(persons)
        if number == person or coded("disclosure", item.get("disclosure")) == "masked"
    ]
    shown = [
        str(persons[number].get("name") or persons[number].get("name_as_published")) for number in hidden
    ]
    return mask_names(shown)[hidden.index(person)]


def mask_texts(draft: Draft, names: Iterable[str], masked: str) -> tuple[str, ...]:
    """Write ``masked`` for each of ``names`` in every text of a record that is for the public; where."""
    done = []
    before = {format_path(path): str(value) for path, value in draft.puts if isinstance(value, str)}
    for field, text in {**leaves(draft.tree), **before}.items():
        if is_private(field) or _NAMED.fullmatch(field):
            continue
        said = text
        for name in names:
            said = said.replace(name, masked)
        if said != text:
            draft.puts.append((parse_path(field), said))
            done.append(field)
    return tuple(done)


def mask_everybody(draft: Draft) -> None:
    """Write the masked form for the name of everybody whom the record masks."""
    persons = draft.tree.get("persons")
    for number, person in enumerate(persons if isinstance(persons, list) else ()):
        if isinstance(person, dict) and coded("disclosure", person.get("disclosure")) == "masked":
            names = names_of(draft, number)
            if person.get("name_as_published") in (None, person.get("name")) and names:
                mask_texts(draft, names, masked_name(draft, number))


def with_notes(path: str, text: str, problems: Iterable[Diagnostic], today: date) -> str:
    """The record with 更正 of ``today`` for each of its public parts of which ``problems`` say that it changed in silence:
    that something was left out, in a fixed sentence and no more."""
    tree: Any = read_tree(text.encode())
    draft = Draft(path=path, tree=tree, text=text)
    for item in problems:
        steps = parse_path(_field(item)) if item.code == _SILENT and item.place.real_path == path else None
        *part, last = steps or ("",)
        if last != "id":
            continue
        here = tree
        for step in part:
            here = here[step]
        note = {"corrected_on": today.isoformat(), "what": desk_wording()["left_out"]}
        draft.puts.append(((*part, "corrections", len(here.get("corrections") or ())), note))
    return draft.rendered() if draft.puts else text


def decisions_naming(root: Path, names: Iterable[str]) -> Iterator[Draft]:
    """Decisions in which one of ``names`` stands."""
    for path in discover(root).on(DECISIONS):
        try:
            data = path.read_bytes()
            tree: Any = read_tree(data)
        except (OSError, UnreadableError):
            continue
        if isinstance(tree, dict) and any(name.encode() in data for name in names):
            yield Draft(path=path.relative_to(root).as_posix(), tree=tree, text=data.decode("utf-8-sig"))


def masked_decisions(root: Path, before: Mapping[str, Any], after: Draft) -> tuple[Draft, ...]:
    """Decisions in which somebody is named whom ``after`` masks and ``before`` did not, with the masked form in their
    texts."""
    drafts: dict[str, Draft] = {}
    for number in sorted(newly_hidden(before, after.tree)):
        if coded("disclosure", after.tree["persons"][number].get("disclosure")) != "masked":
            continue
        names = names_of(after, number)
        for found in decisions_naming(root, names):
            mask_texts(drafts.setdefault(found.path, found), names, masked_name(after, number))
    return tuple(draft for draft in drafts.values() if draft.puts)


def files_naming(root: Path, draft: Draft, name: str) -> Iterator[str]:
    """Other files that people write in which the name stands: of the same person, or of a namesake."""
    found = discover(root)
    records = (*find_case_files(root), *found.on(DECISIONS))
    pages = (path for stem, path in page_files(root).items() if stem.endswith(".md"))
    for path in (*records, *pages):
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        try:
            if shown != draft.path and name.encode() in path.read_bytes():
                yield shown
        except OSError:
            continue


def texts_about(root: Path, tree: Mapping[str, Any]) -> Mentions:
    """待发文稿 about a record, and about decisions that name somebody whom it hides. Raises
    :class:`~generator.pipeline.outbox_step.BrokenOutboxError`."""
    persons = tree.get("persons")
    everybody = coded("case_level", tree.get("level")) == "confidential"
    names = {
        str(name)
        for person in (persons if isinstance(persons, list) else ())
        if isinstance(person, dict)
        and (everybody or coded("disclosure", person.get("disclosure")) in ("masked", "withheld"))
        for key in ("name", "name_as_published")
        if (name := person.get(key))
    }
    decisions = {str(item.tree.get("id")) for item in decisions_naming(root, names)}
    return mentions(root, decisions.union(public_numbers(tree)))


def addresses_of(site: Path, draft: Draft, name: str, jobs: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the record's own, others) under which a built ``site`` shows the name, from its root, sorted.

    Of the record every file is given, for a picture shows a name that no search finds.
    """
    numbers = public_numbers(draft.tree)
    own = {
        path.relative_to(site).as_posix()
        for kind in ("notices", "honours")
        for number in numbers
        for path in (*(site / kind / number).glob("*"), site / "api/v1" / kind / f"{number}.json")
        if path.is_file()
    }
    secrets = Secrets(strings=(Secret(text=name, label=draft.path, kind="name"),))
    report = audit_site(site, secrets, jobs=jobs)
    found = {item.path for item in report.findings if item.problem.value in _TELLS_A_NAME}
    return tuple(sorted(map(_address, own))), tuple(sorted(map(_address, found - own)))


def _address(path: str) -> str:
    return path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path


def news(before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What is said of the project now and was not before, wherever its line has moved."""

    def mark(item: Diagnostic) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
        facts = {**item.terms, **item.facts, **item.kept}
        return item.code, item.place.real_path, _field(item), tuple(sorted(facts.items()))

    known = {mark(item) for item in before}
    return tuple(item for item in after if mark(item) not in known)


def _field(item: Diagnostic) -> str:
    kept = item.place.kept
    return item.place.field or (kept.field if kept is not None else None) or ""
