"""文件路径的显示 (record paths): how the path of a file is told in messages.

A record is named after its case number. Any other name below ``registry/`` may be somebody's, so it is
told by its place alone: ``registry/cases/wuhan/2026/***.yml``. Staff see the whole of it on their own
terminal.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

HIDDEN = "***"
"""Stands in a path for what is not told."""

CASE_NUMBER = re.compile(
    r"[A-Za-z]{0,4}-?(?:[0-9]{2}-[A-Za-z]?[0-9]{1,7}|(?:19|20)[0-9]{2}-[A-Za-z]?[0-9]{1,6})|[A-Za-z]{1,4}-[0-9]{1,6}|[A-Za-z]|[0-9]{1,6}"
)
"""案件编号的写法: ``wh26-0164``, ``2026-15``. Too short, or too much of it figures, to hold a name, and too
short for a telephone number."""

DECISION_NUMBER = re.compile("(?:[a-z]{2,16}-)+(?:[0-9]{6}-)?[0-9]{4}-d[0-9]{4,5}")
"""决定编号, which is public: a decision's file is called after it."""

LEDGER_FILE = re.compile(
    r"registry/publications/(?:[0-9]{4}(?:\.salts)?\.jsonl|(?:checkpoints|spent|seen)\.jsonl|addresses\.txt"
    r"|timestamps/[0-9]{8}-[a-z0-9.-]+\.tsr)"
)
"""台账的文件, which commands name: nobody's name is in it."""

BOOK_FILE = re.compile(r"registry/approvals/[0-9]{4}\.jsonl")
"""审批簿的文件, which commands name likewise."""

_FOLDERS = frozenset(("cases", "decisions", "drafts", "approvals", "publications"))
_CITY, _YEAR = re.compile("[a-z]{2,16}(?:-[a-z]{2,16})*(?:-[0-9]{6})?"), re.compile("[0-9]{4}")
_ENDINGS = re.compile(r"(?i:\.(?:ya?ml|txt|bak|orig|old|md|json|csv|xlsx?|docx?|pdf|zip))+")
_LONG_NUMBER = re.compile("[0-9]{7,}")
_PEOPLES = ("content", "site_config")


def display_path(path: Path, root: Path) -> str:
    """The path relative to ``root`` with forward slashes, printable whatever bytes its names hold."""
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return os.fsencode(inside.as_posix()).decode("utf-8", "backslashreplace")


def shown_path(path: str) -> str:
    """``path`` (relative to the project, with forward slashes) as it may be told to anybody."""
    if LEDGER_FILE.fullmatch(path) or BOOK_FILE.fullmatch(path):
        return path
    top, *below = path.split("/")
    if top == "registry" and below:
        *folders, name = below
        return "/".join((top, *map(_folder, range(len(folders)), folders), _file(name)))
    if top in _PEOPLES:
        return _LONG_NUMBER.sub(HIDDEN, path)
    return path


def _folder(depth: int, name: str) -> str:
    known = name in _FOLDERS if depth == 0 else (_CITY if depth == 1 else _YEAR).fullmatch(name)
    return name if known else HIDDEN


def _file(name: str) -> str:
    """The case number, as far as the name begins with one, and a usual ending."""
    stem, dot, rest = name.partition(".")
    ending = dot + rest if _ENDINGS.fullmatch(dot + rest) else HIDDEN if dot else ""
    if CASE_NUMBER.fullmatch(stem) or DECISION_NUMBER.fullmatch(stem):
        return stem + ending
    if name in _FOLDERS:
        return name
    number = re.match(r"[A-Za-z]{1,4}[0-9]{2}-[0-9]{3,6}(?![0-9])", stem)
    return (number[0] if number else "") + HIDDEN + ending.removeprefix(HIDDEN)
