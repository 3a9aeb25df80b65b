"""Whole sites by MkDocs: the sample site, built once, and a server for folders."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from generator.pipeline.build import BuildOptions
from generator.pipeline.build import build as build_with
from generator.pipeline.mkdocs_adapter import build_with_mkdocs
from tests.projects import AS_OF, copy_project


def build_project(root: Path, out: Path, *, search: bool = True, jobs: int = 1) -> Path:
    """Build the site of ``root`` as of :data:`AS_OF`, by the same way as ``yiyong build``."""
    build_with(
        BuildOptions(root=root, out=out, as_of=AS_OF, now=AS_OF, jobs=jobs, search=search),
        lambda prepared, staging: build_with_mkdocs(prepared, staging, root / "mkdocs.yml"),
    )
    return out


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder ``name`` of this run, filled by the first worker that asks for it; nobody may change it. With
    ``YIYONG_SHARED`` it is that of all runs that are given the same place, which must be of the same checkout."""
    run = factory.getbasetemp()
    if "YIYONG_SHARED" in os.environ:
        run = Path(os.environ["YIYONG_SHARED"])
    elif "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    folder = run / name
    with FileLock(run / f"{name}.lock"):
        if not folder.exists():
            making = run / f"{name}.making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def sample_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample project; tests must not change it."""
    return made_once(tmp_path_factory, "sample", copy_project)


@pytest.fixture(scope="session")
def sample_site(sample_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built once a run; tests that change it copy it. On every core: most workers wait for it."""
    jobs = os.cpu_count() or 1

    def make(folder: Path) -> None:
        build_project(sample_project, folder / "site", jobs=jobs)

    return made_once(tmp_path_factory, "sample-site", make) / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A test's output is its own."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on loopback; returns the address of a folder, ending with a slash."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def sample_url(sample_site: Path, serve: Callable[[Path], str]) -> str:
    """Address of the sample site."""
    return serve(sample_site)
