"""异体字表 (table of variants): writes ``variants.txt``, which folding reads, from the Unicode Character Database.

Radicals that look like characters (⻢ for 马) come from ``EquivalentUnifiedIdeograph.txt``, other shapes of
one character (髙 for 高, 呉 for 吴) from ``Unihan_Variants.txt``. Only a character that the standard for
simplified text, GB 2312, does not have is read as one that it has: so no two words of ordinary text
become alike. Where two characters would do, none is taken.

    python -m generator.spellings.variant_table FOLDER

FOLDER holds both files, of any version of Unicode (https://www.unicode.org/Public/; in Debian they are the
package unicode-data, the second one packed).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import opencc

TABLE = Path(__file__).with_name("variants.txt")
_VARIANT = re.compile(r"^U\+([0-9A-F]+)\t(kZVariant|kSemanticVariant)\t(.+)$", re.MULTILINE)
_RADICAL = re.compile(r"^([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)", re.MULTILINE)
_VERSION = re.compile(r"^# EquivalentUnifiedIdeograph-([0-9.]+)\.txt", re.MULTILINE)


def table(radicals: str, variants: str) -> dict[str, str]:
    """异体字 → 通用字, from the texts of the two files."""
    simplify = opencc.OpenCC("t2s").convert
    found: dict[str, set[str]] = {}
    for variant, usual in (*_radicals(radicals), *_variants(variants)):
        plain = simplify(usual)
        if len(plain) == 1 and _is_usual(plain) and not _is_usual(simplify(variant)):
            found.setdefault(variant, set()).add(plain)
    return {variant: usual.pop() for variant, usual in sorted(found.items()) if len(usual) == 1}


def _radicals(text: str) -> Iterator[tuple[str, str]]:
    for line in _RADICAL.finditer(text):
        for code in range(int(line[1], 16), int(line[2] or line[1], 16) + 1):
            yield chr(code), chr(int(line[3], 16))


def _variants(text: str) -> Iterator[tuple[str, str]]:
    for line in _VARIANT.finditer(text):
        for other in re.findall(r"U\+([0-9A-F]+)", line[3]):
            one, another = chr(int(line[1], 16)), chr(int(other, 16))
            yield one, another
            yield another, one


def _is_usual(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main(folder: Path) -> None:
    """Write the table anew."""
    radicals = (folder / "EquivalentUnifiedIdeograph.txt").read_text(encoding="utf-8")
    variants = (folder / "Unihan_Variants.txt").read_text(encoding="utf-8")
    alike: dict[str, str] = {}
    for variant, usual in table(radicals, variants).items():
        alike[usual] = alike.get(usual, "") + variant
    version = _VERSION.search(radicals)
    assert version is not None
    lines = [
        f"# Unicode {version[1]} (EquivalentUnifiedIdeograph.txt, Unihan_Variants.txt), https://www.unicode.org/license.txt",
        "# Written by generator/spellings/variant_table.py. First the character, then the shapes read as it.",
        *(usual + alike[usual] for usual in sorted(alike)),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
