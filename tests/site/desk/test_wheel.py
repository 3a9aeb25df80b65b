"""The wheel alone makes a site: no checkout, no file beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.offices import CHANGSHA
from tests.projects import ROOT
from tests.wheels import installed, run, site_packages

pytestmark = [pytest.mark.site, pytest.mark.journey, pytest.mark.xdist_group("wheel")]


def test_init_check_and_build_with_the_wheel_alone(tmp_path: Path) -> None:
    answers = [part for pair in CHANGSHA.items() for part in pair]
    begun = run("init", "jyyw", *answers, "--own-law", cwd=tmp_path)
    assert begun.returncode == 0, begun.stderr
    project = tmp_path / "jyyw"
    checked = run("check", cwd=project)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with (project / "site_config/site.yml").open("a", encoding="utf-8") as settings:
        settings.write('look: {accent: "#1f4e79", logo: logo.svg}\n')
    (project / "site_config/assets").mkdir()
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
    (project / "site_config/assets/logo.svg").write_text(mark, encoding="utf-8")
    built = run("build", "--no-search", "--jobs", "1", cwd=project)
    assert built.returncode == 0, built.stdout + built.stderr
    home = (project / "site/index.html").read_text(encoding="utf-8")
    assert "长沙见义勇为公示（示例）" in home
    assert "assets/yiyong.css" in home and (project / "site/assets/yiyong.css").is_file()
    assert '<img src="assets/logo.svg" alt="">' in home and (project / "site/assets/logo.svg").is_file()
    assert 'href="assets/office.css"' in home
    assert "#1f4e79" in (project / "site/assets/office.css").read_text(encoding="utf-8")
    for page in ("objections", "about", "policies/quanguo", "notices/changsha"):
        assert (project / "site" / page / "index.html").is_file(), page
    assert not (project / "mkdocs.yml").exists()


def test_the_wheel_brings_the_pages_of_the_desk() -> None:
    desk = site_packages(installed()) / "generator/desk"
    for folder in ("templates", "desk_assets"):
        ours = {path.name for path in (ROOT / "generator/desk" / folder).iterdir()}
        assert ours and ours == {path.name for path in (desk / folder).iterdir()}
