"""A desk in a test: a small project, a clock that stands still, and requests without a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from generator.cli.desk_door import Door
from generator.cli.desk_publishing import DeskPublishing
from generator.cli.desk_server import Answer, Desk
from generator.cli.sent_form import SentForm
from generator.desk.desk_work import DeskWork
from generator.pipeline.frame import Frame
from tests.projects import AS_OF, case, write_small_project

RECORD = "wuhan/2026/wh26-0001"
PLACED = f"registry/cases/{RECORD}.yml"
DRAFT = f"registry/drafts/{RECORD}.yml"


def desk_project(folder: Path, *, approval: str = "none", **changes: Any) -> Path:
    """A project with one open notice."""
    return write_small_project(
        folder, {"wuhan/2026/wh26-0001.yml": case(**changes)}, site={"approval": approval}
    )


def desk_work(root: Path, who: str = "张三", account: str = "zhang@a") -> DeskWork:
    """The work of one person at :data:`AS_OF`."""
    return DeskWork(root, who, account, lambda: AS_OF)


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser, as far as headers go."""

    desk: Desk
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        lists: Mapping[str, tuple[str, ...]] | None = None,
        files: Mapping[str, bytes] | None = None,
        **headers: str | None,
    ) -> Answer:
        """One request to ``path`` below the desk's base; None takes a header away."""
        sent: dict[str, str] = {"Host": self.desk.door.address, "Cookie": self.cookie}
        if method == "POST":
            sent["Origin"] = f"http://{self.desk.door.address}"
        for name, value in headers.items():
            sent.pop(name.replace("_", "-"), None)
            if value is not None:
                sent[name.replace("_", "-")] = value
        target = path if path.startswith("/") else self.desk.door.base + path
        return self.desk.answer(method, target, sent, SentForm(form or {}, lists or {}, files or {}))

    def enter(self) -> Answer:
        """Open the door with its token."""
        url = urlsplit(self.desk.door.entrance)
        answer = self.ask("GET", f"{url.path}?{urlencode(parse_qsl(url.query))}")
        self.cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
        return answer

    def form(self, path: str) -> dict[str, str]:
        """The values of a page's form, as a browser would send them back unchanged."""
        return form_values(self.ask("GET", path).body.decode())


def a_desk(root: Path, who: str = "张三", account: str = "zhang@a") -> Desk:
    """A desk whose previews have no frame and which publishes nothing."""

    def frame() -> Frame:
        raise AssertionError("no frame in this test")

    def failed(error: Exception) -> None:
        raise error

    publishing = DeskPublishing(root, root / "site", lambda job: None)
    return Desk(Door(8017), desk_work(root, who, account), publishing, frame, failed)


def form_values(html: str) -> dict[str, str]:
    """Names and values of every control of the one form that holds a record, templates left out."""
    html = html[html.index('<form method="post" action') : html.index("</form>")]
    while "<template>" in html:
        end = html.index("</template>")
        start = html.rindex("<template>", 0, end)
        html = html[:start] + html[end + len("</template>") :]
    found: dict[str, list[str]] = {}
    pattern = re.compile(
        r"<input(?P<input>[^>]*)>|<textarea(?P<area>[^>]*)>\n?(?P<text>.*?)</textarea>"
        r"|<select(?P<select>[^>]*)>(?P<options>.*?)</select>",
        re.DOTALL,
    )
    for match in pattern.finditer(html):
        attributes = match["input"] or match["area"] or match["select"] or ""
        name = _attribute(attributes, "name")
        if name is None or (
            _attribute(attributes, "type") == "file"
            or (_attribute(attributes, "type") == "checkbox" and " checked" not in attributes)
        ):
            continue
        if match["area"] is not None:
            value = unescape(match["text"]).replace("\n", "\r\n")
        elif match["select"] is not None:
            chosen = re.search(r'value="([^"]*)" selected', match["options"])
            value = unescape(chosen[1]) if chosen else ""
        else:
            value = _attribute(attributes, "value") or ""
        found.setdefault(name, []).append(value)
    return {
        name: "\n".join(filter(None, values)) if len(values) > 1 else values[0]
        for name, values in found.items()
    }


def _attribute(attributes: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', attributes)
    return None if found is None else unescape(found[1])
