"""An office of two people, each with a desk of the installed command, and the site that they publish behind nginx."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.nginx import serving
from tests.wheels import command, surroundings

PATIENCE = 120_000
"""Milliseconds for what builds a site on a machine with other work."""
_OTHER_ACCOUNT = ("unshare", "--user", "--map-user=65534")
"""Before a command: it runs in another account of the system, as far as the system tells it."""


def other_account() -> tuple[str, ...]:
    """What runs a command in another account; nothing where this machine lets nobody."""
    try:
        done = subprocess.run([*_OTHER_ACCOUNT, "true"], capture_output=True, timeout=20)
    except OSError:
        return ()
    return _OTHER_ACCOUNT if done.returncode == 0 else ()


@dataclass(slots=True)
class Person:
    """Somebody at a desk: the process, and the browser's page with what it shows."""

    who: str
    page: Page
    account: tuple[str, ...] = ()
    """What the command runs in."""
    base: str = ""
    process: subprocess.Popen[str] | None = None

    def sit_down(self, root: Path, moment: str) -> None:
        """Open the desk at this moment: ``2026-11-22T09:00``."""
        self.leave()
        told = ("--as", self.who, "--no-browser", "--no-search", "--as-of", f"{moment}+08:00")
        self.process = subprocess.Popen(
            [*self.account, *command("desk", *told)],
            cwd=root,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(r"(http://127\.0\.0\.1:[0-9]+/[0-9a-f]+/)enter\?token=\S+", line):
                self.base = found[1]
                self.page.goto(found[0], timeout=PATIENCE)
                return
        raise AssertionError("the desk did not open")

    def leave(self) -> None:
        """Close the desk."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def go(self, path: str = "") -> None:
        """Open an address of the desk."""
        self.page.goto(self.base + path, timeout=PATIENCE)

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
            self.page.get_by_role("button", name=label, exact=True).click()

    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")


@dataclass(slots=True)
class Office:
    """Both desks, one project, and a visitor of the site that they publish."""

    root: Path
    clerk: Person
    reviewer: Person
    visitor: Page
    address: str = field(default="", init=False)
    """Of the site behind nginx; empty until it is served."""

    def it_is(self, moment: str) -> None:
        """Both open their desks at this moment, and so do visitors the site."""
        self.visitor.clock.set_fixed_time(f"{moment}+08:00")
        for person in (self.clerk, self.reviewer):
            person.sit_down(self.root, moment)

    def approved(self, record: str) -> None:
        """Submit and approve what is written of a record."""
        self.clerk.go(f"case/{record}/review")
        self.clerk.press("送审")
        assert "等另一个人批准" in self.clerk.text(), self.clerk.text()
        self.reviewer.go()
        assert "等您批准" in self.reviewer.text()
        self.reviewer.go(f"case/{record}/review")
        self.reviewer.press("我看过了，批准")
        assert "已登记" in self.reviewer.text(), self.reviewer.text()

    def publish(self) -> str:
        """Publish from the clerk's desk; returns what the page said would change."""
        page = self.clerk.page
        if not page.url.endswith("publish"):
            self.clerk.go("publish")
        self.clerk.press("建好给我看")
        page.get_by_role("button", name="公布", exact=True).wait_for(timeout=PATIENCE)
        said = self.clerk.text()
        page.get_by_role("button", name="公布", exact=True).click()
        page.get_by_text("已经公布。").wait_for(timeout=PATIENCE)
        return said

    def through(self, record: str) -> str:
        """Submit, approve and publish."""
        self.approved(record)
        return self.publish()

    def seen(self, path: str) -> str:
        """What a visitor reads on a page of the site."""
        self.visitor.goto(self.address + path, timeout=PATIENCE)
        return self.visitor.inner_text("main")


@contextmanager
def at_work(root: Path, browser: Browser, account: tuple[str, ...]) -> Iterator[Office]:
    """The two at their desks in the project ``root``, the second one in the system's ``account``."""
    pages = [browser.new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(3)]
    for page in pages:
        page.set_default_timeout(PATIENCE)
    office = Office(root, Person("张三", pages[0]), Person("李四", pages[1], account), pages[2])
    try:
        yield office
    finally:
        for person in (office.clerk, office.reviewer):
            person.leave()
        for page in pages:
            page.context.close()


@contextmanager
def served(office: Office, folder: Path) -> Iterator[None]:
    """nginx in front of what the office has published."""
    folder.mkdir()
    with serving(folder, office.root / "site") as server:
        office.address = server.url
        yield
