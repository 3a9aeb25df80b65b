"""``yiyong serve``: a saved record is seen at once; while something is wrong the last good site stays, and says so."""

from __future__ import annotations

import json
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest

from generator.cli.live_preview import FOLDER, Shown, look_at, serve_live
from generator.pipeline.prepare import ChecksFailedError
from tests.offices import office
from tests.projects import AS_OF, case, write_small_project
from tests.quick_build import build

NAME = "wuhan/2026/wh26-x-first.yml"


@dataclass(frozen=True)
class Browser:
    """Asks what a page of the preview asks."""

    port: int

    def fetched(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=60) as answer:
            text: str = answer.read().decode()
        return text

    def state(self, since: int | str) -> tuple[int, str]:
        """What is shown, once it is another than ``since``: the number of builds, and what was wrong in the last."""
        found = json.loads(self.fetched(f"__yiyong/state?since={since}"))
        return found["version"], found["problems"]


@contextmanager
def serving(root: Path) -> Iterator[Browser]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        browser = Browser(free.getsockname()[1])
    site, stop, ready = root / FOLDER, Event(), Event()

    def again() -> str:
        try:
            build(root, site, AS_OF, cached=True)
        except ChecksFailedError as failed:
            return "\n".join(item.code for item in failed.diagnostics)
        finally:
            ready.set()
        return ""

    thread = Thread(target=serve_live, args=(root, site, ("127.0.0.1", browser.port), again, stop))
    thread.start()
    try:
        assert ready.wait(120)
        for _ in range(100):
            try:
                browser.state("")
                break
            except OSError:
                stop.wait(0.05)
        yield browser
    finally:
        stop.set()
        thread.join(60)


def test_what_is_saved_is_shown_and_what_is_wrong_is_told_over_the_last_good_site(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {NAME: case()})
    path = next((root / "registry/cases").rglob("*.yml"))
    good = path.read_text(encoding="utf-8")
    with serving(root) as browser:
        page = browser.fetched("notices/wuhan-2026-0001/")
        assert "封玉琢" in page and page.count("/__yiyong/live_preview.js") == 1
        assert "location.reload" in browser.fetched("__yiyong/live_preview.js")
        first, problems = browser.state("")
        assert problems == ""
        path.write_text(good.replace("封玉琢", "封玉珪"), encoding="utf-8")
        second, problems = browser.state(first)
        assert second > first and problems == ""
        assert "封玉珪" in browser.fetched("notices/wuhan-2026-0001/")
        path.write_text(good.replace("level: public", "level: open"), encoding="utf-8")
        third, problems = browser.state(second)
        assert third > second and problems
        assert "封玉珪" in browser.fetched("notices/wuhan-2026-0001/"), "the last good site stays"
        path.write_text(good, encoding="utf-8")
        fourth, problems = browser.state(third)
        assert fourth > third and problems == ""
        assert "封玉琢" in browser.fetched("notices/wuhan-2026-0001/")
    assert not any(b"__yiyong" in item.read_bytes() for item in (root / FOLDER).rglob("*.html"))


def test_an_address_that_is_taken_is_told_before_anything_is_built(tmp_path: Path) -> None:
    def build_nothing() -> str:
        raise AssertionError("built")

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError):
        serve_live(tmp_path, tmp_path, ("127.0.0.1", taken.getsockname()[1]), build_nothing, Event())


def test_git_passes_over_the_preview_and_what_is_built_beside_it(tmp_path: Path) -> None:
    root = office(tmp_path / "office")
    names = [
        f"{FOLDER}/index.html",
        *(f".{FOLDER}.{side}" for side in ("behind/index.html", "lock", "whole")),
    ]
    subprocess.run(["git", "init", "-q", root], check=True, timeout=20)
    asked = ["git", "-C", root, "check-ignore", *names]
    assert subprocess.run(asked, capture_output=True, text=True, timeout=20).stdout.split() == names


def test_a_look_sees_a_file_that_comes_goes_or_changes(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {NAME: case()})
    first = look_at(root)
    added = root / "registry/cases/wuhan/2026/wh26-x-second.yml"
    added.write_text("case: [", encoding="utf-8")
    second = look_at(root)
    assert second.keys() - first.keys() == {str(added)}
    added.write_text("case: [1", encoding="utf-8")
    assert look_at(root) != second
    added.unlink()
    assert look_at(root) == first


def test_a_question_is_held_until_there_is_something_new() -> None:
    shown = Shown()
    shown.tell("")
    assert shown.after(1, 0.01) == {"version": 1, "problems": ""}
    asked = Thread(target=shown.tell, args=("CLK001",))
    asked.start()
    assert shown.after(1, 60) == {"version": 2, "problems": "CLK001"}
    asked.join()
