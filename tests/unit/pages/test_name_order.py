"""姓名排序."""

from __future__ import annotations

import subprocess
import sys

from generator.pages.name_order import initial, name_key, readings_found
from tests.every_row import every_row


def in_order(*names: str) -> list[str]:
    return sorted(names, key=name_key)


@every_row(
    ("name", "reading"),
    [
        ("单雄", "shan4"),
        ("解放", "xie4"),
        ("仇英", "qiu2"),
        ("曾巩", "zeng1"),
        ("区大", "ou1"),
        ("朴某某", "piao2"),
        ("尉迟恭", "yu4"),
        ("单于某", "chan2"),
        ("欧阳修", "ou1"),
        ("王勇", "wang2"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, reading: str) -> None:
    assert name_key(name)[0][1] == reading


def test_only_where_it_is_one() -> None:
    assert name_key("王单")[1][1] == "dan1"
    assert [part[1] for part in name_key("解放路救援群体", person=False)[:2]] == ["jie3", "fang4"]
    # Two characters that could be a compound surname are a surname and a given name.
    assert name_key("单于")[0][1] == "shan4"


def test_order_of_a_roll() -> None:
    assert in_order("谢二", "单雄", "解放", "邵一", "仇英", "秋三", "安大") == [
        "安大",
        "秋三",
        "仇英",
        "单雄",
        "邵一",
        "解放",
        "谢二",
    ]


def test_one_surname_stays_together() -> None:
    # 张 and 章 sound alike.
    assert in_order("章二", "张三", "章一", "张二") == ["张二", "张三", "章二", "章一"]


def test_shorter_syllables_come_first() -> None:
    assert in_order("尚一", "单一", "盛一", "申一") == ["单一", "尚一", "申一", "盛一"]


def test_latin_letters_and_what_cannot_be_read_come_last() -> None:
    assert in_order("㐂某", "Mateo", "周一", "alice", "") == ["", "周一", "alice", "Mateo", "㐂某"]


def test_a_rare_character_that_is_known_is_read() -> None:
    assert name_key("𬭎某")[0][1] == "hong2"


@every_row(
    ("name", "letter"),
    [
        ("单雄", "S"),
        ("解放", "X"),
        ("Mateo", "M"),
        ("élan", "E"),
        ("㐂某", "#"),
        ("9", "#"),
        ("", "#"),
        ("·", "#"),
    ],
)
def test_letter_of_the_index(name: str, letter: str) -> None:
    assert initial(name_key(name)) == letter


def test_spaces_and_dots_inside_a_name_do_not_count() -> None:
    assert [part[1] for part in name_key("买买提·吐尔逊")] == [part[1] for part in name_key("买买提 吐尔逊")]
    assert name_key("王 勇") == name_key("王勇")


def test_a_name_that_was_read_before_needs_no_dictionary() -> None:
    names = ("单雄", "长江救援队")
    keys = name_key(names[0]), name_key(names[1], person=False)
    program = (
        "import sys\n"
        "from generator.pages.name_order import name_key, take_readings\n"
        f"take_readings({readings_found()!r})\n"
        f"assert (name_key({names[0]!r}), name_key({names[1]!r}, person=False)) == {keys!r}\n"
        "assert 'pypinyin' not in sys.modules\n"
    )
    # From standard input: other tests may have read more names than a command holds.
    subprocess.run([sys.executable, "-"], input=program, text=True, check=True)
    assert names[1] not in repr(readings_found())
