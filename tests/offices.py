"""An office's project as ``yiyong init`` makes it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from typer.testing import Result

from tests.commands import yiyong
from tests.projects import dump

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


def notice_closing(day: datetime) -> str:
    """A case whose notice closes at the end of ``day``."""
    before = [(day - timedelta(days=back)).date().isoformat() for back in (40, 35, 30, 15, 10)]
    tree = {
        "case": f"cs{day:%y}-0001",
        "jurisdiction": "changsha",
        "level": "公开",
        "authority": "changsha-shi",
        "act": {
            "happened_on": before[0],
            "kind": "水上救援",
            "district": "岳麓区",
            "summary": "跳入江中救起一名落水者",
            "narrative": "封玉琢跳入江中，救起一人。",
        },
        "persons": [{"key": "feng", "name": "封玉琢", "disclosure": "公开", "sex": "男", "born": "1985-04"}],
        "procedure": {"applied_on": before[1], "accepted_on": before[2], "proposed_on": before[3]},
        "notice": {
            "id": f"changsha-{before[4][:4]}-0001",
            "published_at": f"{before[4]}T09:00",
            "order": "确认前公示",
            "period": {"opens_on": before[4], "closes_on": day.date().isoformat()},
        },
    }
    return dump(tree)
