"""An office's project as ``yiyong init`` makes it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from generator.cli.commands import app

CHANGSHA = {
    "--city": "长沙市",
    "--province": "湖南省",
    "--slug": "changsha",
    "--authority": "长沙市见义勇为工作办公室（示例）",
    "--name": "长沙见义勇为公示（示例）",
    "--url": "https://changsha.yiyong.example/",
    "--telephone": "0731-00000000",
}


def yiyong(*arguments: str | Path, asked: str = "", lang: str = "zh") -> Result:
    """One run of the command; ``asked`` is what somebody types."""
    return CliRunner().invoke(app, [str(item) for item in arguments], input=asked, env={"YIYONG_LANG": lang})


def begin(folder: Path, *more: str, **changes: str) -> Result:
    """``yiyong init`` with the answers of :data:`CHANGSHA`, some of them changed."""
    answers = CHANGSHA | {f"--{name}": value for name, value in changes.items()}
    return yiyong("init", folder, *(part for pair in answers.items() for part in pair), "--own-law", *more)


def office(folder: Path) -> Path:
    """A new project in ``folder``."""
    result = begin(folder)
    assert result.exit_code == 0, result.output
    return folder
