"""网页服务器: the sample site behind Debian's nginx on loopback, with the settings under site_config/deploy/."""

from __future__ import annotations

import gzip
import os
import re

import pytest

from tests.nginx import DEPLOY, Server

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("served_site")]

NEVER_STALE = "no-cache"


TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def test_every_kind_of_file_has_its_type(server: Server) -> None:
    by_ending: dict[str, str] = {}
    for path in sorted(server.root.rglob("*")):
        name = path.relative_to(server.root).as_posix()
        if path.is_file() and not re.search(
            r"(^|/)[._]|\.gz$|^manifest\.json$|^404\.html$|^log/|/proof$", name
        ):
            by_ending.setdefault(path.suffix, name)
    assert by_ending.keys() <= TYPES.keys(), "say the type of the new kind of file in site.conf and here"
    for ending, name in by_ending.items():
        answer = server.ask(f"/{name}")
        assert (answer.status, answer.headers["content-type"]) == (200, TYPES[ending]), name
        assert answer.body == (server.root / name).read_bytes(), name
    manifest = server.ask("/manifest.json")
    assert manifest.headers["content-type"] == "application/manifest+json; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("log/checkpoint", "text/plain; charset=utf-8"),
        ("log/keys", "application/json; charset=utf-8"),
        ("log/tile/0/x001/x234/067.p/112", "application/octet-stream"),
        ("notices/wuhan-2026-0001/proof", "application/json; charset=utf-8"),
        ("honours/wuhan-2026-h0001/proof", "application/json; charset=utf-8"),
    ],
)
def test_the_files_of_the_log_have_their_types_and_may_be_read_from_elsewhere(
    path: str, kind: str, server: Server
) -> None:
    target = server.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    before = target.read_bytes() if target.exists() else None
    target.write_bytes(b"x")
    answer = server.ask(f"/{path}")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"x", kind)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == NEVER_STALE
    for name, value in security_headers().items():
        assert answer.headers[name] == value
    if before is None:
        target.unlink()
    else:
        target.write_bytes(before)


def test_the_settings_know_more_kinds_than_the_site_has() -> None:
    known = (DEPLOY / "nginx/site.conf").read_text(encoding="utf-8")
    for ending in ("webmanifest", "jsonl", "bib", "ris", "wasm", "zip"):
        assert re.search(rf"[ ]{ending}[ ;]", known), ending


def test_addresses_end_with_a_slash(server: Server) -> None:
    for path in ("/notices", "/honours/wuhan", "/policies/wuhan", "/data"):
        answer = server.ask(path)
        assert (answer.status, answer.headers["location"]) == (301, f"{path}/")
        assert server.ask(f"{path}/").body == (server.root / path[1:] / "index.html").read_bytes()
    assert server.ask("/").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/.secret",
        "/assets/.git/config",
        "/assets/.git/",
        "/assets/.git",
        "/%2esecret",
        "/_headers",
        "/assets/",
        "/api/",
        "/api/v1/",
        "/calendar/",
        "/nothing/",
        "/notices/wuhan-2026-9999/",
        "/index.html/",
    ],
)
def test_nothing_is_listed_and_dot_files_are_not_there(path: str, server: Server) -> None:
    answer = server.ask(path)
    assert answer.status == 404
    assert b"Index of" not in answer.body and b"dot-file-content" not in answer.body
    assert answer.body == (server.root / "404.html").read_bytes()


@pytest.mark.parametrize("path", ["/../nginx.conf", "/..%2fnginx.conf", "/assets/..%2f..%2fnginx.conf"])
def test_nothing_outside_the_site_is_served(path: str, server: Server) -> None:
    answer = server.ask(path)
    assert answer.status in (400, 404)
    assert b"worker_processes" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_site_is_read_only(method: str, server: Server) -> None:
    assert server.ask("/", method).status == 405


SAMPLES = (
    "/",
    "/notices/",
    "/404.html",
    "/nothing/",
    "/notices",
    "/api/v1/notices.json",
    "/assets/yiyong.css",
)


