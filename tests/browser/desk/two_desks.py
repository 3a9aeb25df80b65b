"""An office of two people with a desk each, a clock that the test sets, and the site that they publish."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page

from generator.cli.desk_door import Door
from generator.cli.desk_publishing import DeskPublishing
from generator.cli.desk_server import Desk, desk_server
from generator.cli.shared_options import site_host
from generator.desk.desk_work import DeskWork
from generator.pipeline.frame import Frame
from generator.pipeline.preview_frame import preview_frame
from generator.source.model.instant import SHANGHAI
from tests.projects import write_small_project

_ENGLISH = {"name": "An office", "tagline": "Notices", "owner": "An office"}
"""The written pages of the sample are there in English too."""
PATIENCE = 120_000
"""Milliseconds for what builds a site on a machine with other work."""


@dataclass(slots=True)
class Person:
    """Somebody at a desk: the browser's page, and what it shows."""

    desk: Desk
    page: Page

    def go(self, path: str = "") -> None:
        """Open an address of the desk."""
        self.page.goto(f"http://{self.desk.door.address}{self.desk.door.base}{path}", timeout=PATIENCE)

    def step(self, record: str, step: str) -> None:
        """Open one step of a case."""
        self.go(f"case/{record}?step={step}")

    def write(self, answers: dict[str, str]) -> None:
        """Fill in fields of the step that is open; what is folded away is opened first."""
        self.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        for name, value in answers.items():
            control = self.page.locator(f"[name='{name}']")
            if control.evaluate("(each) => each.tagName") == "SELECT":
                control.select_option(label=value)
            else:
                control.fill(value)

    def save(self) -> None:
        """Save the step."""
        self.page.locator(".actions .plain").click()
        self.page.wait_for_url("**saved=1*", timeout=PATIENCE)

    def press(self, label: str) -> None:
        """Press a button and wait for the next page."""
        with self.page.expect_navigation(timeout=PATIENCE):
            self.page.get_by_role("button", name=label).click()

    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")


@dataclass(slots=True)
class Office:
    """Both desks, one project, one site."""

    root: Path
    clerk: Person
    reviewer: Person

    @property
    def site(self) -> Path:
        """The site as the public has it."""
        return self.root / "site"

    def it_is(self, moment: str) -> None:
        """Set the clock: ``2026-11-22T09:00``."""
        at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        for person in (self.clerk, self.reviewer):
            person.desk.work.as_of = at

    def through(self, record: str) -> None:
        """Submit, approve and publish what is written of a record."""
        self.clerk.go(f"case/{record}/review")
        self.clerk.press("送审")
        assert "等另一个人批准" in self.clerk.text(), self.clerk.text()
        self.reviewer.go()
        assert "等您批准" in self.reviewer.text()
        self.reviewer.go(f"case/{record}/review")
        self.reviewer.press("我看过了，批准")
        assert "已登记" in self.reviewer.text(), self.reviewer.text()
        self.publish()

    def publish(self) -> str:
        """Publish from the clerk's desk; returns what the page said would change."""
        page = self.clerk.page
        self.clerk.go("publish")
        self.clerk.press("建好给我看")
        page.get_by_role("button", name="公布", exact=True).wait_for(timeout=PATIENCE)
        said = self.clerk.text()
        page.get_by_role("button", name="公布", exact=True).click()
        page.get_by_text("已经公布。").wait_for(timeout=PATIENCE)
        return said


@contextmanager
def two_desks(folder: Path, browser: Browser) -> Iterator[Office]:
    """An office in git whose records somebody else must approve."""
    root = write_small_project(
        folder / "office", site={"approval": "accounts", "english": _ENGLISH}, themed=True
    )
    (root / ".gitignore").write_text("/site/\n/.site*\n/.yiyong/\n", encoding="utf-8")
    for arguments in (
        ("init", "--quiet"),
        ("config", "user.email", "a@b.example"),
        ("config", "user.name", "机关"),
    ):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    people, servers = [], []
    at = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)
    frame = cache(lambda: preview_frame(root, at, site_host(root)))
    try:
        for who, account in (("张三", "zhang@one"), ("李四", "li@two")):
            desk = _desk(root, who, account, frame)
            server = desk_server(desk, 0)
            servers.append(server)
            Thread(target=server.serve_forever, daemon=True).start()
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(desk.door.entrance)
            people.append(Person(desk, page))
        yield Office(root, *people)
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
        for person in people:
            person.page.context.close()


def _desk(root: Path, who: str, account: str, frame: Callable[[], Frame]) -> Desk:
    def failed(error: Exception) -> None:
        raise error

    def now() -> datetime:
        assert work.as_of is not None
        return work.as_of

    work = DeskWork(root, who, account, now, datetime(2026, 11, 22, 9, tzinfo=SHANGHAI))
    publishing = DeskPublishing(
        root, root / "site", lambda job: Thread(target=job, daemon=True).start(), search=False, jobs=1
    )
    return Desk(
        door=Door(0),
        work=work,
        publishing=publishing,
        frame=frame,
        failed=failed,
    )
