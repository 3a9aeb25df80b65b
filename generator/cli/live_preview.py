"""本机预览 (live preview): build, watch, show again. Behind ``yiyong serve``.

The site that is shown is one of its own, beside the project's: what is tried out never stands at the place that a web
server may show. While something is wrong the last good site stays, with what is wrong on top of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Condition, Event, Thread
from time import perf_counter
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit

WATCHED = ("registry", "content", "site_config", "mkdocs.yml")
FOLDER = "site.preview"
"""Where the site of the preview stands, in the project: git passes over it and over what is built beside it, whose name
begins with a dot."""
_OWN = "/__yiyong/"
_SCRIPT = f'<script src="{_OWN}live_preview.js" defer></script></body>'.encode()
_EVERY = 0.2
"""Seconds between two looks, at least."""
_REST = 4
"""How many times as long as a look takes the time to the next one is: a large registry is not looked at without a pause."""
_HELD = 20.0
"""Seconds for which a browser's question is held when there is nothing new."""

Look = dict[str, tuple[int, int]]


@dataclass(slots=True)
class Shown:
    """所示: how many builds there were, and what was wrong in the last one; empty for a good one."""

    version: int = 0
    problems: str = ""
    _changed: Condition = field(default_factory=Condition)

    def tell(self, problems: str) -> None:
        """A build has ended."""
        with self._changed:
            self.version += 1
            self.problems = problems
            self._changed.notify_all()

    def after(self, version: int | None, held: float) -> dict[str, int | str]:
        """What is shown, as soon as it is another than ``version``, or after ``held`` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, held)
            return {"version": self.version, "problems": self.problems}


def look_at(root: Path) -> Look:
    """What stands in the folders that a site is built from: path → time and size of each file."""
    return {path: (status.st_mtime_ns, status.st_size) for path, status in _files(root)}


def _files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    pending = [str(root / name) for name in WATCHED]
    while pending:
        path = pending.pop()
        with suppress(OSError):  # an editor may have taken it away
            if os.path.isdir(path):  # noqa: PTH112  # called for every file, five times a second
                pending += [entry.path for entry in os.scandir(path)]
            else:
                yield path, os.stat(path)  # noqa: PTH116


def serve_live(
    root: Path, site: Path, address: tuple[str, int], build: Callable[[], str], stop: Event
) -> None:
    """Show ``site`` at ``address`` and build anew whenever something below ``root`` changes, until ``stop`` is set.

    ``build`` brings the site up to date and says what was wrong: nothing, if it is good. Raises ``OSError`` where the
    address is not free.
    """
    shown = Shown()
    look = look_at(root)
    # First, so that nobody waits for a build to be told that the address is taken; who comes meanwhile is answered after it.
    server = ThreadingHTTPServer(address, partial(_Handler, shown, directory=str(site)))
    server.daemon_threads = True
    try:
        shown.tell(build())
    except BaseException:
        server.server_close()
        raise
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        pause = _EVERY
        while not stop.wait(pause):
            began = perf_counter()
            changed = look_at(root) != look
            pause = max(_EVERY, _REST * (perf_counter() - began))
            if changed:
                look = _settled(root, stop)
                shown.tell(build())
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _settled(root: Path, stop: Event) -> Look:
    """How things look once nobody writes any more: an editor first empties a file, then fills it."""
    look = look_at(root)
    while not stop.wait(_EVERY / 4) and (later := look_at(root)) != look:
        look = later
    return look


class _Handler(SimpleHTTPRequestHandler):
    """The site's files; pages with the script of the preview, which asks what is shown."""

    def __init__(self, shown: Shown, *args: object, directory: str) -> None:
        self.shown = shown
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """The terminal is for what is wrong."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_head(self) -> BytesIO | BinaryIO | None:
        asked = urlsplit(self.path)
        if asked.path == f"{_OWN}live_preview.js":
            return self._answer("text/javascript", Path(__file__).with_suffix(".js").read_bytes())
        if asked.path == f"{_OWN}state":
            since = parse_qs(asked.query).get("since", [""])[0]
            state = self.shown.after(int(since) if since.isdigit() else None, _HELD)
            return self._answer("application/json", json.dumps(state, ensure_ascii=False).encode())
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if asked.path.endswith("/") else path
        if page.suffix == ".html" and page.is_file():
            return self._answer("text/html", page.read_bytes().replace(b"</body>", _SCRIPT))
        return super().send_head()

    def _answer(self, media: str, data: bytes) -> BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)
