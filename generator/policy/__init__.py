"""政策库 (policy): instruments of law as dated data, looked up by day, and the judging of cases by them."""

from generator.policy.changes import Change, changes
from generator.policy.library import PolicyLibrary, build_library
from generator.policy.model import (
    Answer,
    AnswerStatus,
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

__all__ = [
    "Answer",
    "AnswerStatus",
    "Change",
    "Instrument",
    "LibrarySettings",
    "Note",
    "PolicyLibrary",
    "PolicyRow",
    "Provision",
    "Start",
    "TimelineEvent",
    "Version",
    "VersionAnswer",
    "build_library",
    "changes",
    "public_rows",
]
