"""启动 (start): what a command reads before it is asked for anything, and on which systems it starts."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
import typer

from generator.cli.commands import app
from generator.cli.entry import COMMANDS, main
from tests.projects import ROOT

HEAVY = {
    "PIL",
    "ahocorasick_rs",
    "chinese_calendar",
    "cryptography",
    "docx",
    "fontTools",
    "holidays",
    "icalendar",
    "jinja2",
    "lxml",
    "mkdocs",
    "msgspec",
    "opencc",
    "pydantic",
    "pypdf",
    "pypinyin",
    "rjieba",
    "typst",
    "xlsxwriter",
    "zxingcpp",
}
"""Libraries that to say what there is must not be read."""
POSIX = ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog")
"""Modules of the standard library that Windows does not have."""


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_little_is_read_at_first_and_nothing_that_only_posix_has() -> None:
    """``--help`` reads none of the heavy libraries, a build none for one kind of file before it makes one; and every
    module can be imported where there is no POSIX. The adapter is left out: MkDocs looks after itself."""
    said = run(
        "import importlib, pkgutil, sys\n"
        f"for name in {POSIX!r}: sys.modules[name] = None\n"
        "sys.argv = ['yiyong', '--help']\n"
        "from generator.cli.entry import main\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert not ended.code\n"
        "print('READ', *sys.modules)\n"
        "import generator.pipeline.whole_build\n"
        "print('READ', *sys.modules)\n"
        "for found in pkgutil.walk_packages(generator.__path__, 'generator.'):\n"
        "    if not found.name.endswith(('__main__', 'mkdocs_adapter')):\n"
        "        importlib.import_module(found.name)\n"
    )
    listed, *read = said.split("READ ")
    assert "check" in listed and "公布日志" in listed
    by_help, by_build = ({name.partition(".")[0] for name in names.split()} for names in read)
    assert "typer" in by_help
    assert not by_help & HEAVY
    assert by_build & HEAVY == {"ahocorasick_rs", "jinja2", "lxml", "msgspec", "pydantic"}


def test_a_question_that_nobody_answers_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["yiyong", "init", "nowhere"])
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "没有回答" in capsys.readouterr().err


def test_the_list_of_commands_says_what_the_commands_say_of_themselves() -> None:
    group = typer.main.get_group(app)
    own = {
        name: (command.help or "").strip().partition("\n\n")[0].replace("\n", " ")
        for name, command in group.commands.items()
    }
    assert own == COMMANDS


def test_what_reads_the_whole_project_takes_the_same_options() -> None:
    lacking = {}
    for name, command in typer.main.get_group(app).commands.items():
        taken = {parameter.name for parameter in command.params}
        if {"root", "as_of"} <= taken and name != "desk" and not {"format", "jobs"} <= taken:
            lacking[name] = taken
    assert lacking == {}
