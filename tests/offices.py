"""An office's project as ``yiyong init`` makes it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from typer.testing import Result

from tests.commands import yiyong

CHANGSHA = {
    "--city": "长沙市",
    "--province": "湖南省",
    "--slug": "changsha",
    "--authority": "长沙市见义勇为工作办公室（示例）",
    "--name": "长沙见义勇为公示（示例）",
    "--url": "https://changsha.yiyong.example/",
    "--telephone": "0731-00000000",
}


def begin(folder: Path, *more: str, **changes: str) -> Result:
    """``yiyong init`` with the answers of :data:`CHANGSHA`, some of them changed."""
    answers = CHANGSHA | {f"--{name}": value for name, value in changes.items()}
    return yiyong("init", folder, *(part for pair in answers.items() for part in pair), "--own-law", *more)


@cache
def _made_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    result = begin(folder / "office")
    assert result.exit_code == 0, result.output
    return folder / "office"


def office(folder: Path) -> Path:
    """A new project in ``folder``: a copy of one that is begun once in a run."""
    shutil.copytree(_made_once(), folder)
    return folder
