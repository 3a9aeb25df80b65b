"""The scripts of the search: parts that can be read alone, one file that is loaded."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

from generator.pipeline.joined_scripts import join_scripts, lightened

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


def test_a_script_is_lighter_and_its_texts_and_patterns_stay() -> None:
    script = (
        "// why\nconst f = ({ a, b }) => {\n  if (a >= 1 && b !== 2) return { a, b };\n"
        '  return "a = b, { c }" + a;\n};\nconst p = /a = b/, n = 4 - -1;\n'
    )
    assert lightened(script) == (
        'const f=({a,b})=>{if(a>=1&&b!==2)return{a,b};return "a = b, { c }"+a;};const p=/a = b/,n=4 - -1;'
    )
    assert lightened('f("\\"a = ", b === 1 ? c : d);\n') == 'f("\\"a = ",b===1?c:d);'
    assert lightened('f("a / b", c = 1);\n') == 'f("a / b",c=1);'
    assert lightened('a = /[" = /]/g, "b / c", d;\n') == 'a=/[" = /]/g,"b / c",d;'
    assert lightened("a = b / c, d = 'e';\n") == "a = b / c, d = 'e';"
    assert lightened("f(`a = ${b}, c`, d = 2);\n") == "f(`a = ${b}, c`,d=2);"
    assert lightened("f(`a${b ? `c = d` : e}`, g = 2);\n") == "f(`a${b ? `c = d` : e}`, g = 2);"
    assert lightened("a = 1; // b;\nc = 2\nd = 3;\n") == "a = 1; // b;\nc=2\nd=3;"
    over_lines = "const a = `\n  {\n`;\n"
    assert lightened(over_lines) == over_lines


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
