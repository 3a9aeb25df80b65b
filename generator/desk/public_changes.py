"""一案的公开变化 (public changes of a case): what the public would see change, before anything is placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.catalogue import desk_wording
from generator.desk.field_words import field_words, value_words
from generator.desk.site_diff import SiteChange, diff_sites
from generator.pipeline.produce import Produced

_API = Path("api", "v1")


def files_of(produced: Iterable[Produced]) -> dict[str, bytes]:
    """The public files of records by their path."""
    return {path: data for item in produced for path, data in item.own.files}


def changes_between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[SiteChange, ...]:
    """Every difference between two states of one case, given as files of a site, the gravest kind first."""
    with TemporaryDirectory(prefix="yiyong-") as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        for site, files in ((old, before), (new, after)):
            (site / _API).mkdir(parents=True)
            (site / _API / "honours.json").write_text("[]")
            for path, data in files.items():
                target = site / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        return diff_sites(old, new)


def change_sentence(change: SiteChange) -> str:
    """One change as staff read it, in Chinese like the forms of the desk."""
    field, old, new = change.field, change.old, change.new
    if field:
        field, old, new = field_words(field, "zh"), value_words(old, "zh"), value_words(new, "zh")
    said = str(desk_wording()["diff"][change.kind]).format(
        record=change.record, field=field, old=old, new=new
    )
    return " ".join(said.split())


def pages_digest(produced: Iterable[Produced]) -> str:
    """散列 of the public pages that somebody saw before submitting or approving; of none, that of nothing."""
    made = sha256()
    for item in produced:
        page = item.own.page
        for part in (page.path, page.title, page.body):
            made.update(part.encode() + b"\0")
    return made.hexdigest()
