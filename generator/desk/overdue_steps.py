"""待办 (overdue steps and open objections): what an organ should have done by now, by the version in force, and what
waits for its answer. Staff only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.cases.case import Case
from generator.cases.case_clock import case_clock
from generator.cases.case_files import load_case
from generator.checks.law_check import case_dates, site_reckoning
from generator.diagnostics import Diagnostic
from generator.diagnostics.crash import fault_in
from generator.diagnostics.record_path import shown_path
from generator.law.instruments import open_steps
from generator.law.instruments.policy_words import event_words
from generator.project.settings import Settings, load_settings
from generator.system.workers import parallel

_HOLIDAY = timedelta(days=7)
_FILES = 250
"""Case files that a worker reads in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueStep:
    """一个逾期的步骤. ``due_on`` and ``longest_on``, the last day if the organ extended, are inclusive.

    ``basis`` is instrument, version and article. ``path`` is that of the record, below the project's root.
    """

    path: str
    step: str
    due_on: date
    longest_on: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenObjection:
    """一件没有处理结果的异议. ``notice`` is the public number of the notice; ``days`` since it was received, 0 on
    that day. ``path`` is that of the record. Nothing tells who objected."""

    path: str
    notice: str | None
    received_on: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """逾期的步骤 of a project, the longest overdue first, and its 未处理的异议, the oldest first; ``faults`` tell of
    records that could not be judged."""

    steps: tuple[OverdueStep, ...] = ()
    objections: tuple[OpenObjection, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def overdue_steps(root: Path, today: date, jobs: int) -> Overdue:
    """Steps whose last day is before ``today``, and objections without a result, over every record.

    Records of every level are looked at: what is withheld from the public binds the organ all the same.
    Files and settings that cannot be used are left to the checks.
    """
    loaded = load_settings(root)
    settings, paths = loaded.settings, loaded.case_files
    if settings is None:
        return Overdue()
    chunks = (paths[at : at + _FILES] for at in range(0, len(paths), _FILES))
    parts = list(parallel(_steps_of_files, (settings, today), chunks, jobs))
    steps = [step for part in parts for step in part.steps]
    return Overdue(
        steps=tuple(sorted(steps, key=lambda item: (item.due_on, item.path, item.step))),
        objections=tuple(
            sorted(
                (item for part in parts for item in part.objections),
                key=lambda item: (item.received_on, item.path),
            )
        ),
        faults=tuple(fault for part in parts for fault in part.faults),
    )


def _steps_of_files(shared: tuple[Settings, date], paths: Sequence[Path]) -> Overdue:
    settings, today = shared
    steps: list[OverdueStep] = []
    objections: list[OpenObjection] = []
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            case = load_case(path, settings.root).value
            if case is not None:
                relative = path.relative_to(settings.root).as_posix()
                steps += _steps_of_case(case, relative, settings, today)
                objections += _open_objections(case, relative, today)
        except Exception as error:
            faults.append(fault_in(path, settings.root, error))
    return Overdue(steps=tuple(steps), objections=tuple(objections), faults=tuple(faults))


def _open_objections(case: Case, path: str, today: date) -> Iterator[OpenObjection]:
    if case.outcome is not None and case.outcome.kind == "withdrawn":
        return
    for objection in case.objections:
        settled = objection.resolved_on is not None and objection.resolved_on <= today
        if objection.received_on <= today and not settled:
            yield OpenObjection(
                path=shown_path(path),
                notice=case.notice.id if case.notice is not None else None,
                received_on=objection.received_on,
                days=(today - objection.received_on).days,
            )


def _steps_of_case(case: Case, path: str, settings: Settings, today: date) -> Iterator[OverdueStep]:
    if case.outcome is not None and case.outcome.kind == "withdrawn":
        return
    clock = case_clock(case, settings, today)
    if clock is None:
        return
    for due in open_steps(case_dates(case, clock), settings.library, reckoning=site_reckoning(settings)):
        # Until the arrangement of its year is issued the last day may still move past a holiday.
        if due.due_on < today and (due.settled or due.due_on + _HOLIDAY < today):
            provision = due.provision
            yield OverdueStep(
                path=shown_path(path),
                step=event_words(due.event),
                due_on=due.due_on,
                longest_on=due.longest_on,
                basis=f"《{provision.instrument_title}》（{provision.version_label}）{provision.article}",
            )
