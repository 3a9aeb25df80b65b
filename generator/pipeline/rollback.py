"""换回 (rollback): the site of the build before stands again, in a second and without a build.

It lies behind the site that is shown. What was public yesterday may be withheld today, so every byte of it is audited
against today's withheld words first. The log of publications goes on and never back: today's is put into it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.pipeline.audit_step import audit_built
from generator.pipeline.destination import settled_site
from generator.pipeline.prepare import prepared_alone
from generator.pipeline.publish_step import write_log
from generator.system.tree_exchange import exchange, site_behind

_STATUS = "api/v1/status.json"


class NoEarlierSiteError(Exception):
    """没有更早的站点: no build went before the one that is shown, or one that failed has begun to change its site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledBack:
    """换回的结果. ``as_of`` is the instant, as written in the site, for which the site that is shown now was built."""

    as_of: str
    warnings: tuple[Diagnostic, ...]


def roll_back(root: Path, out: Path, as_of: datetime | None, now: datetime, jobs: int) -> RolledBack:
    """Let the site behind ``out`` stand there again, and the one that is shown behind it; once more, and all is as it
    was.

    Raises :class:`NoEarlierSiteError`, :class:`ChecksFailedError` (of a faulty registry nobody knows what it
    withholds), :class:`AuditFailedError`, ``NotASiteError``, ``AmongSourcesError`` and ``BuildInProgressError``; then
    the site stays.
    """
    out = settled_site(root, out)
    with site_behind(out) as tree:
        if tree is None or not out.exists():
            raise NoEarlierSiteError(str(out))
        with prepared_alone(root, as_of, now, jobs) as prepared:
            write_log(prepared.publications, tree)
            audited = audit_built(prepared, tree)
        exchange(tree, out)
    status = json.loads((out / _STATUS).read_bytes())
    return RolledBack(as_of=str(status["as_of"]), warnings=audited.warnings)
