"""各项的叫法 (field words): what staff read instead of the paths of the data: ``persons[0].name`` is 人员1·姓名."""

from __future__ import annotations

import json
import re

from generator.catalogue import field_wording

_PART = re.compile(r"([a-z_]+)(?:\[([0-9]+)\])?")


def field_words(field: str, lang: str) -> str:
    """A path of the data in words, items of a list counted from 1. A part without a word stays as it is."""
    words = field_wording(lang)
    said: list[str] = []
    above = ""
    for part in field.split("."):
        found = _PART.fullmatch(part)
        if found is None:
            said.append(part)
            continue
        name, index = found.groups()
        word = words.get(f"{above}.{name}", words.get(name, name))
        said.append(word if index is None else f"{word}{' ' if lang == 'en' else ''}{int(index) + 1}")
        above = name
    return ("·" if lang == "zh" else ", ").join(said)


def value_words(value: str, lang: str) -> str:
    """A value of the data, which is JSON, as it is read: texts without quotes, 是 and 否."""
    if value in ("true", "false"):
        return {"zh": {"true": "是", "false": "否"}, "en": {"true": "yes", "false": "no"}}[lang][value]
    read = json.loads(value) if value else ""
    return str(read)
