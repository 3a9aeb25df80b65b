"""待发文稿: what a message says, on every way of sending, and that its bytes can be audited."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import date
from typing import Any

import pytest

from generator.audit.unpacking import unpack
from generator.outputs.outbox.outbox_text import News, OutboxItem, OutboxText, files_of
from generator.outputs.outbox.sms_parts import MOST, LongAddressError, characters, sms_parts
from generator.public.context import SiteContext
from generator.public.list_rows import honour_row, notice_row
from generator.public.public_case import NoticeStatus
from generator.source.model.site_settings import Alerts
from tests.every_row import every_row
from tests.public_records import HOSTILE, act, clock, context, honour, notice, person, site, tombstone

CONTEXT = context()
WAYS = ("wechat", "sms", "email")


def opened(**changes: Any) -> OutboxItem:
    return OutboxItem(news=News.OPENED, row=notice_row(notice(**changes)))


def text(*items: OutboxItem, of: SiteContext = CONTEXT) -> OutboxText:
    return OutboxText(items=items, city=of.jurisdictions["wuhan"], context=of)


def test_a_message_of_one_notice_says_the_last_moment_and_where_it_stands() -> None:
    message = text(opened())
    address = "https://yiyong.example/notices/wuhan-2026-0001/"
    assert message.title == "关于拟确认李大勇见义勇为的公示（异议截至 11月26日 24:00）"
    first, second = message.sms()
    assert first == "(1/2)武汉公示见义勇为：李大勇。异议截至11月26日24:00。"
    assert second == f"(2/2)详见 {address}"
    files = message.files(WAYS)
    assert set(files) == {name for way in WAYS for name in files_of(way)}
    for name in ("wechat.html", "wechat.md", "wechat.txt"):
        shown = files[name].decode()
        assert address in shown and "11月26日 24:00" in shown, name
    assert "href" not in files["wechat.html"].decode(), "links lead nowhere in 公众号"
    assert "class=" not in files["wechat.html"].decode(), "style sheets are taken out there"


def test_a_letter_has_both_forms_and_no_receiver() -> None:
    data = text(opened()).files(("email",))["mail.eml"]
    letter = email.message_from_bytes(data, policy=email.policy.default)
    assert letter["Subject"] == "关于拟确认李大勇见义勇为的公示（异议截至 11月26日 24:00）"
    assert letter["To"] is None and letter["X-Unsent"] == "1"
    plain, page = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None and page is not None
    assert "公示中，至 2026年11月26日 24:00 止" in plain.get_content()
    assert 'href="https://yiyong.example/notices/wuhan-2026-0001/"' in page.get_content()
    assert data == text(opened()).files(("email",))["mail.eml"]
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_several_records_are_counted_and_the_soonest_end_is_told() -> None:
    later = opened(number=2, clock=clock(date(2026, 11, 21)))
    honoured = OutboxItem(news=News.HONOURED, row=honour_row(honour()))
    message = text(opened(), later, honoured)
    assert message.title == "武汉见义勇为：新公示 2 件，荣誉 1 项"
    assert message.summary == "新公示 2 件，荣誉 1 项。最早的一件，异议截至 2026年11月26日 24:00。"
    assert message.url == "https://yiyong.example/notices/wuhan/"
    assert "".join(message.sms()).count("https://") == 1


def test_a_moved_end_a_correction_and_a_result_say_so() -> None:
    row = notice_row(notice())
    assert text(OutboxItem(news=News.MOVED, row=row)).summary.startswith(
        "公示截止日改为 2026年11月26日 24:00。"
    )
    confirmed = notice_row(notice(status=NoticeStatus.CONFIRMED))
    assert "已确认" in text(OutboxItem(news=News.RESULT, row=confirmed)).sms()[0]
    assert "已更正" in text(OutboxItem(news=News.CORRECTED, row=row)).sms()[0]


def test_what_came_to_nothing_names_nobody() -> None:
    item = OutboxItem(news=News.ENDED, row=notice_row(tombstone()))
    message = text(item)
    told = "".join(data.decode() for data in message.files(("wechat", "sms")).values())
    assert tombstone().id in told
    assert "李大勇" not in told


@pytest.mark.parametrize(
    ("item", "stands"),
    [
        (opened(), True),
        (opened(status=NoticeStatus.AWAITING), False),
        (OutboxItem(news=News.OPENED, row=notice_row(tombstone())), False),
        (OutboxItem(news=News.CORRECTED, row=notice_row(tombstone())), False),
        (OutboxItem(news=News.ENDED, row=notice_row(tombstone())), True),
        (OutboxItem(news=News.HONOURED, row=honour_row(honour())), True),
        (OutboxItem(news=News.ENDED, row=honour_row(honour())), False),
    ],
)
def test_what_is_over_is_no_news(item: OutboxItem, stands: bool) -> None:
    assert item.is_of_today is stands


def test_an_sms_has_at_most_seventy_characters_and_breaks_no_address() -> None:
    people = tuple(person(name) for name in ("欧阳明远", "司徒长青", "李大勇", "王小红", "赵明"))
    signed = context(site=site(alerts=Alerts.model_construct(sms_signature="武汉见义勇为")))
    parts = text(opened(persons=people), of=signed).sms()
    assert len(parts) == 2
    for number, part in enumerate(parts, start=1):
        assert characters(part) <= MOST
        assert part.startswith(f"【武汉见义勇为】({number}/2)")
    assert parts[1].endswith("https://yiyong.example/notices/wuhan-2026-0001/")
    assert "欧阳明远、司徒长青、李大勇等5人" in parts[0]
    whole = re.sub(r"【武汉见义勇为】\(\d/2\)", "", "".join(parts))
    assert whole.replace("详见 ", "详见").startswith("武汉公示见义勇为：")


@pytest.mark.parametrize("length", [1, 69, 70, 71, 140, 500])
def test_no_character_is_lost(length: int) -> None:
    words = ("公示期内可以提出异议，" * 60)[:length]
    address = "https://yiyong.example/notices/wuhan-2026-0001/"
    parts = sms_parts(f"{words} {address}")
    kept = "".join(re.sub(r"^\(\d+/\d+\)", "", part) for part in parts)
    assert "".join(kept.split()) == f"{words}{address}"
    assert all(characters(part) <= MOST for part in parts)
    assert any(address in part for part in parts)


def test_an_address_that_does_not_fit_is_not_shortened() -> None:
    with pytest.raises(LongAddressError):
        sms_parts(f"详见 https://yiyong.example/{'x' * 60}/", "武汉见义勇为")


@every_row("hostile", [text[:2_000] for text in HOSTILE], ids=range(len(HOSTILE)))
def test_hostile_words_are_words(hostile: str) -> None:
    message = text(opened(title=hostile or "x", act=act(summary=hostile)))
    files = message.files(("wechat", "email"))
    shown = files["wechat.html"].decode()
    assert "<script>" not in shown and "<img" not in shown and "<!DOCTYPE" not in shown
    letter = email.message_from_bytes(files["mail.eml"], policy=email.policy.default)
    assert not letter.defects and letter.keys().count("Subject") == 1
    assert [part.get_content_type() for part in letter.walk()][1:] == ["text/plain", "text/html"]


def test_the_audit_reads_a_letter_decoded() -> None:
    pieces = list(unpack("mail.eml", text(opened()).files(("email",))["mail.eml"]))
    assert not [piece for piece in pieces if piece.problem]
    said = [piece.text for piece in pieces if piece.text]
    assert sum("李大勇" in words for words in said) >= 3, "the subject, the plain text and the page"
    broken = list(unpack("mail.eml", b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'))
    assert [piece for piece in broken if piece.problem]
