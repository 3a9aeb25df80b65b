"""政策库 (policy): instruments of law as dated data, looked up by day, and the judging of cases by them."""

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
from generator.policy.settings import LibrarySettings

__all__ = [
    "Answer",
    "AnswerStatus",
    "Instrument",
    "LibrarySettings",
    "Note",
    "PolicyLibrary",
    "Provision",
    "Start",
    "TimelineEvent",
    "Version",
    "VersionAnswer",
    "build_library",
]
