"""一案的公开变化 (public changes of a case): what the public would see change, before anything is placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.desk.site_diff import SiteChange, diff_sites
from generator.desk.site_review import Review, review_sites
from generator.pipeline.produce import Produced

_API = Path("api", "v1")


def files_of(produced: Iterable[Produced]) -> dict[str, bytes]:
    """The public files of records by their path."""
    return {path: data for item in produced for path, data in item.own.files}


def changes_between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[SiteChange, ...]:
    """Every difference between two states of one case, given as files of a site, the gravest kind first."""
    with _two_sites(before, after) as (old, new):
        return diff_sites(old, new)


def review_between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Review:
    """The same in sentences, as staff read them, in Chinese like the forms of the desk."""
    with _two_sites(before, after) as (old, new):
        return review_sites(diff_sites(old, new), old, new, "zh")


@contextmanager
def _two_sites(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[tuple[Path, Path]]:
    with TemporaryDirectory(prefix="yiyong-") as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        for site, files in ((old, before), (new, after)):
            (site / _API).mkdir(parents=True)
            (site / _API / "honours.json").write_text("[]")
            for path, data in files.items():
                target = site / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        yield old, new


def pages_digest(produced: Iterable[Produced]) -> str:
    """散列 of the public pages that somebody saw before submitting or approving; of none, that of nothing."""
    made = sha256()
    for item in produced:
        page = item.own.page
        for part in (page.path, page.title, page.body):
            made.update(part.encode() + b"\0")
    return made.hexdigest()
