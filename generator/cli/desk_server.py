"""办公桌的服务 (desk server): the pages of the desk on 127.0.0.1, for one browser.

Every address is one of a fixed list; none is ever taken for the path of a file. What changes anything is asked for with
POST alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import parse_qsl, urlsplit

from generator.catalogue import desk_wording
from generator.cli.desk_door import HEADERS, POLICY, PREVIEW_POLICY, Door
from generator.cli.desk_publishing import DeskPublishing
from generator.cli.sent_form import MEDIA, SentForm, read_form
from generator.desk.cell_values import CellError, text_of
from generator.desk.desk_pages import DeskPages, asset, door_page
from generator.desk.desk_reading import RefusedError
from generator.desk.desk_work import DeskWork
from generator.diagnostics import has_errors
from generator.disclosure.portrait_picture import MOST_MEGABYTES
from generator.pipeline.frame import Frame
from generator.pipeline.one_case import site_context
from generator.pipeline.preview_frame import previewed
from generator.publication_log.approval_book import is_decision

_LARGEST = 2_000_000
"""Bytes that a form may send."""
_LARGEST_WITH_PICTURES = 3 * MOST_MEGABYTES * 1_048_576
"""The same of a form with pictures."""
_PICTURE = "_picture."
"""Before the name of the field for which a file was chosen."""
_RECORD = "(?P<record>(?:decisions/)?[a-z][a-z0-9-]*/[0-9]{4}/[A-Za-z0-9][A-Za-z0-9-]*)"
_TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "html": "text/html",
}

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """一次答复."""

    body: bytes = b""
    media: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    policy: str = POLICY


@dataclass(slots=True)
class Desk:
    """办公桌 and everything its pages need. ``frame`` makes the frame of previews when it is first asked for."""

    door: Door
    work: DeskWork
    publishing: DeskPublishing
    frame: Callable[[], Frame]
    failed: Callable[[Exception], None]
    """Told of an error that nobody foresaw."""
    writing: Lock = field(default_factory=Lock)
    _frame: Frame | None = None
    _framing: Lock = field(default_factory=Lock)

    @property
    def pages(self) -> DeskPages:
        """Its pages."""
        return DeskPages(work=self.work, base=self.door.base, site=self.publishing.out)

    def answer(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        sent: SentForm,
    ) -> Answer:
        """What a request gets."""
        url = urlsplit(target)
        query = dict(parse_qsl(url.query))
        entering = method == "GET" and url.path == f"{self.door.base}enter"
        refused = self.door.refusal(method, headers, entering=entering)
        if refused is not None:
            return _refused(refused, address=self.door.address)
        if entering:
            cookie = self.door.enter(query.get("token", ""))
            return _refused("token") if cookie is None else _moved(self.door.base, {"Set-Cookie": cookie})
        if not url.path.startswith(self.door.base):
            return self._told("not_found", 404)
        path = url.path.removeprefix(self.door.base)
        for route_method, pattern, serve in _ROUTES:
            found = pattern.fullmatch(path)
            if found is None:
                continue
            if route_method != method:
                continue
            try:
                return serve(self, found.groupdict(), query, sent)
            except RefusedError as error:
                return self._told(error.why, 409, **error.facts)
        known = any(pattern.fullmatch(path) for _, pattern, _ in _ROUTES)
        return self._told("method", 405) if known else self._told("not_found", 404)

    # —— 看 ——

    def cases(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """全部案件."""
        return _page(self.pages.cases())

    def new_form(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """新案件."""
        return _page(self.pages.new_case())

    def case(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """One step of a case."""
        if is_decision(named["record"]):
            return self._go(f"case/{named['record']}/review")
        added = [query["add"]] if "add" in query else []
        return _page(
            self.pages.case(named["record"], query.get("step", ""), saved="saved" in query, added=added)
        )

    def review(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """公众将看到."""
        return _page(self.pages.review(named["record"]))

    def preview(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """A page as the public will see it, or a file of the site's theme."""
        path = named["path"]
        frame = self._framed()
        if path in frame.files:
            return Answer(frame.files[path], _type_of(path), policy=PREVIEW_POLICY)
        opened = self.work.open(named["record"])
        if not opened.shelved.digest.startswith(named["seen"]):
            raise RefusedError("changed_meanwhile")
        judged = self.work.judge(named["record"], opened.shelved.text)
        context = site_context(self.work.settings, judged.as_of)
        for item in judged.produced:
            if item.own.page.path == path:
                return Answer(previewed(item.own.page, frame, context), policy=PREVIEW_POLICY)
            if path in (files := dict(item.own.files)):
                return Answer(files[path], _type_of(path), policy=PREVIEW_POLICY)
        return replace(_refused("only_page", status=404), policy=PREVIEW_POLICY)

    def picture(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """A portrait that the record names, as it would be published."""
        found = self.work.picture(named["record"], named["name"])
        return self._told("not_found", 404) if found is None else Answer(found, "image/jpeg")

    def asset(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """A file of the desk's own."""
        found = asset(named["name"])
        return self._told("not_found", 404) if found is None else Answer(found[1], found[0])

    def handbook(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """工作手册."""
        html = self.pages.handbook(named["name"])
        return self._told("not_found", 404) if html is None else _page(html)

    def publish_page(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """公布."""
        return _page(self.pages.publishing(**self.publishing.page_state()))

    # —— 办 ——

    def live(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """Judge what is being written; nothing is saved."""
        removed = sent.lists.get("_remove", ())
        body = self.pages.live(named["record"], query.get("step", ""), _answers(sent.form), removed)
        return Answer(body.encode(), "application/json")

    def begin(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """Begin a new case."""
        written = sent.form.get("happened_on", "")
        try:
            happened_on = text_of(written, "partial_day") or ""
        except CellError as error:
            wrong = desk_wording()["new_case"]["bad_day"].format(found=error.found)
            return _page(self.pages.new_case(sent.form, wrong))
        with self._alone():
            record = self.work.begin(sent.form.get("authority", ""), happened_on)
        return self._go(f"case/{record}?step=case")

    def save(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """Save one step as a draft."""
        record, step, answers = named["record"], query.get("step", ""), _answers(sent.form)
        removed = sent.lists.get("_remove", ())
        loaded = sent.form.get("_loaded", "")
        with self._alone():
            for name, picture in sent.files.items():
                answers[name.removeprefix(_PICTURE)] = self.work.keep_picture(record, picture)
            conflict = self.work.save(record, loaded, answers, removed)
            if conflict is not None:
                mine = self.work.answers_since(loaded, answers)
                text = self.work.change(record, mine, removed).text
                return _page(self.pages.case(record, step, conflict=conflict, text=text), 409)
        if "_add" in sent.form:
            return self._go(f"case/{record}?step={step}&add={sent.form['_add']}")
        then = sent.form.get("_then", "stay")
        if then == "review":
            return self._go(f"case/{record}/review")
        return self._go(f"case/{record}?step={step if then == 'stay' else then}&saved=1")

    def finish(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """送审, or into the register."""
        with self._alone():
            found = self.work.finish(named["record"], sent.form.get("seen", ""))
        if has_errors(found):
            return _page(self.pages.review(named["record"], found), 409)
        return self._go(f"case/{named['record']}/review")

    def mask_texts(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """Mask the names in the texts."""
        with self._alone():
            self.work.mask_texts(named["record"], sent.form.get("seen", ""))
        return self._go(f"case/{named['record']}/review")

    def withdraw(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """立即撤下."""
        with self._alone():
            found = self.work.withdraw_draft(named["record"], sent.form.get("seen", ""))
        if has_errors(found):
            return _page(self.pages.review(named["record"], found), 409)
        return self._go("publish")

    def approve(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """批准."""
        with self._alone():
            found = self.work.approve(named["record"], sent.form.get("seen", ""), sent.form.get("page", ""))
        if has_errors(found):
            return _page(self.pages.review(named["record"], found), 409)
        return self._go(f"case/{named['record']}/review")

    def send_back(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """退回."""
        with self._alone():
            self.work.send_back(named["record"], sent.form.get("note", ""))
        return self._go("")

    def submit_placed(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """送审 what stands in its place."""
        with self._alone():
            self.work.submit_placed(named["record"], sent.form.get("seen", ""))
        return self._go(f"case/{named['record']}/review")

    def discard(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """放弃草稿."""
        with self._alone():
            self.work.discard(named["record"], sent.form.get("seen", ""))
        return self._go("")

    def take_over(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """按现状登记."""
        with self._alone():
            self.work.take_over()
        return self._go("")

    def publish(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """Build what would be published."""
        with self._alone():
            if not self.publishing.begin(sent.form.get("passphrase", ""), self.work.as_of):
                raise RefusedError("busy")
        return self._go("publish")

    def confirm(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """公布."""
        self.publishing.answer(yes=True, ticket=sent.form.get("ticket", ""))
        return self._go("publish")

    def cancel(self, named: Form, query: Form, sent: SentForm) -> Answer:
        """不公布."""
        self.publishing.answer(yes=False)
        return self._go("publish")

    # —— 内部 ——

    def _alone(self) -> Lock:
        """One change at a time."""
        return self.writing

    def _framed(self) -> Frame:
        with self._framing:
            if self._frame is None:
                self._frame = self.frame()
            return self._frame

    def _go(self, path: str) -> Answer:
        return _moved(self.door.base + path, {})

    def _told(self, why: str, status: int, **facts: str) -> Answer:
        return _page(self.pages.told(why, **facts), status)


_Serve = Callable[[Desk, Form, Form, SentForm], Answer]
_ROUTES: tuple[tuple[str, re.Pattern[str], _Serve], ...] = tuple(
    (method, re.compile(pattern), serve)
    for method, pattern, serve in (
        ("GET", "", Desk.cases),
        ("GET", "new", Desk.new_form),
        ("POST", "new", Desk.begin),
        ("GET", f"case/{_RECORD}", Desk.case),
        ("POST", f"case/{_RECORD}", Desk.save),
        ("POST", f"live/{_RECORD}", Desk.live),
        ("GET", f"case/{_RECORD}/review", Desk.review),
        ("POST", f"case/{_RECORD}/finish", Desk.finish),
        ("POST", f"case/{_RECORD}/mask-texts", Desk.mask_texts),
        ("POST", f"case/{_RECORD}/withdraw", Desk.withdraw),
        ("POST", f"case/{_RECORD}/approve", Desk.approve),
        ("POST", f"case/{_RECORD}/return", Desk.send_back),
        ("POST", f"case/{_RECORD}/submit-placed", Desk.submit_placed),
        ("POST", f"case/{_RECORD}/discard", Desk.discard),
        ("GET", f"preview/{_RECORD}/(?P<seen>[0-9a-f]{{16}})/(?P<path>.+)", Desk.preview),
        ("GET", f"picture/{_RECORD}/(?P<name>[a-z0-9.-]+)", Desk.picture),
        ("POST", "take-over", Desk.take_over),
        ("GET", "handbook/(?P<name>[A-Za-z-]+)", Desk.handbook),
        ("GET", "publish", Desk.publish_page),
        ("POST", "publish", Desk.publish),
        ("POST", "publish/confirm", Desk.confirm),
        ("POST", "publish/cancel", Desk.cancel),
        ("GET", "assets/(?P<name>[a-z.]+)", Desk.asset),
    )
)


def desk_server(desk: Desk, port: int) -> ThreadingHTTPServer:
    """The server, bound to the loopback and nothing else. Raises ``OSError`` where the port is taken."""

    class Handler(_Handler):
        at = desk

    server = _Server(("127.0.0.1", port), Handler)
    desk.door.port = server.server_address[1]
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is nothing to tell of."""


class _Handler(BaseHTTPRequestHandler):
    """Requests as :class:`Desk` reads them."""

    at: Desk
    server_version = "yiyong"
    sys_version = ""
    timeout = 60

    def log_message(self, format: str, *args: object) -> None:
        """Addresses name cases; nobody is told."""

    def do_GET(self) -> None:
        """看."""
        self._serve("GET", b"")

    def do_POST(self) -> None:
        """办."""
        length = self.headers.get("Content-Length", "")
        media = self.headers.get("Content-Type", "").partition(";")[0].strip()
        largest = _LARGEST if media == MEDIA[0] else _LARGEST_WITH_PICTURES
        if not length.isdigit() or int(length) > largest or media not in MEDIA:
            self.close_connection = True
            self._send(_refused("too_large", status=413))
            return
        self._serve("POST", self.rfile.read(int(length)))

    def _serve(self, method: str, body: bytes) -> None:
        try:
            sent = read_form(self.headers.get("Content-Type", ""), body) if method == "POST" else SentForm()
        except ValueError:
            self._send(_refused("bad_form", status=400))
            return
        try:
            answer = self.at.answer(method, self.path, dict(self.headers.items()), sent)
        except Exception as error:
            self.at.failed(error)
            answer = _refused("fault", status=500)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        kind = (
            f"{answer.media}; charset=utf-8"
            if answer.media.startswith(("text/", "application/json"))
            else answer.media
        )
        sent = {**HEADERS, "Content-Type": kind, "Content-Security-Policy": answer.policy, **answer.headers}
        for name, value in sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


def _answers(form: Form) -> dict[str, str]:
    """What was written into fields of the record, and not what steers the page."""
    return {name: value for name, value in form.items() if not name.startswith("_")}


def _type_of(path: str) -> str:
    return _TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def _page(html: str, status: int = 200) -> Answer:
    return Answer(html.encode(), status=status)


def _moved(address: str, headers: Mapping[str, str]) -> Answer:
    return Answer(status=303, headers={"Location": address, **headers})


def _refused(why: str, *, status: int = 403, **facts: str) -> Answer:
    return Answer(door_page(why, **facts).encode(), status=status)
