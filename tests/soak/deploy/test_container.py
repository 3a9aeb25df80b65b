"""The Containerfile of a new project is built, and the command runs in the image. It takes minutes and the network, so
it runs where a base image is named: ``YIYONG_BASE_IMAGE=docker.io/library/python:3.13-slim make soak``.

Commands run as steps of a build, because ``podman run`` asks more of a machine than many a CI service gives.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator import __version__
from tests.offices import office
from tests.wheels import build_wheel

BASE = os.environ.get("YIYONG_BASE_IMAGE")
TRIED = """FROM localhost/yiyong-tried
RUN yiyong --version && yiyong doctor
RUN yiyong check && yiyong build && yiyong audit site
"""

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(shutil.which("podman") is None, reason="podman is missing: apt-get install podman"),
    pytest.mark.skipif(BASE is None, reason="YIYONG_BASE_IMAGE names no base image"),
]


def podman(project: Path, packages: Path, file: Path, tag: str, *more: str) -> str:
    volumes = ("-v", f"{packages}:/packages", "-v", f"{project}:/project")
    options = ("--network", "host", "--isolation", "chroot", "--no-cache", *volumes)
    certificates = ("--env", f"PIP_CERT={path}") if (path := os.environ.get("PIP_CERT")) else ()
    done = subprocess.run(
        ["podman", "build", *options, *certificates, *more, "-t", tag, "-f", str(file), str(project)],
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_image_is_made_and_builds_a_site(tmp_path: Path) -> None:
    project, packages = office(tmp_path / "jyyw"), tmp_path / "packages"
    packages.mkdir()
    wheel = build_wheel(packages)
    arguments = ("--build-arg", f"BASE={BASE}", "--build-arg", f"YIYONG=/packages/{wheel.name}")
    containerfile = project / "site_config/deploy/Containerfile"
    podman(project, packages, containerfile, "localhost/yiyong-tried", *arguments)
    tried = tmp_path / "Containerfile"
    tried.write_text(TRIED)
    said = podman(project, packages, tried, "localhost/yiyong-tried-build")
    assert f"yiyong {__version__}" in said
    assert "没有发现问题" in said
    assert (project / "site/subscribe/index.html").is_file()
