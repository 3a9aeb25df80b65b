"""在办公桌上公布 (publishing at the desk): the same steps as ``yiyong publish``, with the question on a page."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Any

from generator.cli.log_commands import COMMITTED, new_salt, uncommitted
from generator.cli.office_printing import waiting_lines
from generator.cli.shared_options import build_site, now, processes
from generator.cli.signing import signing
from generator.desk.site_diff import NoSuchSiteError, diff_sites
from generator.desk.site_review import Review, review_sites
from generator.diagnostics import Diagnostic, Place, Severity, diagnose
from generator.diagnostics.crash import crash_diagnostic
from generator.diagnostics.phrasing import words_of
from generator.diagnostics.staff import staff_words
from generator.pipeline.build import BuildOptions
from generator.pipeline.failures import foreseen
from generator.pipeline.publish_step import (
    ClockBackError,
    LedgerMovedError,
    NotConfirmedError,
    Publishing,
    Reached,
)
from generator.publication_log.log_keys import SHORTEST_PASSPHRASE, KeyProblemError
from generator.publication_log.publication_ledger import FOLDER, read_ledger
from generator.publication_log.waiting_events import Waiting
from generator.system.version_control import GitError, commit, is_versioned

_PATIENCE = 1800.0
"""Seconds that a built site waits for an answer."""

_FAILED = {Reached.NOTHING: "failed", Reached.LOGGED: "logged", Reached.SHOWN: "incomplete"}


@dataclass(slots=True)
class DeskPublishing:
    """一次公布 at a time. ``start`` takes the work that is to be done beside the pages."""

    root: Path
    out: Path
    start: Callable[[Callable[[], None]], None]
    key: Path | None = None
    device: str | None = None
    search: bool = True
    jobs: int = 0
    state: str = "idle"
    """idle, building, ready, done, cancelled or, where something went wrong, how far it had come: failed (the public
    sees what it saw), logged (that too, but the ledger has grown) or incomplete (the public sees the new site)."""
    review: Review | None = None
    first: bool = False
    events: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    ticket: str = ""
    """Stands for the changes that were shown: nobody confirms others."""
    _answer: bool = False
    _answered: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    @property
    def busy(self) -> bool:
        """Whether a publication is under way."""
        return self.state in ("building", "ready")

    @property
    def keyed(self) -> bool:
        """Whether the log is signed with a key, which wants its passphrase."""
        return read_ledger(self.root)[0].key is not None

    def begin(self, passphrase: str, as_of: Any) -> bool:
        """Build and audit; False while another publication is under way."""
        with self._lock:
            if self.busy:
                return False
            self.state, self.review, self.events, self.problems = "building", None, (), ()
            self._answered.clear()
        self.start(lambda: self._run(passphrase, as_of))
        return True

    def answer(self, *, yes: bool, ticket: str = "") -> None:
        """What somebody decided who saw the changes."""
        with self._lock:
            if self.state == "ready" and (not yes or secrets.compare_digest(ticket, self.ticket)):
                self._answer, self.state = yes, "building"
                self._answered.set()

    def page_state(self) -> dict[str, Any]:
        """For the page."""
        return {
            "state": self.state,
            "review": self.review,
            "first": self.first,
            "events": self.events,
            "problems": self.problems,
            "ticket": self.ticket,
            "keyed": self.state != "ready" and self.keyed,
        }

    def _run(self, passphrase: str, as_of: Any) -> None:
        publishing = Publishing(
            root=self.root,
            salt=new_salt,
            sign=signing(self.root, self.key, passphrase, self.device),
            confirm=self._confirm,
        )
        options = BuildOptions(
            root=self.root,
            out=self.out,
            as_of=as_of,
            now=now(),
            jobs=processes(self.jobs),
            search=self.search,
            cached=True,
            publishing=publishing,
        )
        try:
            build_site(options)
            self._commit(publishing.waiting)
        except NotConfirmedError:
            self.state = "cancelled"
        except Exception as error:
            self.problems = tuple(
                _line(item) for item in self._told(error) if item.severity is Severity.ERROR
            )
            self.state = _FAILED[publishing.reached]
        else:
            self.state = "done"

    def _confirm(self, site: Path, waiting: Waiting) -> bool:
        try:
            self.review, self.first = review_sites(diff_sites(self.out, site), self.out, site, "zh"), False
        except NoSuchSiteError:
            self.review, self.first = None, True
        self.events = tuple(" ".join(line.split()) for line in waiting_lines(waiting))
        self.ticket = secrets.token_urlsafe(16)
        self._answer = False
        self.state = "ready"
        return self._answered.wait(_PATIENCE) and self._answer

    def _commit(self, waiting: Waiting) -> None:
        if is_versioned(self.root):
            lines = [
                staff_words()["log"]["commit"].format(count=len(waiting.events)),
                "",
                *waiting_lines(waiting),
            ]
            commit(self.root, COMMITTED, "\n".join(lines).rstrip() + "\n")

    def _told(self, error: Exception) -> tuple[Diagnostic, ...]:
        match error:
            case KeyProblemError():
                terms = {"detail": str(error), "length": str(SHORTEST_PASSPHRASE)}
                return (diagnose(error.code, Place(path=str(error)), terms=terms),)
            case LedgerMovedError():
                return (diagnose("PUB023", Place(path=FOLDER)),)
            case ClockBackError():
                return (diagnose("PUB020", Place(path=FOLDER), terms={"last": str(error)}),)
            case GitError():
                return (uncommitted(self.root, error),)
        failure = foreseen(error, self.out)
        return failure.diagnostics if failure is not None else (crash_diagnostic(error, self.root),)


def _line(item: Diagnostic) -> str:
    words = words_of(item, "zh", reveal=True)
    path = item.place.real_path
    return f"{path}：{words.message} {words.mend}（{item.code}）"
