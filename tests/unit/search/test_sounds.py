"""Names by their sound: what is read how, and that nothing of it stands in a file as words."""

from __future__ import annotations

import pytest

from generator.outputs.search.name_sounds import sounds_of
from generator.outputs.search.search_record import honour_record, notice_record
from generator.outputs.search.text_blocks import block_file, records_of
from generator.outputs.search.word_codes import SOUND, file_of_sound, word_code
from generator.outputs.search.word_index import Place, places_of
from generator.pages.honour_page import render_honour
from generator.pages.notice_page import render_notice
from generator.spellings.sound_table import table
from generator.spellings.sounds import TABLE, reading_of
from tests.public_records import context, honour, notice, person


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("程立堃", ("chenglikun",)),
        ("吕翀", ("lvchong",)),
        # As a surname and as anything else.
        ("单雄信", ("shanxiongxin", "danxiongxin")),
        ("尉迟昭", ("yuchizhao", "weichizhao")),
        ("买买提江·肉孜", ("maimaitijiangrouzi",)),
        ("Mateo Lindqvarn", ()),
        ("程", ()),
    ],
)
def test_how_a_name_reads(name: str, sounds: tuple[str, ...]) -> None:
    assert sounds_of(name) == sounds


def test_the_table_is_that_of_the_dictionary() -> None:
    assert TABLE.read_text(encoding="ascii") == table()
    assert (reading_of("女"), reading_of("嗯"), reading_of("a")) == ("nv", "", "")


def test_a_name_is_found_by_its_sound_and_stands_nowhere_in_pinyin() -> None:
    whole = notice(1, persons=(person("程立堃"), person("王某某", masked=True)))
    of_notice = notice_record(whole, render_notice(whole, context()))
    of_honour = honour_record(honour(1), render_honour(honour(1), context(), "v"))
    assert of_notice is not None and of_honour is not None
    code = word_code(f"{SOUND}chenglikun")
    assert of_notice.sounds == (code,), "and nothing of a masked name"
    block = block_file((of_notice, of_honour))
    assert b"likun" not in block and code.encode() in block
    assert [record.sounds for record in records_of(block)] == [of_notice.sounds, of_honour.sounds]
    assert Place(file_of_sound(code, 16), code) in places_of(block, 16)
