"""日志的增长 (log growth): what one publication more costs a log that is long already, as JSON.

``python -m tests.benchmarks.log_growth [EVENTS]``; 100,000 events unless told otherwise. Each figure is the median of
eleven; files are written and flushed to the disk as ``yiyong publish`` does it.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.publication_log.log_site_files import LogSite, log_site_files
from generator.publication_log.publication_event import Event, RecordState, digest_of
from generator.publication_log.publication_ledger import Ledger, append_lines, read_ledger, rewrite
from tests.log_projects import counted_salts

EVENTS = 100_000
RUNS = 11
ORIGIN = "yiyong.example/log"


def main() -> None:
    """Measure, and print one object."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    ledger, _ = Ledger().extended((published(number) for number in range(count)), counted_salts())
    ledger.checkpoints.append(ledger.checkpoint(ORIGIN))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        rewrite(root, ledger)
        spent, longer = [], ledger
        for number in range(count, count + RUNS):
            started = time.perf_counter()
            longer, added = longer.extended([published(number)], counted_salts(number))
            longer.checkpoints.append(longer.checkpoint(ORIGIN))
            written = append_lines(root, added, longer.checkpoints[-1])
            spent.append(time.perf_counter() - started)
        reading = _seconds(lambda: read_ledger(root))
        assert read_ledger(root) == (longer, [])
    # All proofs but a thousand are left out here: none of them changes.
    public = frozenset(
        f"wuhan-2026-{number:06}" for number in (*range(0, count, max(1, count // 1000)), count)
    )
    before = dict(log_site_files(LogSite(ledger, public)))
    one, _ = ledger.extended([published(count)], counted_salts(count))
    one.checkpoints.append(one.checkpoint(ORIGIN))
    after = dict(log_site_files(LogSite(one, public)))
    changed = [path for path, data in after.items() if before.get(path) != data]
    proofs = [len(data) for path, data in after.items() if path.endswith("/proof")]
    figures = {
        "events": count,
        "append_ms": round(statistics.median(spent) * 1000, 2),
        "append_slowest_ms": round(max(spent) * 1000, 2),
        "ledger_files_written": len(written),
        "site_files_changed": len(changed),
        "largest_proof_bytes": max(proofs),
        "read_ledger_s": round(reading, 2),
    }
    print(json.dumps(figures))


def published(number: int) -> Event:
    """An event as long as real ones are."""
    record_id = f"wuhan-2026-{number:06}"
    state = RecordState(
        kind="notice",
        id=record_id,
        path=f"notices/{record_id}/",
        form=1,
        status="open",
        opens_on="2026-11-18",
        closes_on="2026-11-26",
        ended=False,
        corrections=0,
        moves=0,
        reduced="",
        facts=digest_of([number, 1]),
        shown=digest_of([number, 2]),
        document=digest_of([number, 3]),
    )
    return Event(event="published", at="2026-11-22T09:00:00+08:00", step=1, state=state)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
