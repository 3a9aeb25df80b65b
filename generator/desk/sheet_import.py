"""导入 (import): rows of a workbook become records, all of them or none.

A row is matched with what is in the registry (by its number, or 文号 and name), gets the next numbers where it is
new, and is judged by the same schema and the same checks as anything that stands in a file: the records are
written into a copy of the project first, and that copy is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from pypinyin import lazy_pinyin

from generator.catalogue import coded
from generator.desk.portrait_files import keep_picture, picture_problem, portrait_name, portrait_path
from generator.desk.record_drafts import Draft, check_drafts
from generator.desk.record_writing import save
from generator.desk.registered_numbers import Registered, may_be_public, registered
from generator.desk.sheet_plan import SheetKind, is_coded, sheet_plan
from generator.desk.sheet_rows import SheetRow
from generator.diagnostics import Diagnostic, Place, diagnose, has_errors
from generator.disclosure.portrait_picture import PictureError, read_picture
from generator.project.discovery import CASES
from generator.project.settings import Settings
from generator.source.finding import FieldPath, parse_path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """导入的打算. ``fresh`` are new records, ``changed`` those with at least one new value; ``same`` counts rows
    that are in the registry as they are."""

    fresh: tuple[Draft, ...]
    changed: tuple[Draft, ...]
    same: int
    problems: tuple[Diagnostic, ...]


def plan_import(
    rows: Sequence[SheetRow], settings: Settings, jurisdiction: str, today: datetime, beside: Path
) -> ImportPlan:
    """What importing ``rows`` into ``jurisdiction`` would write. Nothing is written yet. ``beside`` is the folder of the
    workbook, in which pictures lie that it names."""
    known = registered(settings, jurisdiction)
    work = _Work(
        settings=settings,
        jurisdiction=jurisdiction,
        today=today,
        beside=beside,
        registry=known,
        rows=_known_rows(known),
    )
    for row in rows:
        work.take(row)
    work.give_numbers()
    fresh = tuple(draft for draft in work.touched.values() if draft.text is None)
    changed = tuple(draft for draft in work.touched.values() if draft.text is not None and draft.puts)
    return ImportPlan(fresh=fresh, changed=changed, same=work.same, problems=tuple(work.problems))


def check_import(plan: ImportPlan, settings: Settings, now: datetime, jobs: int) -> tuple[Diagnostic, ...]:
    """Every problem of what would be written, at the cell it comes from."""
    found = check_drafts((*plan.fresh, *plan.changed), settings, now, jobs)
    return tuple(_at_cell(item, draft) for draft, item in found)


def write_import(plan: ImportPlan, root: Path) -> None:
    """Write every record. A second run after an interruption goes on where the first ended, for what was written
    is found again."""
    for draft in (*plan.fresh, *plan.changed):
        for path, data in draft.pictures.items():
            keep_picture(root / path, data)
        save(root / draft.path, draft.rendered())


def _at_cell(item: Diagnostic, draft: Draft) -> Diagnostic:
    kept = item.place.kept
    path = parse_path((kept.field if kept is not None else None) or item.place.field or "")
    missing = item.terms.get("key")
    wanted = (*path, missing) if item.code == "REC002" and missing is not None else path
    shown = item.place.shown
    for length in range(len(wanted), -1, -1):
        if (cell := draft.cells.get(tuple(wanted[:length]))) is not None:
            return replace(item, place=replace(cell, shown=shown and cell.shown))
    nearest_cell = next((cell for at, cell in draft.cells.items() if at[:1] == wanted[:1]), None)
    cell = nearest_cell or next(iter(draft.cells.values()))
    return replace(item, place=replace(cell, shown=shown and cell.shown))


_BY_CONTENT = ("document", "title", "act")
"""Keys that are made of what a row says, not of a number."""
_Rows: TypeAlias = dict[tuple[str, ...], tuple[str, int | None, int | None]]
"""Key of a row → case number, number of the person, number of the honour."""


def _known_rows(known: Registered) -> _Rows:
    """Where each row of the registry would be found again."""
    rows: _Rows = {}
    for case, draft in known.drafts.items():
        for key, place in _places_of(case, draft.tree):
            rows.setdefault(key, place)
    return rows


@dataclass(slots=True, kw_only=True)
class _Work:
    settings: Settings
    jurisdiction: str
    today: datetime
    beside: Path
    registry: Registered
    rows: _Rows
    touched: dict[str, Draft] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    same: int = 0
    seen: dict[tuple[str, ...], Place] = field(default_factory=dict)
    unnumbered: list[tuple[Draft, int]] = field(default_factory=list)

    def take(self, row: SheetRow) -> None:
        """Match one row, or make a record of it."""
        nobody = row.name is None and "group.name" not in row.values
        if nobody and not (row.kind is SheetKind.CASES and "case.case" in row.values):
            place = next(iter(row.cells.values()))
            self.problems.append(diagnose("DSK037", place))
            return
        if self._is_repeated(row):
            return
        found = next((at for key in _keys(row.values) if (at := self.rows.get(key))), None)
        if found is not None:
            case, person, honour = found
            draft = self.registry.drafts[case]
        else:
            draft, person, honour = self._new_place(row)
        self._fill(draft, row, person, honour, known=found is not None)

    def _is_repeated(self, row: SheetRow) -> bool:
        """Whether a row above says the same of the same person: two records of it would be one too many."""
        content = (key for key in _keys(row.values) if key[0] in _BY_CONTENT)
        key = None if "case.case" in row.values or "honour.id" in row.values else next(content, None)
        if key is None:
            return False
        place = row.cells.get("person.name") or next(iter(row.cells.values()))
        other = self.seen.setdefault(key, place)
        if other is place:
            return False
        self.problems.append(diagnose("DSK043", place, terms={"other": other.cell or ""}))
        return True

    def _new_place(self, row: SheetRow) -> tuple[Draft, int | None, int | None]:
        case = row.values.get("case.case")
        draft = self.registry.drafts.get(case) if case else None
        if draft is None:
            draft = self._new_draft(row, case)
        person = _person_at(draft.tree, row)
        honour = _honour_at(draft.tree, row) if row.kind is SheetKind.HONOURS else None
        return draft, person, honour

    def _new_draft(self, row: SheetRow, case: str | None) -> Draft:
        year = self._year(row)
        number = case or self.registry.next_case(year)
        base = f"{CASES.base}/{self.jurisdiction}/{year}"
        tree: dict[str, Any] = {"case": number, "jurisdiction": self.jurisdiction}
        draft = Draft(path=f"{base}/{number}.yml", tree=tree)
        self.registry.drafts[number] = draft
        return draft

    def _year(self, row: SheetRow) -> str:
        dates = ("act.happened_on", "honour.decided_on", "notice.published_at")
        written_in = [row.values[key][:4] for key in dates if key in row.values]
        if row.kind is SheetKind.HONOURS and "honour.decided_on" in row.values:
            written_in.insert(0, row.values["honour.decided_on"][:4])
        return next((year for year in written_in if year.isdigit()), str(self.today.year))

    def _fill(
        self, draft: Draft, row: SheetRow, person: int | None, honour: int | None, *, known: bool
    ) -> None:
        changes = 0
        values = {**row.values, **({} if known else self._defaults(row, draft))}
        for column in sheet_plan(row.kind).columns:
            place = row.cells.get(column.key) or next(iter(row.cells.values()))
            for path in _paths(column.part, column.field, values, person, honour):
                draft.cells.setdefault(path, place)
                value = values.get(column.key)
                if value is None:
                    continue
                if column.key == "case.authority":
                    value = self._authority(value)
                if column.key == "portrait.file":
                    value = self._picture(draft, value, place)
                before = _value_at(draft.tree, path)
                if before == value or (isinstance(before, str) and _same(before, value, column.kind)):
                    continue
                if before is not None and draft.cells[path] is not place:
                    self._conflict(place, draft.cells[path], column.title)
                    continue
                _set(draft.tree, path, value)
                draft.puts.append((path, value))
                changes += 1
        if person is not None:
            changes += self._complete_person(draft, person)
        if honour is not None:
            changes += self._complete_honour(draft, person, honour)
        if changes:
            self.touched[draft.path] = draft
        elif known:
            self.same += 1

    def _defaults(self, row: SheetRow, draft: Draft) -> dict[str, str]:
        """What a new record says of itself where the row says nothing."""
        made: dict[str, str] = {}
        offices = [
            slug for slug, item in self.settings.authorities.items() if item.jurisdiction == self.jurisdiction
        ]
        if "case.authority" not in row.values and "authority" not in draft.tree and len(offices) == 1:
            made["case.authority"] = offices[0]
        if row.kind is SheetKind.HONOURS and "honour.published_on" not in row.values:
            made["honour.published_on"] = self.today.date().isoformat()
        if row.values.get("honour.verb") == _POSTHUMOUS and "person.name" in row.values:
            made.setdefault("person.deceased", row.values.get("person.deceased", "unsaid"))
        return made

    def _authority(self, said: str) -> str:
        slugs = {item.name: slug for slug, item in self.settings.authorities.items()}
        return slugs.get(said, said)

    def _picture(self, draft: Draft, said: str, place: Place) -> str:
        """The name in the registry of the picture that a cell names: one that is there, or one beside the workbook, which
        is drawn anew and comes along."""
        if (self.settings.root / portrait_path(draft.path, said)).is_file():
            return said
        chosen = self.beside / said
        try:
            if not chosen.resolve().is_relative_to(self.beside.resolve()):
                raise PictureError("REG060")
            picture = read_picture(chosen, self.beside).data
        except PictureError as error:
            self.problems.append(picture_problem(error.code, place))
            return said
        name = portrait_name(str(draft.tree["case"]), picture)
        draft.pictures[portrait_path(draft.path, name)] = picture
        return name

    def _conflict(self, place: Place, other: Place, title: str) -> None:
        terms = {"title": title, "other": other.cell or ""}
        self.problems.append(diagnose("DSK038", place, terms=terms))

    def _complete_person(self, draft: Draft, person: int) -> int:
        entry = draft.tree["persons"][person]
        if "key" in entry:
            return 0
        taken = {item.get("key") for item in draft.tree["persons"]}
        stem = re.sub("[^a-z]", "", "".join(lazy_pinyin(entry.get("name", "")[:1]))) or "p"
        key = next(k for k in (stem, *(f"{stem}{n}" for n in range(2, 10_000))) if k not in taken)
        entry["key"] = key
        draft.puts.append((("persons", person, "key"), key))
        return 1

    def _complete_honour(self, draft: Draft, person: int | None, honour: int) -> int:
        entry, changes = draft.tree["honours"][honour], 0
        if person is not None:
            key = draft.tree["persons"][person]["key"]
            recipients = entry.setdefault("recipients", [])
            if key not in recipients:
                recipients.append(key)
                draft.puts.append((("honours", honour, "recipients"), list(recipients)))
                changes += 1
        elif "to_group" not in entry:
            entry["to_group"] = "true"
            draft.puts.append((("honours", honour, "to_group"), "true"))
            changes += 1
        if "id" not in entry and (draft, honour) not in self.unnumbered:
            self.unnumbered.append((draft, honour))
        return changes

    def give_numbers(self) -> None:
        """Give out the numbers of honours and notices, in the order of the rows."""
        for draft, honour in self.unnumbered:
            entry = draft.tree["honours"][honour]
            people = {item.get("key"): item for item in draft.tree.get("persons", ())}
            named = [people[key] for key in entry.get("recipients", ()) if key in people]
            year = self._year_of(entry.get("decided_on"))
            number = self.registry.next_honour(year, public=may_be_public(draft.tree, named))
            self._number(draft, ("honours", honour, "id"), number)
        for draft in self.touched.values():
            notice = draft.tree.get("notice")
            if isinstance(notice, dict) and "id" not in notice:
                public = may_be_public(draft.tree, draft.tree.get("persons", ()))
                number = self.registry.next_notice(self._year_of(notice.get("published_at")), public=public)
                self._number(draft, ("notice", "id"), number)

    def _year_of(self, written_date: object) -> str:
        year = str(written_date or "")[:4]
        return year if year.isdigit() else str(self.today.year)

    def _number(self, draft: Draft, path: FieldPath, number: str) -> None:
        _set(draft.tree, path, number)
        draft.puts.append((path, number))
        draft.cells.setdefault(path, next(iter(draft.cells.values())))


def _keys(values: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """By what a row is found again, the surest first."""
    who = values.get("person.name") or values.get("group.name") or ""
    if number := values.get("honour.id"):
        yield ("honour", number, who)
    if (case := values.get("case.case")) and "honour.title" in values:
        yield ("case", case, who, values["honour.title"], values.get("honour.decided_on", ""))
    elif case:
        yield ("person", case, who)
    if document := values.get("honour.number"):
        yield ("document", document, who, values.get("honour.title", ""))
    elif "honour.title" in values:
        yield ("title", values["honour.title"], values.get("honour.decided_on", ""), who)
    if "act.happened_on" in values and "honour.title" not in values:
        yield ("act", values["act.happened_on"], who)


def _places_of(
    case: str, tree: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], tuple[str, int | None, int | None]]]:
    """The keys under which rows of this record are found again."""
    persons = [item for item in tree.get("persons", ()) if isinstance(item, dict)]
    act = tree.get("act")
    happened_on = act.get("happened_on") if isinstance(act, dict) else None
    group = tree.get("group")
    named: list[tuple[int | None, dict[str, Any]]]
    named = [(number, {"person.name": _name_of(person)}) for number, person in enumerate(persons)]
    team = {"group.name": group.get("name")} if isinstance(group, dict) else {}
    for number, who in named or [(None, team)]:
        values = {"case.case": case, "act.happened_on": happened_on, **who}
        for key in _keys({name: value for name, value in values.items() if isinstance(value, str)}):
            yield key, (case, number, None)
    at = {person.get("key"): number for number, person in enumerate(persons)}
    for index, honour in enumerate(tree.get("honours", ())):
        own = {f"honour.{name}": value for name, value in honour.items() if isinstance(value, str)}
        recipients = honour.get("recipients") or [None]
        for recipient in recipients:
            number_of_person = at.get(recipient)
            values = {**own, "case.case": case}
            if number_of_person is not None:
                values["person.name"] = _name_of(persons[number_of_person])
            elif isinstance(group, dict):
                values["group.name"] = group.get("name")
            for key in _keys({name: value for name, value in values.items() if isinstance(value, str)}):
                yield key, (case, number_of_person, index)


def _name_of(person: Mapping[str, Any]) -> Any:
    return person.get("name", person.get("name_as_published"))


def _person_at(tree: dict[str, Any], row: SheetRow) -> int | None:
    """The person of the row in the record; a new one where none has the name."""
    if row.name is None:
        return None
    persons = tree.setdefault("persons", [])
    for number, person in enumerate(persons):
        if _name_of(person) == row.name:
            return number
    persons.append({})
    return len(persons) - 1


def _honour_at(tree: dict[str, Any], row: SheetRow) -> int:
    """The honour of the row in the record: rows of one document and title share one."""
    wanted = ("number", "title", "decided_on", "verb")
    honours: list[dict[str, Any]] = tree.setdefault("honours", [])
    for number, honour in enumerate(honours):
        if all(honour.get(name) == row.values.get(f"honour.{name}") for name in wanted):
            return number
    honours.append({})
    return len(honours) - 1


def _paths(
    part: str, name: str, values: Mapping[str, str], person: int | None, honour: int | None
) -> Iterable[FieldPath]:
    """Where in a record a column's value goes."""
    match part:
        case "case":
            return ((name,),)
        case "person":
            return () if person is None else (("persons", person, name),)
        case "private":
            own: FieldPath = () if person is None else ("persons", person)
            return ((*own, "private", name),) if person is not None or name == "note" else ()
        case "withholding":
            return tuple(_withheld(name, values, person))
        case "portrait":
            return () if person is None else (("persons", person, "portrait", name),)
        case "consent":
            return () if person is None else (("persons", person, "portrait", "consent", name),)
        case "honour":
            return () if honour is None else (("honours", honour, name),)
        case "period":
            return (("notice", "period", name),)
        case _:
            return ((part, name),)


