"""A night in the life of an office, behind nginx: a notice closes while nobody is there, a watch over the site, and a
step back. Its first day and a case's whole life are in a browser (``tests/browser/desk/test_office_from_nothing.py``);
that the wheel alone makes a site, MkDocs and all, is proved beside this (``test_wheel.py``).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import Result

from generator.source.model.instant import SHANGHAI
from tests.commands import yiyong
from tests.nginx import Server, serving
from tests.offices import notice_closing, office
from tests.quick_build import no_mkdocs

pytestmark = [pytest.mark.site, pytest.mark.journey]


def sound(done: Result) -> str:
    assert done.exit_code == 0, done.output
    return done.stdout


def status_of(server: Server, number: str) -> str:
    found: str = json.loads(server.ask(f"/api/v1/notices/{number}.json").body)["status"]
    return found


def test_a_notice_closes_by_the_timer_and_a_site_steps_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = office(tmp_path / "jyyw")
    monkeypatch.chdir(project)
    # ``monitor`` alone reads the clock, so all days are counted from today.
    now = datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    last_day = now - timedelta(days=3)
    noon = last_day.replace(hour=12, minute=0).isoformat(timespec="minutes")
    text = notice_closing(last_day)
    number = next(line.split()[-1] for line in text.splitlines() if line.strip().startswith("id:"))
    year = (last_day - timedelta(days=40)).year
    record = project / f"registry/cases/changsha/{last_day.year}/cs{last_day:%y}-0001.yml"
    record.parent.mkdir(parents=True)
    record.write_text(text, encoding="utf-8")
    assert year <= last_day.year

    def build(as_of: str) -> None:
        # As the timer does, but for the clock.
        service = (project / "site_config/deploy/systemd/yiyong-build.service").read_text(encoding="utf-8")
        (line,) = [line for line in service.splitlines() if line.startswith("ExecStart=")]
        options = line.split("/yiyong ")[1].split()
        with no_mkdocs():
            sound(yiyong(*options, "--no-search", "--as-of", as_of))

    build(noon)
    (tmp_path / "server").mkdir()
    with serving(tmp_path / "server", project / "site") as server:
        assert status_of(server, number) == "open"
        missed = yiyong("monitor", server.url)
        assert missed.exit_code == 1 and "DSK072" in missed.stderr, "it closed since, and nobody built"
        moment = sound(yiyong("next", "--as-of", noon)).strip()
        assert moment == f"{(last_day + timedelta(days=1)).date().isoformat()}T00:00+08:00"
        build(moment)
        assert status_of(server, number) == "awaiting"

        with record.open("a", encoding="utf-8") as file:
            file.write(
                f"outcome: {{kind: 确认, decided_on: {(now - timedelta(days=1)).date().isoformat()}}}\n"
            )
        build(now.isoformat(timespec="minutes"))
        assert status_of(server, number) == "confirmed"
        kept = yiyong("monitor", server.url)
        assert kept.exit_code == 0 and "正常" in kept.stdout, kept.stderr

        sound(yiyong("rollback"))
        assert status_of(server, number) == "awaiting"
        build(now.isoformat(timespec="minutes"))
        assert status_of(server, number) == "confirmed"
    gone = yiyong("monitor", server.url)
    assert gone.exit_code == 1 and "DSK070" in gone.stderr
