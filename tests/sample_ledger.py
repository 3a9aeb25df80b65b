"""示例台账 (the sample's ledger): written anew as if the sample had been published day by day.

``python -m tests.sample_ledger`` (``make sample-ledger``) replaces ``registry/publications/`` by what an office would
have logged that began with its log at :data:`BEGAN` and published on every day on which something of its records
changed, until the instant that the sample is shown at. The same records give the same bytes.

Salts come from a fixed seed, and nothing is signed. Both are right for invented records and for nothing else: a
salt that others can work out hides nothing, and a key that lies in a public repository signs for everybody.
``yiyong publish`` takes its salts from the system's random numbers and knows no other source.
"""

from __future__ import annotations

import itertools
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from generator.diagnostics import Severity
from generator.pipeline.prepare import ChecksFailedError, Prepared, prepared_alone
from generator.pipeline.publish_step import grown_ledger, save
from generator.project.settings import load_settings
from generator.publication_log.publication_ledger import FOLDER, Ledger, read_ledger
from generator.source.model.instant import SHANGHAI

ROOT = Path(__file__).parent.parent
BEGAN = datetime(2026, 1, 5, 18, 0, tzinfo=SHANGHAI)
SEED = "义勇录示例台账"
_CHANGE = re.compile(
    r"\b(published_at|published_on|corrected_on|decided_on|revoked_on|(?:moved_)?closes_on): (20[0-9]{2}-[0-9]{2}-[0-9]{2})"
)


def main() -> None:
    """Replace the ledger of this repository's sample."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = written_anew(ROOT, Path(folder))
        shutil.rmtree(ROOT / FOLDER, ignore_errors=True)
        shutil.copytree(Path(folder) / FOLDER, ROOT / FOLDER)
    print(f"{ledger.size} events, {len(ledger.checkpoints)} checkpoints: {ROOT / FOLDER}")


def written_anew(root: Path, folder: Path) -> Ledger:
    """Write the ledger of the sample in ``root`` into a copy of it in ``folder``, which must be empty."""
    for name in ("registry", "content", "site_config"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("publications"))
    shutil.copy(root / "mkdocs.yml", folder)
    salt = seeded_salts()
    shown_at = _shown_at(folder)
    for instant in instants(folder, shown_at):
        prepared = prepared_at(folder, instant, shown_at)
        publications, waiting = prepared.publications, prepared.publications.waiting
        kept = publications.ledger.without(waiting.forget, waiting.spent)
        longer, added = grown_ledger(kept, waiting, prepared.context, salt, lambda note: note)
        save(folder, longer, added, forgot=bool(waiting.forget))
    ledger, faults = read_ledger(folder)
    assert not faults, faults
    return ledger


def instants(root: Path, shown_at: datetime) -> list[datetime]:
    """When the office published: on each day on which a record says that its page changed, and at the instant that the
    sample is shown at."""
    days: set[date] = set()
    for path in sorted((root / "registry").rglob("*.yml")):
        for key, day in _CHANGE.findall(path.read_text(encoding="utf-8")):
            # A period ends with its last day.
            days.add(date.fromisoformat(day) + timedelta(days="closes_on" in key))
    moments = {datetime.combine(day, time(18), SHANGHAI) for day in days}
    return [BEGAN, *sorted(moment for moment in moments if BEGAN < moment < shown_at), shown_at]


def seeded_salts() -> Callable[[], bytes]:
    """Salts of 32 bytes, each another, and the same every time."""
    numbers: Iterator[int] = itertools.count()
    return lambda: sha256(f"{SEED} {next(numbers)}".encode()).digest()


def prepared_at(root: Path, instant: datetime, today: datetime) -> Prepared:
    """The project as it could stand at an instant, with the law as it is known ``today``. A record that tells of a decision not yet taken then, so that no
    check would have passed it, was not entered yet; it is put aside for that long."""
    aside: dict[Path, bytes] = {}
    try:
        while True:
            try:
                with prepared_alone(root, instant, today, 1, logging=True) as prepared:
                    return prepared
            except ChecksFailedError as failed:
                errors = [item for item in failed.diagnostics if item.severity is Severity.ERROR]
                early = {root / item.place.path for item in errors}
                if not all(path.is_relative_to(root / "registry/cases") for path in early):
                    raise
                for path in early:
                    aside[path] = path.read_bytes()
                    path.unlink()
    finally:
        for path, data in aside.items():
            path.write_bytes(data)


def _shown_at(root: Path) -> datetime:
    settings = load_settings(root).settings
    assert settings is not None and settings.site.sample is not None
    return settings.site.sample.as_of


if __name__ == "__main__":
    main()
