"""Colour and mark are settings, and a colour in which nobody can read is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.pages.office_look import DARK_PAPER, DARK_TINT, PAPER, look_css
from generator.source.model.colour import READABLE, contrast, mixed
from generator.source.model.site_settings import _DARK_TINT, _TINT, Look
from generator.system.shipped import shipped_folder
from tests.offices import office, yiyong


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    css = (shipped_folder() / "site_config/theme/assets/yiyong.css").read_text(encoding="utf-8")
    for token, value in (("paper", PAPER), ("paper", DARK_PAPER), ("tint", _TINT), ("tint", _DARK_TINT)):
        assert f"--yy-{token}: {value};" in css
    assert DARK_TINT == _DARK_TINT


@pytest.mark.parametrize("accent", ["#9b2a1d", "#1f4e79", "#1d5c2e", "#000000", "#5b2a86"])
def test_every_token_that_comes_of_an_accent_can_be_read(accent: str) -> None:
    css = look_css(Look(accent=accent))
    light, dark = css.partition("@media")[0], css.rpartition("@media")[2]
    tokens = [dict(re.findall("--yy-([a-z-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    for found, paper in zip(tokens, (PAPER, DARK_TINT), strict=True):
        assert contrast(found["red"], paper) >= READABLE
        assert contrast(found["red-deep"], found["red-soft"]) >= READABLE
        assert contrast(found["on-red"], found["red"]) >= READABLE


def test_nothing_is_written_where_nothing_is_set() -> None:
    assert look_css(Look()) == ""


@pytest.mark.parametrize(
    ("look", "code"),
    [
        ('{accent: "#ff0000"}', "DSK081"),
        ('{accent: "#9b2a1d", accent_dark: "#9b2a1d"}', "DSK081"),
        ("{accent: red}", "DSK080"),
        ("{logo: ../logo.svg}", "DSK082"),
        ("{logo: logo.svg}", "DSK083"),
    ],
)
def test_a_look_that_cannot_be_is_told(tmp_path: Path, look: str, code: str) -> None:
    project = office(tmp_path / "jyyw")
    site = project / "site_config/site.yml"
    site.write_text(f"{site.read_text(encoding='utf-8')}look: {look}\n", encoding="utf-8")
    result = yiyong("check", "--root", project)
    assert result.exit_code == 1 and code in result.output, result.output
