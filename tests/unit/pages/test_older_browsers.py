"""Chromium 110, as in older telephones and the system browsers of offices: nothing that a page needs is newer.

What is newer may stand where a browser that does not know it loses nothing but polish; each is named here.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.system.shipped import shipped_folder
from tests.every_row import every_row

ASSETS = shipped_folder() / "site_config/theme/assets"
NEWER_STYLES = re.compile(
    r"color-mix\(|light-dark\(|oklch\(|@scope|@starting-style|@container style|anchor\(|:user-(?:in)?valid"
    r"|\b(?:round|mod|rem|sign)\(|\bsubgrid\b|\binterpolate-size|field-sizing|(?:^|[{;])\s*&",
    re.MULTILINE,
)
POLISH = {
    "text-wrap": "lines of equal length (114)",
    "::details-content": "folds open on paper; reading.js opens them too (131)",
}
NEWER_SCRIPTS = re.compile(
    r"groupBy\(|withResolvers|fromAsync|canParse\(|\.(?:union|intersection|difference|isSubsetOf)\(|checkVisibility"
    r"|showPopover|startViewTransition|Iterator\.from|RegExp\.escape|\.toBase64\(|Uint8Array\.fromBase64|/[dgimsuy]*v[dgimsuy]*[;,)]"
)


@every_row("sheet", sorted(ASSETS.glob("*.css")), ids=lambda path: path.name)
def test_no_page_needs_a_newer_style(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert NEWER_STYLES.findall(css) == []
    # A selector that is not known takes its whole rule with it, so it stands alone.
    for rule in re.findall(r"([^{}]*::details-content[^{}]*)\{", css):
        assert "," not in re.sub(r"\([^)]*\)", "", rule), rule


@every_row("script", sorted(ASSETS.rglob("*.js")), ids=lambda path: path.name)
def test_no_page_needs_a_newer_script(script: Path) -> None:
    assert NEWER_SCRIPTS.findall(script.read_text(encoding="utf-8")) == []


def test_the_polish_is_still_used() -> None:
    css = "".join(sheet.read_text(encoding="utf-8") for sheet in ASSETS.glob("*.css"))
    assert [feature for feature in POLISH if feature not in css] == []
