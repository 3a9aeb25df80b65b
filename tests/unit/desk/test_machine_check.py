"""What a machine lacks is told with the one line that mends it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.desk.machine_check import ROOM_WANTED, machine_problems
from generator.outputs.poster.poster_fonts import FontPlaces
from tests.offices import office, yiyong

TODAY = date(2026, 6, 1)


def codes(root: Path | None, today: date = TODAY, **facts: object) -> list[str]:
    return [item.code for item in machine_problems(root, today, **facts)]  # type: ignore[arg-type]


def test_a_machine_without_fonts(tmp_path: Path) -> None:
    assert "DSK012" in codes(None, fonts=FontPlaces(system=False))


def test_an_old_python_and_a_full_disk() -> None:
    assert "DSK010" in codes(None, python=(3, 10, 4))
    assert "DSK010" not in codes(None, python=(3, 14, 0))
    assert "DSK013" in codes(None, room=ROOM_WANTED - 1)
    assert "DSK013" not in codes(None, room=ROOM_WANTED)


def test_the_arrangement_of_next_year_is_asked_for_once_it_is_issued(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    assert "DSK015" not in codes(project, date(2026, 11, 14))
    assert "DSK015" in codes(project, date(2026, 11, 15))
    assert "DSK015" in codes(project, date(2027, 1, 1))


def test_a_private_folder_that_others_can_enter(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    assert "DSK016" not in codes(project)
    (project / "registry").chmod(0o755)
    assert "DSK016" in codes(project)


def test_faulty_settings_are_left_to_check(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    (project / "site_config/site.yml").write_text("name: ", encoding="utf-8")
    assert "DSK017" in codes(project)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_works_in_a_project_and_outside(tmp_path: Path, lang: str) -> None:
    inside = yiyong("doctor", "--root", office(tmp_path / "jyyw"), lang=lang)
    outside = yiyong("doctor", "--root", tmp_path, lang=lang)
    assert inside.exit_code == outside.exit_code == 0, inside.output
