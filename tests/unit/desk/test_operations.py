"""Files for servers and schedulers are tried as far as this machine has the programs that read them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from generator import __version__
from generator.cli.commands import app
from tests.offices import office
from tests.projects import ROOT


@pytest.fixture(scope="module")
def deploy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return office(tmp_path_factory.mktemp("office") / "jyyw") / "site_config/deploy"


def test_every_command_in_the_files_exists(deploy: Path) -> None:
    known = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    project = deploy.parent.parent
    files = [
        *deploy.rglob("*"),
        *project.glob(".git*"),
        *project.glob(".git*/workflows/*"),
        *project.glob(".workflow/*"),
        project / "README.md",
    ]
    named: set[str] = set()
    for path in files:
        if path.is_file():
            named |= set(
                re.findall(r"(?:bin/|run: |- |\[|`)yiyong ([a-z]+)", path.read_text(encoding="utf-8"))
            )
    assert {"build", "check", "diff", "monitor", "next", "doctor", "publish", "pack"} <= named
    assert named <= known


def test_systemd_takes_the_units(deploy: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is missing: apt-get install systemd")
    for path in (deploy / "systemd").iterdir():
        text = path.read_text(encoding="utf-8").replace("/srv/yiyong/.venv/bin/yiyong", "/bin/true")
        (tmp_path / path.name).write_text(text.replace("/srv/yiyong", "/"), encoding="utf-8")
    (tmp_path / "yiyong-notify@.service").rename(tmp_path / "yiyong-notify@x.service")
    units = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_units_name_what_systemd_needs(deploy: Path) -> None:
    service = (deploy / "systemd/yiyong-build.service").read_text(encoding="utf-8")
    timer = (deploy / "systemd/yiyong-build.timer").read_text(encoding="utf-8")
    assert "Type=oneshot" in service and "NoNewPrivileges=true" in service
    assert "OnCalendar=hourly" in timer and "Persistent=true" in timer
    shell = re.search(r"ExecStartPost=\+/bin/sh -c '(.*)'", service)
    assert shell is not None
    assert subprocess.run(["sh", "-n", "-c", shell[1]], timeout=10).returncode == 0


def test_what_fails_is_told_and_what_is_timed_has_its_service(deploy: Path) -> None:
    units = deploy / "systemd"
    for name in ("build", "monitor"):
        service = (units / f"yiyong-{name}.service").read_text(encoding="utf-8")
        assert "OnFailure=yiyong-notify@%n.service" in service
        assert "[Install]\nWantedBy=timers.target" in (units / f"yiyong-{name}.timer").read_text(
            encoding="utf-8"
        )
    assert "%i" in (units / "yiyong-notify@.service").read_text(encoding="utf-8")


def scripts(tree: Any) -> Iterator[str]:
    """Every shell script in a file of a CI service: ``run``, ``script``, ``before_script`` and ``commands``."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in ("run", "script", "before_script", "commands"):
                yield value if isinstance(value, str) else "\n".join(value)
            else:
                yield from scripts(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from scripts(item)


@pytest.mark.parametrize(
    "name",
    [".github/workflows/site.yml", ".gitea/workflows/site.yml", ".gitlab-ci.yml", ".workflow/site.yml"],
)
def test_a_shell_takes_every_script_and_the_command_every_option(deploy: Path, name: str) -> None:
    tree = yaml.load((deploy.parent.parent / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    found = list(scripts(tree))
    assert any("yiyong check" in script for script in found)
    commands = get_command(app)
    for script in found:
        # What GitHub fills in before a shell sees it.
        script = re.sub(r"\$\{\{.*?\}\}", "x", script)
        assert subprocess.run(["sh", "-n", "-c", script], timeout=10).returncode == 0, script
        for line in re.findall(r"(?m)^yiyong .*$", script):
            words = shlex.split(re.split(r" (?:\|\||>>?|&&) ", line)[0])
            with commands.make_context("yiyong", words[1:], resilient_parsing=True) as context:
                command, rest = words[1], words[2:]
                parser = commands.get_command(context, command)
                assert parser is not None, line
                known = {option for parameter in parser.params for option in parameter.opts}
                assert {word for word in rest if word.startswith("--")} <= known, line


def test_cron_lines_have_five_fields_and_a_zone(deploy: Path) -> None:
    lines = (deploy / "crontab").read_text(encoding="utf-8").splitlines()
    assert "CRON_TZ=Asia/Shanghai" in lines
    jobs = [line for line in lines if line and not line.startswith("#") and "=" not in line.split()[0]]
    assert len(jobs) == 2
    assert all(re.match(r"(?:[0-9*,/-]+ ){5}\S", line) for line in jobs)


def test_the_container_holds_no_registry(deploy: Path) -> None:
    lines = (deploy / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith(("COPY", "ADD"))]
    # A machine that reaches neither Docker's registry nor PyPI names its own image and package.
    defaults = dict(line.removeprefix("ARG ").split("=", 1) for line in lines if line.startswith("ARG"))
    assert defaults == {"BASE": "docker.io/library/python:3.13-slim", "YIYONG": f"yiyong=={__version__}"}
    assert [line for line in lines if line.startswith("ENTRYPOINT")] == ['ENTRYPOINT ["yiyong"]']


def test_the_readme_of_an_office_is_short(deploy: Path) -> None:
    assert len((deploy.parent.parent / "README.md").read_text(encoding="utf-8").splitlines()) <= 20


@pytest.mark.parametrize(
    ("name", "heading"), [("README.md", "An office's first day"), ("README.zh.md", "机关第一天")]
)
def test_the_first_page_for_an_office_is_short(name: str, heading: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()) in range(10, 21)
