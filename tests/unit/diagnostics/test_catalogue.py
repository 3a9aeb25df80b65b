"""诊断目录: every code is worded in both languages, briefly, and can be told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import generator
from generator.diagnostics import Place, Severity, diagnose, explain, format_text
from generator.diagnostics.codes import entries
from generator.diagnostics.phrasing import phrases
from generator.diagnostics.snippet import cells

CODES = sorted(entries())
PARTS = ("title", "message", "expected", "why", "mend")


def test_no_code_is_given_twice() -> None:
    """YAML takes the last of two alike without a word."""
    folder = Path(generator.__file__).parent / "catalogue/diagnostics"
    given = [
        code
        for path in folder.glob("*.yml")
        for code in re.findall(r"^([A-Z]{3}[0-9]{3}):", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(given) == CODES


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_worded_in_full(lang: str) -> None:
    severities = {severity.value for severity in Severity}
    for code, entry in entries().items():
        assert re.fullmatch("[A-Z]{3}[0-9]{3}", code)
        assert entry["severity"] in severities, code
        words = entry[lang]
        assert set(words) == set(PARTS), code
        for part in PARTS:
            assert isinstance(words[part], str) and words[part].strip(), f"{code} {lang} {part} is empty"
        assert cells(words["title"]) <= 80, f"the {lang} title of {code} is too long for one line"
        assert "\n" not in words["title"], code


def test_both_languages_name_the_same_values() -> None:
    # A value that is itself a word comes in both languages: what_zh beside what_en.
    for code, entry in entries().items():
        named = {
            lang: {
                name.removesuffix(f"_{lang}")
                for part in PARTS
                for name in re.findall(r"(?<!\{)\{([a-z_]+)\}", entry[lang][part])
            }
            for lang in ("zh", "en")
        }
        assert named["zh"] == named["en"], code


def test_chinese_is_chinese_and_english_is_english() -> None:
    # What was found or expected may be words of the schema alone.
    for code, entry in entries().items():
        for part in ("title", "why", "mend"):
            assert re.search("[\u4e00-\u9fff]", entry["zh"][part]), (code, part)
        assert not re.search("[\u4e00-\u9fff]", entry["en"]["title"]), code


def test_every_code_can_be_told_of_a_record_that_is_not_public() -> None:
    for code in CODES:
        text = format_text([diagnose(code, Place(path="a.yml", shown=False), facts={"found": "王示例"})])
        assert code in text and "王示例" not in text, code
        assert explain(code, "en").startswith(code)


def test_every_code_that_the_program_names_is_in_the_catalogue() -> None:
    folder = Path(generator.__file__).parent
    families = {code[:3] for code in entries()}
    named = {
        (code, path.name)
        for path in folder.rglob("*.py")
        for code in re.findall(r'"([A-Z]{3}[0-9]{3})"', path.read_text(encoding="utf-8"))
        if code[:3] in families
    }
    assert {item for item in named if item[0] not in entries()} == set()


def test_a_kind_of_error_has_one_code() -> None:
    kinds = [kind for entry in entries().values() for kind in entry.get("kinds", ())]
    assert sorted(kinds) == sorted(set(kinds))


def test_every_kind_that_a_scalar_type_refuses_has_a_code() -> None:
    source = (Path(generator.__file__).parent / "source" / "model" / "scalars.py").read_text(encoding="utf-8")
    raised = set(re.findall(r'(?:PydanticCustomError\(|_text\(value, |_pattern\([^,]+, )"([a-z_]+)"', source))
    known = {kind for entry in entries().values() for kind in entry.get("kinds", ())}
    assert raised and raised <= known


def test_both_languages_have_every_phrase_of_a_report() -> None:
    assert set(phrases("zh")) == set(phrases("en"))
