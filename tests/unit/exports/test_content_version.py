"""内容版本: what it counts and what it does not."""

from __future__ import annotations

from generator.public.documents import content_version

_SAID = {"title": "关于拟确认王某某见义勇为的公示", "persons": [{"name": "王某某", "age": 0}], "dead": False}


def test_a_field_that_says_nothing_changes_no_version() -> None:
    more = {
        **_SAID,
        "further_acts": [],
        "group": None,
        "note": "",
        "persons": [{"name": "王某某", "age": 0, "unit": None}],
        "place": {"district": None},
    }
    assert content_version(more) == content_version(_SAID)


def test_a_field_that_says_something_does() -> None:
    others = (
        {**_SAID, "dead": True},
        {**_SAID, "persons": [{"name": "王某某", "age": 1}]},
        {**_SAID, "persons": [*_SAID["persons"], None]},
        {**_SAID, "further_acts": [{"summary": "救人"}]},
        {key: value for key, value in _SAID.items() if key != "dead"},
    )
    assert content_version(_SAID) not in {content_version(other) for other in others}
