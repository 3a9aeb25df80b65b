"""What clerks write is turned where it means one thing, and refused where it can mean two."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from generator.desk.cell_values import Cell, CellError, text_of
from tests.every_row import every_row


@every_row(
    ("cell", "text"),
    [
        ("2012年5月7日", "2012-05-07"),
        ("２０１２年５月７日", "2012-05-07"),
        ("2012.5.7", "2012-05-07"),
        ("2012/05/07", "2012-05-07"),
        ("2012-5-7", "2012-05-07"),
        ("20120507", "2012-05-07"),
        (20120507.0, "2012-05-07"),
        ("二〇一二年五月七日", "2012-05-07"),
        ("二○一二年十二月二十一日".replace("○", "〇"), "2012-12-21"),
        ("一九九八年十月", "1998-10"),
        ("2012年5月", "2012-05"),
        ("2012年", "2012"),
        ("2012", "2012"),
        (2012.0, "2012"),
        (date(2012, 5, 7), "2012-05-07"),
        (datetime.combine(date(2012, 5, 7), time()), "2012-05-07"),
        (" 2012 年 5 月 7 日\u3000", "2012-05-07"),
        ("2012-02-30", "2012-02-30"),  # left to the record's own rule
    ],
)
def test_a_date_that_can_mean_one_day_only(cell: Cell, text: str) -> None:
    assert text_of(cell, "partial_day") == text


@pytest.mark.parametrize(
    "cell", ["3/4/12", "12.5.7", "5月7日", "3-4-2012", "41036.0", "2012年5月7日左右", 41036.0]
)
def test_a_date_that_can_mean_two_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError) as caught:
        text_of(cell, "partial_day")
    assert caught.value.code == "DSK032"


@pytest.mark.parametrize("cell", ["不详", "解放前", "—"])
def test_what_is_no_date_at_all(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        text_of(cell, "day")
    assert caught.value.code == "DSK031"


@every_row(
    ("cell", "kind", "text"),
    [
        ("10,000元", "whole", "10000"),
        ("１００００", "whole", "10000"),
        (10000.0, "whole", "10000"),
        ("一万", "whole", "一万"),
        ("１３９００００００００", "number", "13900000000"),
        (13900000000.0, "number", "13900000000"),
        ("4201021985010199 9X", "number", "4201021985010199 9X"),
        ("\u3000示例 甲\u3000", "text", "示例 甲"),
        ("两\n行", "text", "两行"),
        ("第一段\r\n第二段", "prose", "第一段\n第二段"),
        (True, "truth", "是"),
        (12.0, "text", "12"),
        (datetime.combine(date(2026, 11, 12), time(9)), "moment", "2026-11-12T09:00"),
        ("2026年11月12日 9:00", "moment", "2026-11-12T09:00"),
        ("2026年11月12日9时30分", "moment", "2026-11-12T09:30"),
        ("2026-11-12", "moment", "2026-11-12"),
    ],
)
def test_other_cells(cell: Cell, kind: str, text: str) -> None:
    assert text_of(cell, kind) == text


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000"])
def test_an_empty_cell_is_nothing(cell: Cell) -> None:
    assert text_of(cell, "text") is None


def test_a_number_that_excel_has_cut_is_refused() -> None:
    with pytest.raises(CellError) as caught:
        text_of(4.20102198501019e17, "number")
    assert caught.value.code == "DSK033"


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#VALUE!"])
def test_a_formula_that_failed_is_refused(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        text_of(cell, "text")
    assert caught.value.code == "DSK034"
