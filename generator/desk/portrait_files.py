"""肖像文件 (portrait files): pictures that come into the project, and those that nothing names any more.

What is kept is drawn anew from the pixels of what somebody chose: where and when it was taken never comes into the
office's folder. A picture's name is made of its case and its content, so another one never takes its place unseen.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from generator.cases.case_files import find_case_files
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.disclosure.portrait_picture import LONGEST_SIDE, MOST_MEGABYTES
from generator.project.discovery import CASES, DRAFTS, PORTRAITS, portrait_file
from generator.publication_log.approval_book import digest_of_bytes, portraits_named


def portrait_name(case: str, picture: bytes) -> str:
    """文件名 of a ``picture`` that was drawn anew, in the case of this number."""
    return f"{case.lower()}-{digest_of_bytes(picture)[:12]}.jpg"


def portrait_path(record: str, name: str) -> str:
    """Where the picture ``name`` of the record at the path ``record`` lies, both from the project's folder."""
    folder = PurePosixPath(record).parent.relative_to(CASES.base)
    return f"{PORTRAITS.base}/{folder}/{name}"


def keep_picture(path: Path, picture: bytes) -> None:
    """Write a private picture, readable by its owner and group."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)
    path.chmod(0o640)


def picture_problem(code: str, place: Place) -> Diagnostic:
    """What is wrong with a picture that cannot be used."""
    return diagnose(code, place, terms={"most": MOST_MEGABYTES, "side": LONGEST_SIDE})


def drop_pictures(root: Path, path: str, before: bytes) -> tuple[str, ...]:
    """Take the portraits away that the record at ``path``, which read ``before``, named and that neither a record nor a
    draft names now; which they were, from ``root``."""
    folder = (root / path).parent
    drafts = root / DRAFTS.base / folder.parent.name / folder.name
    records = [item for item in find_case_files(root) if item.parent == folder]
    gone = []
    for name in portraits_named(before):
        picture = portrait_file(root / path, root, name)
        kept = any(name in portraits_named(item.read_bytes()) for item in (*records, *drafts.glob("*.yml")))
        if not kept and picture.is_file():
            picture.unlink()
            gone.append(picture.relative_to(root).as_posix())
    return tuple(gone)
