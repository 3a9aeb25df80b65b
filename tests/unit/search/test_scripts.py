"""The scripts of the search: parts that can be read alone, one file that is loaded."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from rjsmin import jsmin  # type: ignore[import-untyped]

from generator.pipeline.joined_scripts import join_scripts

ASSETS = Path(__file__).parents[3] / "site_config/theme/assets"
_TOP = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
_IMPORTED = re.compile(r"^import \{ ([^}]*) \} from \"([^\"]+)\";$", re.MULTILINE)


def test_parts_are_laid_in_once_each_before_what_imports_them(tmp_path: Path) -> None:
    (tmp_path / "find").mkdir()
    (tmp_path / "find.js").write_text(
        'import { b } from "./find/b.js";\nimport { a } from "./find/a.js";\nb(a);\nexport { a };\n'
    )
    (tmp_path / "find/a.js").write_text("export const a = 1;\n")
    (tmp_path / "find/b.js").write_text(
        'import { a } from "./a.js";\nexport function b() {\n  return a;\n}\n'
    )
    (tmp_path / "other.js").write_text('import { a } from "./find.js";\n')
    join_scripts(tmp_path)
    assert (tmp_path / "find.js").read_text() == (
        "const a = 1;\nfunction b() {\n  return a;\n}\nb(a);\nexport { a };\n"
    )
    assert not (tmp_path / "find").exists()
    assert (tmp_path / "other.js").read_text() == 'import { a } from "./find.js";\n'


@pytest.mark.parametrize(
    "kept",
    [
        '"a = b, { c } // d"',
        "'a = b /* c */'",
        "/[\"' = /]+ (?:b)/g",
        "`a = ${ b }, // c`",
        "`\n  {\n    a\n`",
    ],
)
def test_texts_and_patterns_of_a_light_script_stay(kept: str) -> None:
    assert (
        jsmin(f"// why\nconst a = {kept}; // b\n  const c = ({kept});\n")
        == f"const a={kept};const c=({kept});"
    )


def test_no_template_stands_within_another() -> None:
    """What makes scripts lighter would take the inner one for code."""
    within = re.compile(r"`[^`]*\$\{[^}`]*`")
    scripts = {script.name: script.read_text(encoding="utf-8") for script in ASSETS.rglob("*.js")}
    assert len(scripts) > 15
    assert [
        (name, found[0])
        for name, text in scripts.items()
        for line in text.splitlines()
        if (found := within.search(line))
    ] == []


def test_no_name_stands_at_the_top_of_two_parts_and_every_one_imported_is_there_and_used(
    tmp_path: Path,
) -> None:
    parts = [ASSETS / "search.js", *sorted((ASSETS / "search").glob("*.js"))]
    texts = {part: part.read_text(encoding="utf-8") for part in parts}
    names = Counter(found[1] for text in texts.values() for found in _TOP.finditer(text))
    assert len(names) > 60 and [name for name, times in names.items() if times > 1] == []
    for part, text in texts.items():
        for imported, path in _IMPORTED.findall(text):
            there = texts[(part.parent / path).resolve()]
            for name in imported.split(", "):
                assert re.search(rf"^export .*\b{name}\b", there, re.MULTILINE), (part.name, name)
                assert len(re.findall(rf"\b{name}\b", text)) > 1, (part.name, name)
    shutil.copytree(ASSETS, tmp_path / "assets")
    join_scripts(tmp_path / "assets")
    assert "import {" not in (tmp_path / "assets/search.js").read_text(encoding="utf-8")
