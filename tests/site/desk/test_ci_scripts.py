"""The CI files of a new project do what they say: their own commands, in order, in a shell, in fresh checkouts.

What a CI service does by itself is played here: checkouts, variables, a file that goes from one job to the next. What a
machine of its own would install is there already. MkDocs is left out, as elsewhere. ``make test`` runs one, ``make journeys`` the rest.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import __version__
from generator.source.model.instant import SHANGHAI
from tests.offices import notice_closing, office
from tests.standing_command import standing

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("ci_scripts")]


def git(folder: Path, *arguments: str) -> None:
    named = ("-c", "user.name=a", "-c", "user.email=a@yiyong.example", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of an office: nothing on ``main``, a notice on the branch ``change``."""
    folder = tmp_path_factory.mktemp("origin")
    project = office(folder / "jyyw")
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "begin")
    git(project, "checkout", "-qb", "change")
    day = datetime.now(SHANGHAI) - timedelta(days=3)
    record = project / f"registry/cases/changsha/{day.year}/cs{day:%y}-0001.yml"
    record.parent.mkdir(parents=True)
    record.write_text(notice_closing(day), encoding="utf-8")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "a notice")
    git(project, "checkout", "-q", "main")
    return project


@pytest.fixture(scope="module")
def command(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The text of the program ``yiyong``."""
    with standing(tmp_path_factory.mktemp("command"), origin) as text:
        yield text


class Runner:
    """A machine of the service, with a checkout of the branch ``change``."""

    def __init__(self, folder: Path, origin: Path, command: str) -> None:
        self.origin, self.home = origin, folder
        programs = folder / "bin"
        programs.mkdir()
        for name, text in {
            "yiyong": command,
            "pip": f'#!/bin/sh\necho "pip $*" >> {folder}/installed\n',
            "apt-get": f'#!/bin/sh\necho "apt-get $*" >> {folder}/installed\n',
            "sudo": '#!/bin/sh\nexec "$@"\n',
        }.items():
            (programs / name).write_text(text)
            (programs / name).chmod(stat.S_IRWXU)
        shutil.copy(programs / "pip", programs / "pip3")
        (folder / "temp").mkdir()
        self.variables = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "GITHUB_BASE_REF": "main",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "RUNNER_TEMP": str(folder / "temp"),
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        }

    def checkout(self, name: str) -> Path:
        folder = self.home / name / "repository"
        folder.parent.mkdir()
        git(self.home, "clone", "-q", "--branch", "change", str(self.origin), str(folder))
        return folder

    def run(self, script: str, folder: Path) -> str:
        """As the services do: any command that fails ends the step."""
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture
def runner(tmp_path: Path, origin: Path, command: str) -> Runner:
    return Runner(tmp_path, origin, command)


def described(runner: Runner, name: str) -> Any:
    return yaml.load((runner.origin / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


def runs(job: dict[str, Any]) -> Iterator[str]:
    return (step["run"] for step in job["steps"] if "run" in step)


def assert_packed(pack: Path, site: Path) -> None:
    site.mkdir()
    with tarfile.open(pack / "site.tar.gz") as archive:
        archive.extractall(site, filter="data")
    sums = (pack / "SHA256SUMS").read_bytes()
    assert subprocess.run(["sha256sum", "-c", "--quiet", "-"], cwd=site, input=sums).returncode == 0
    assert "封玉琢" in (site / "api/v1/notices.json").read_text(encoding="utf-8")
    assert not list(site.rglob("*.yml"))


def assert_installed(runner: Runner) -> None:
    told = (runner.home / "installed").read_text()
    assert f"yiyong=={__version__}" in told


@pytest.mark.journey
def test_github(runner: Runner) -> None:
    jobs = described(runner, ".github/workflows/site.yml")["jobs"]
    folder = runner.checkout("check")
    for script in runs(jobs["check"]):
        runner.run(script, folder)
    assert "changsha-" in (runner.home / "summary.md").read_text(encoding="utf-8")
    publish = runner.home / "publish"
    publish.mkdir()
    shutil.copytree(runner.home / "temp/pack", publish / "pack")
    for script in runs(jobs["publish"]):
        runner.run(script, publish)
    assert (publish / "site/index.html").is_file()
    assert_packed(publish / "pack", runner.home / "served")
    assert_installed(runner)


@pytest.mark.journey
def test_gitea(runner: Runner) -> None:
    jobs = described(runner, ".gitea/workflows/site.yml")["jobs"]
    told = ""
    for name in ("check", "publish"):
        folder = runner.checkout(name)
        told += "".join(runner.run(script, folder) for script in runs(jobs[name]))
    assert "changsha-" in told
    assert_packed(runner.home / "publish/pack", runner.home / "served")
    assert_installed(runner)


@pytest.mark.journey
def test_gitlab(runner: Runner) -> None:
    tree = described(runner, ".gitlab-ci.yml")
    told, kept = "", runner.home / "artifacts"
    for stage in tree["stages"]:
        # Every job has a checkout of its own, and what the jobs before it left as artifacts.
        folder = runner.checkout(stage)
        if kept.is_dir():
            shutil.copytree(kept, folder, dirs_exist_ok=True)
        for script in (*tree["default"]["before_script"], *tree[stage]["script"]):
            told += runner.run(script, folder)
        for path in tree[stage].get("artifacts", {}).get("paths", ()):
            target, made = kept / path, folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(made, target) if made.is_dir() else shutil.copy(made, target)
    assert "changsha-" in told and "changsha-" in (kept / "diff.html").read_text(encoding="utf-8")
    assert_packed(kept / "pack", runner.home / "served")
    assert_installed(runner)


@pytest.mark.journey
def test_gitee(runner: Runner) -> None:
    told = ""
    for stage in described(runner, ".workflow/site.yml")["stages"]:
        folder = runner.checkout(stage["name"])
        for step in stage["steps"]:
            for script in step["commands"]:
                told += runner.run(script, folder)
    assert "changsha-" in told
    assert_packed(runner.home / "publish/repository/pack", runner.home / "served")
    assert_installed(runner)
