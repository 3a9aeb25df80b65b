"""政策库 (policy): instruments of law as dated data, looked up by day, and the judging of cases by them."""

from generator.policy.case_dates import AwardDates, CaseDates
from generator.policy.changes import Change, changes
from generator.policy.judge import Due, breaches, judge, open_steps
from generator.policy.library import PolicyLibrary, build_library
from generator.policy.model import (
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
from generator.policy.rows import PolicyRow, public_rows
from generator.policy.settings import LibrarySettings
from generator.policy.verdict import Outcome, Verdict, to_diagnostics

__all__ = [
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
    "Start",
    "TimelineEvent",
    "Verdict",
    "Version",
    "VersionAnswer",
    "breaches",
    "build_library",
    "changes",
    "judge",
    "open_steps",
    "public_rows",
    "to_diagnostics",
]
