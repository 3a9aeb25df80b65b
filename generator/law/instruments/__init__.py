"""政策库 (policy): instruments of law as dated data, looked up by day, and the judging of cases by them."""

from generator.law.instruments.amendments import Change, changes, changes_between
from generator.law.instruments.case_dates import AwardDates, CaseDates
from generator.law.instruments.judge import Due, breaches, judge, open_steps
from generator.law.instruments.library import BOTH_WAYS, PolicyLibrary, build_library
from generator.law.instruments.library_settings import LibrarySettings
from generator.law.instruments.provision_rows import PolicyRow, public_rows
from generator.law.instruments.provisions import (
    Answer,
    AnswerStatus,
    Governing,
    Instrument,
    Note,
    Provision,
    Start,
    TimelineEvent,
    Version,
    VersionAnswer,
)
from generator.law.instruments.rule_kinds import Reckoning
from generator.law.instruments.timetable import TEXTS_NOT_HELD
from generator.law.instruments.verdict import Outcome, Verdict, to_diagnostics

__all__ = [
    "BOTH_WAYS",
    "TEXTS_NOT_HELD",
    "Answer",
    "AnswerStatus",
    "AwardDates",
    "CaseDates",
    "Change",
    "Due",
    "Governing",
    "Instrument",
    "LibrarySettings",
    "Note",
    "Outcome",
    "PolicyLibrary",
    "PolicyRow",
    "Provision",
    "Reckoning",
    "Start",
    "TimelineEvent",
    "Verdict",
    "Version",
    "VersionAnswer",
    "breaches",
    "build_library",
    "changes",
    "changes_between",
    "judge",
    "open_steps",
    "public_rows",
    "to_diagnostics",
]
