"""One run of ``yiyong`` in this process. What a process of its own is for, a signal or an exit, starts one instead."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from unittest import mock

import typer
from typer.core import TyperGroup
from typer.testing import CliRunner, Result

from generator.cli.commands import app


@cache
def _command() -> TyperGroup:
    """All commands. Typer would make them anew for each run, from the signatures of all."""
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def yiyong(*arguments: str | Path, asked: str | None = None, lang: str = "zh") -> Result:
    """One run of the command; ``asked`` is what somebody types."""
    with mock.patch("typer.testing._get_command", lambda _: _command()):
        return CliRunner().invoke(
            app, [str(item) for item in arguments], input=asked, env={"YIYONG_LANG": lang}
        )
