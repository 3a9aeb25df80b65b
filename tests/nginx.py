"""The sample site behind Debian's nginx on loopback, with the settings under site_config/deploy/."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.projects import ROOT

DEPLOY = ROOT / "site_config/deploy"
NGINX = "/usr/sbin/nginx"


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running nginx."""

    port: int
    root: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, fields, answer.read())
        finally:
            connection.close()


def write_config(folder: Path, site: Path, port: int) -> Path:
    """A server as the comment in ``site.conf`` says, but on loopback and without TLS."""
    shutil.copytree(DEPLOY / "nginx", folder / "yiyong")
    for name in ("logs", "temp"):
        (folder / name).mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {folder}/temp/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/logs/error.log;"
        f"events {{}} http {{ access_log off; {temporary}"
        f" server {{ listen 127.0.0.1:{port}; root {site}; include yiyong/site.conf; }} }}",
        encoding="utf-8",
    )
    return config


@pytest.fixture(scope="module")
def server(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("nginx")
    site = folder / "site"
    shutil.copytree(sample_site, site)
    (site / ".secret").write_text("dot-file-content", encoding="utf-8")
    (site / "assets/.git").mkdir()
    (site / "assets/.git/config").write_text("dot-file-content", encoding="utf-8")
    shutil.copy(DEPLOY / "_headers", site)
    page = (site / "about/index.html").read_bytes()
    (site / "about/index.html.gz").write_bytes(gzip.compress(page, mtime=0))
    with serving(folder, site) as running:
        yield running


@contextmanager
def serving(folder: Path, site: Path) -> Iterator[Server]:
    """nginx, with its own files in ``folder``, in front of ``site``; skips where there is none."""
    if not Path(NGINX).exists():
        reason = f"{NGINX} is missing: apt-get install nginx-light"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = write_config(folder, site, port)
    command = [NGINX, "-p", str(folder), "-c", str(config)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Server(port, site)
    finally:
        process.terminate()
        process.wait(timeout=20)
