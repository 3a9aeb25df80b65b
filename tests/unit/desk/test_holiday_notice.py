"""The State Council's notice becomes the year's file, and no date of it is read by guessing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.desk.holiday_notice import NoticeError, read_notice
from generator.law.workdays import build_calendar
from generator.project.settings import load_settings
from tests.every_row import every_row
from tests.offices import office, yiyong
from tests.projects import ROOT

OF_2026 = """
国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府：
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
"""In the words of such a notice; the days are those in force."""

URL = "https://www.gov.cn/example.htm"


def test_the_days_are_those_that_the_calendar_library_knows() -> None:
    calendar = build_calendar()
    holidays = read_notice(OF_2026, 2026)
    off = {day for item in holidays for day in _span(item.first, item.last)}
    worked = {day for item in holidays for day in item.worked}
    assert len(holidays) == 7
    for number in range(365):
        day = date.fromordinal(date(2026, 1, 1).toordinal() + number)
        assert calendar.is_worked(day) == (day in worked or (day not in off and day.weekday() < 5)), day


def _span(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def test_new_year_may_begin_in_the_year_before() -> None:
    (new_year,) = read_notice("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert (new_year.first, new_year.last) == (date(2022, 12, 31), date(2023, 1, 2))


def test_a_holiday_of_one_day_and_two_in_one() -> None:
    (one,) = read_notice("元旦：1月1日（周三）放假1天，不调休。", 2025)
    assert one.first == one.last == date(2025, 1, 1)
    (both,) = read_notice(
        "国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。",
        2025,
    )
    assert both.worked == (date(2025, 9, 28), date(2025, 10, 11))


@every_row(
    ("line", "code"),
    [
        ("元旦：1月1日（周五）至3日放假，共3天。", "DSK052"),
        ("元旦：1月1日至3日放假，共4天。", "DSK053"),
        ("元旦：1月1日至3日放假，1月4日另行通知。", "DSK051"),
        ("元旦：1日至3日放假。", "DSK051"),
        ("元旦：1月1日至3日休息，放假。13月4日上班。", "DSK051"),
        ("1月1日至3日放假。", "DSK051"),
        ("春节：2月30日放假。", "DSK051"),
        ("春节：2月15日至1月23日放假。", "DSK051"),
    ],
)
def test_a_line_that_is_not_understood_whole_stops_it(line: str, code: str) -> None:
    with pytest.raises(NoticeError) as caught:
        read_notice(f"通知\n{line}", 2026)
    assert (caught.value.code, caught.value.line) == (code, 2)


def test_the_command_writes_a_file_that_the_calendar_counts_with(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    notice = OF_2026.replace("2026", "2027").replace(
        "（周", "（"
    )  # without weekdays: they are another year's
    text = "\n".join(line.replace("、周", "、") for line in notice.splitlines())
    result = yiyong("holidays", "2027", "--url", URL, "--root", project, asked=text)
    assert result.exit_code == 1 and "DSK051" not in result.output  # 4 January 2027 is no weekend
    good = (
        "元旦：1月1日（周五）至3日（周日）放假，共3天。\n春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。\n"
        "清明节：4月5日（周一）放假1天。\n劳动节：5月1日（周六）至3日（周一）放假，共3天。\n端午节：6月9日（周三）放假1天。\n"
        "中秋节：9月15日（周三）放假1天。\n国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。\n"
    )
    done = yiyong("holidays", "2027", "--url", URL, "--root", project, asked=good)
    assert done.exit_code == 0, done.output
    settings = load_settings(project).settings
    assert settings is not None
    assert settings.calendar.arrangement_issued(2027)
    assert settings.calendar.is_worked(date(2027, 2, 13)) and not settings.calendar.is_worked(
        date(2027, 2, 9)
    )
    again = yiyong("holidays", "2027", "--url", URL, "--root", project, asked=good)
    assert again.exit_code == 2 and "DSK042" in again.output


def test_a_file_that_notepad_saved_is_read_and_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    root = office(tmp_path / "office")
    (tmp_path / "通知.txt").write_bytes(OF_2026.encode("gbk"))
    arguments = ("holidays", "2026", "--url", URL, "--root", root, "--file")
    missing = yiyong(*arguments, tmp_path / "没有.txt")
    assert missing.exit_code == 2 and "does not exist" in missing.output
    assert yiyong(*arguments, tmp_path / "通知.txt").exit_code == 0
    other = ("holidays", "2027", "--url", URL, "--root", root, "--file")
    (tmp_path / "图.png").write_bytes(b"\x89PNG\x00\xff")
    assert "DSK050" in yiyong(*other, tmp_path / "图.png").output


def test_the_file_that_the_handbook_shows_is_one(tmp_path: Path) -> None:
    root = office(tmp_path / "office")
    handbook = (ROOT / "content/handbook/running.md").read_text(encoding="utf-8")
    shown = handbook.partition("## 放假安排")[2].partition("```yaml\n")[2].partition("```")[0]
    (root / "site_config/holidays").mkdir(exist_ok=True)
    (root / "site_config/holidays/2027.yml").write_text(
        shown.replace("gov.cn/…", "gov.cn/x"), encoding="utf-8"
    )
    settings = load_settings(root).settings
    assert settings is not None and settings.calendar.is_worked(date(2027, 1, 31))


def test_a_notice_without_any_holiday(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    result = yiyong("holidays", "2027", "--url", URL, "--root", project, asked="没有日期\n")
    assert result.exit_code == 1 and "DSK050" in result.output
    assert not (project / "site_config/holidays").exists()