def security_headers() -> dict[str, str]:
    text = (DEPLOY / "nginx/headers.conf").read_text(encoding="utf-8")
    return {
        name.lower(): value for name, value in re.findall(r'^add_header (\S+) "([^"]*)" always;$', text, re.M)
    }


@pytest.mark.parametrize("path", SAMPLES)
def test_every_answer_has_the_headers(path: str, server: Server) -> None:
    wanted = security_headers()
    assert wanted["strict-transport-security"].startswith("max-age=31536000")
    assert wanted["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in wanted["content-security-policy"]
    assert len(wanted) == 7
    answer = server.ask(path)
    for name, value in wanted.items():
        assert answer.headers.get(name) == value, name
    assert answer.headers["server"] == "nginx"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/notices/",
        "/notices/wuhan-2026-0009/",
        "/api/v1/notices.json",
        "/data/notices.csv",
        "/feeds/notices.atom",
        "/calendar/notices.ics",
        "/sitemap.xml",
        "/manifest.json",
        "/assets/yiyong.js",
        "/assets/yiyong.css",
        "/search/manifest.json",
        "/search/words/0.txt",
        "/nothing/",
    ],
)
def test_nothing_that_can_change_is_used_without_asking(path: str, server: Server) -> None:
    """A notice closes at a moment; a copy of the page from before may not be shown after it."""
    answer = server.ask(path)
    assert answer.headers["cache-control"] == NEVER_STALE
    assert "expires" not in answer.headers
    if answer.status == 200:
        again = server.ask(path, If_None_Match=answer.headers["etag"])
        assert again.status == 304 and again.headers["cache-control"] == NEVER_STALE


def test_a_new_build_is_seen_at_once(server: Server) -> None:
    """Every file of a build has the build's instant, so another build has other tags."""
    path = server.root / "about/index.html"
    before = server.ask("/about/")
    moment = path.stat().st_mtime
    os.utime(path, (moment + 60, moment + 60))
    try:
        after = server.ask("/about/", If_None_Match=before.headers["etag"])
        assert after.status == 200 and after.headers["etag"] != before.headers["etag"]
    finally:
        os.utime(path, (moment, moment))


def test_text_is_packed_and_twins_are_used(server: Server) -> None:
    for path in ("/", "/api/v1/notices.json", "/data/notices.csv", "/feeds/notices.atom"):
        plain = server.ask(path)
        packed = server.ask(path, Accept_Encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip", path
        assert "accept-encoding" in packed.headers["vary"].lower()
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body)
    twin = server.ask("/about/", Accept_Encoding="gzip")
    assert twin.body == (server.root / "about/index.html.gz").read_bytes()


def test_data_may_be_read_from_elsewhere_and_pages_may_not(server: Server) -> None:
    for path in ("/api/v1/notices.json", "/data/notices.csv", "/feeds/notices.atom", "/calendar/notices.ics"):
        assert server.ask(path).headers["access-control-allow-origin"] == "*"
    for path in ("/", "/notices/", "/assets/yiyong.js"):
        assert "access-control-allow-origin" not in server.ask(path).headers


def test_the_headers_file_says_the_same(server: Server) -> None:
    rules: dict[str, dict[str, str]] = {}
    for line in (DEPLOY / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            current = rules.setdefault(line, {})
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            current[name.lower()] = value
    assert rules["/*"] == {**security_headers(), "cache-control": NEVER_STALE}
    for pattern, path in (
        ("/api/*", "/api/v1/notices.json"),
        ("/data/*", "/data/notices.csv"),
        ("/feeds/*", "/feeds/notices.atom"),
        ("/calendar/*", "/calendar/notices.ics"),
        ("/manifest.json", "/manifest.json"),
    ):
        answer = server.ask(path)
        for name, value in rules[pattern].items():
            assert answer.headers[name] == value, pattern