def _withheld(name: str, values: Mapping[str, str], person: int | None) -> Iterator[FieldPath]:
    hidden = values.get("person.disclosure", "full") != "full"
    if person is not None and (hidden or values.get("case.level") != "confidential"):
        yield ("persons", person, "withholding", name)
    if values.get("case.level", "public") == "confidential" or person is None:
        yield ("withholding", name)


def _value_at(tree: Any, path: FieldPath) -> Any:
    here: Any = tree
    for step in path:
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here


_POSTHUMOUS = "追授"
"""What an organ says of an award to the dead alone; how they died it need not say."""


def _set(tree: dict[str, Any], path: FieldPath, value: str) -> None:
    here: Any = tree
    for step in path[:-1]:
        here = here[step] if isinstance(step, int) else here.setdefault(step, {})
    here[path[-1]] = value


def _same(before: str, value: str, kind: str) -> bool:
    """Whether both mean the same, the one by its word and the other by its code."""
    if kind == "truth":
        return (before in ("是", "true")) == (value in ("是", "true"))
    return (
        before.strip() == value or coded(kind, before) == value
        if _coded_kind(kind)
        else before.strip() == value
    )


def _coded_kind(kind: str) -> bool:
    return any(
        is_coded(column) and column.kind == kind for item in SheetKind for column in sheet_plan(item).columns
    )


def may_be_written(problems: Iterable[Diagnostic]) -> bool:
    """Whether nothing stands against writing."""
    return not has_errors(problems)
