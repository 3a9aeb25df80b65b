"""公布 (publish step): the ledger grows between the audit and the exchange of the sites, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from generator.public.context import SiteContext
from generator.publication_log.log_site_files import LOG, LogSite, log_site_files
from generator.publication_log.observation import forget_observations
from generator.publication_log.publication_ledger import (
    Ledger,
    Line,
    append_lines,
    read_ledger,
    rewrite,
)
from generator.publication_log.signed_note import Note
from generator.publication_log.waiting_events import Publications, Waiting
from generator.source.model.published import instant


class NotConfirmedError(Exception):
    """没有确认: nothing was published, everything stands as it was."""


class ClockBackError(Exception):
    """时刻倒退: the instant of this publication is before that of an event in the ledger."""


class LedgerMovedError(Exception):
    """台账变了: somebody else added to it while this publication was made."""


class Reached(Enum):
    """公布到哪一步 a publication came, which tells what is true when it fails."""

    NOTHING = "nothing"
    """Nothing is logged, and the site that stood still stands."""
    LOGGED = "logged"
    """The ledger has it, or part of it; the site that stood still stands."""
    SHOWN = "shown"
    """The new site stands."""


@dataclass(slots=True)
class Publishing:
    """一次公布. ``root`` is the project; ``salt`` gives 32 random bytes; ``sign`` adds signatures to a checkpoint;
    ``confirm`` is asked, with the audited site and what would be logged, whether to go on."""

    root: Path
    salt: Callable[[], bytes]
    sign: Callable[[Note], Note]
    confirm: Callable[[Path, Waiting], bool]
    waiting: Waiting = field(default_factory=Waiting, init=False)
    """What this publication logs and forgets, once it has begun."""
    reached: Reached = field(default=Reached.NOTHING, init=False)
    _before: Publications | None = field(default=None, init=False)
    _after: Ledger = field(default_factory=Ledger, init=False)
    _added: list[Line] = field(default_factory=list, init=False)

    def begin(self, publications: Publications, context: SiteContext) -> Publications:
        """The publications as the new site is to show them. Raises :class:`ClockBackError`."""
        last = publications.ledger.last_at
        if last is not None and last > instant(context.as_of):
            raise ClockBackError(last)
        waiting = self.waiting = publications.waiting
        kept = publications.ledger.without(waiting.forget, waiting.spent)
        self._before = publications
        self._after, self._added = grown_ledger(kept, waiting, context, self.salt, self.sign)
        return Publications(ledger=self._after, shown=self._after, public=publications.public)

    def finish(self, site: Path) -> None:
        """Log what waited, now that ``site`` is whole. Raises :class:`NotConfirmedError`, and
        :class:`LedgerMovedError` rather than let the ledger fork."""
        assert self._before is not None
        if not self.confirm(site, self.waiting):
            raise NotConfirmedError
        now, faults = read_ledger(self.root)
        if faults or now.lines != self._before.ledger.lines:
            raise LedgerMovedError
        self.reached = Reached.LOGGED
        save(self.root, self._after, self._added, forgot=bool(self.waiting.forget))


def grown_ledger(
    ledger: Ledger,
    waiting: Waiting,
    context: SiteContext,
    salt: Callable[[], bytes],
    sign: Callable[[Note], Note],
) -> tuple[Ledger, list[Line]]:
    """The ledger with the events that wait and a checkpoint more; as it was where there are none."""
    if not waiting.events:
        return ledger, []
    longer, added = ledger.extended(waiting.events, salt, waiting.told)
    longer.checkpoints.append(sign(longer.checkpoint(ledger.origin or log_origin(context.site.base_url))))
    return longer, added


def save(root: Path, ledger: Ledger, added: list[Line], *, forgot: bool) -> None:
    """Write what :func:`grown_ledger` made: added at the end, or all anew where something was forgotten."""
    if forgot:
        rewrite(root, ledger)
        forget_observations(root, ledger)
    elif added:
        append_lines(root, added, ledger.checkpoints[-1])


def log_origin(base_url: str) -> str:
    """日志的名称: the address of the log without its scheme, ``yiyong.example/log``."""
    return base_url.partition("://")[2].rstrip("/") + "/log"


def write_log(publications: Publications, site: Path) -> None:
    """Put the log as it is now into a built ``site``, such as yesterday's that is to be shown again: a log goes on and
    never back. Of the proofs only those of records that have a page there, and no other is left.

    A file that says the same already is left as it is; one that does not is replaced, not written into, because another
    site may share it.
    """
    wanted = {path: data for path, data in log_files(publications) if _belongs(path, site)}
    held = [*(site / LOG).rglob("*"), *site.glob("*/*/proof")]
    for path in held:
        name = path.relative_to(site).as_posix()
        # The page about the log is the site's own, of its day, as every page there.
        if path.is_file() and name not in wanted and not name.startswith(f"{LOG}index.html"):
            path.unlink()
    for name, data in wanted.items():
        target = site / name
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{target.name}.new")
            fresh.write_bytes(data)
            fresh.replace(target)


def _belongs(path: str, site: Path) -> bool:
    return path.startswith(LOG) or (site / path).parent.is_dir()


def log_files(publications: Publications) -> Iterator[tuple[str, bytes]]:
    """日志文件 of the site, as (path from the root, bytes); none while nothing was logged."""
    hidden = publications.waiting.forget
    yield from log_site_files(LogSite(publications.shown, publications.public, hidden))
