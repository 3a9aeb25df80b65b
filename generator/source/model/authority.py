"""承办机关 (authority): ``site_config/authorities/<slug>.yml``, who publicises and who receives objections."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from generator.source.model.scalars import ClockTime, DayUnit, Entry, Https, Slug, Text, Truth, Whole
from generator.source.model.worded import Worded

URL_TEMPLATE_FIELDS = frozenset({"notice_id"})
"""Fields a web form's address may name. Never a person's data: addresses end in other people's logs."""


class PeriodPractice(Entry):
    """公示期计算惯例 of an authority; a record may say otherwise, an instrument may fix it."""

    unit: DayUnit | None = None
    first_day_counts: Truth | None = None
    roll_over: Truth | None = None
    """Whether a last day on a legal holiday moves to the day after it (民法典 203)."""
    close_of_business: ClockTime | None = None
    """Set when objections end at the close of business of the last day, not at 24:00."""


class PostalChannel(Entry):
    """信函: postal address; ``counts_by`` says which postmark keeps the period."""

    recipient: Text
    address: Text
    postcode: Text
    counts_by: Annotated[Literal["sent", "received"], Worded("counts_by")] | None = None
    """Left out where the organ has not said it: then the page says so."""


class CounterChannel(Entry):
    """当面提交: where and when."""

    address: Text
    hours: Text | None = None


class Channels(Entry):
    """受理异议的渠道. At least one must be given (a check proves it)."""

    web_form: Text | None = None
    """https address, may name ``{notice_id}``."""
    email: Text | None = None
    telephone: tuple[Text, ...] = ()
    fax: tuple[Text, ...] = ()
    post: PostalChannel | None = None
    in_person: CounterChannel | None = None

    @field_validator("email")
    @classmethod
    def _plain_email(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(
            r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", value
        ):
            raise PydanticCustomError("REG101", "not a plain e-mail address")
        return value

    @field_validator("web_form")
    @classmethod
    def _safe_template(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not re.fullmatch(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?", value) or re.search(
            r"[\"'<>\\`]", value
        ):
            raise PydanticCustomError("REG102", "a web form's address begins with https://")
        unknown = sorted(set(re.findall(r"\{([^{}]*)\}", value)) - URL_TEMPLATE_FIELDS)
        if unknown or re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", value)):
            raise PydanticCustomError(
                "REG103", "unknown field in the address", {"unknown": ", ".join(unknown) or "{}"}
            )
        return value


class Desk(Entry):
    """受理处 of one notice, where that is not the authority's usual one."""

    name: Text | None = None
    """受理单位, where another than the authority receives."""
    contact: Text | None = None
    channels: Channels
    requirements: tuple[Text, ...] = ()


class Authority(Entry):
    """承办机关. Organs keep the names the instrument in force gives them; ``kind`` is that role."""

    slug: Slug
    jurisdiction: Slug
    name: Text
    role: Text | None = None
    """Its role in the instrument: 平安建设主管机关, 区公安机关 …"""
    district: Text | None = None
    period: PeriodPractice = PeriodPractice()
    contact: Text | None = None
    """联系人 or office, as published."""
    channels: Channels = Channels()
    requirements: tuple[Text, ...] = ()
    """What an objection must carry, where this organ asks for more than the usual."""
    website: Https | None = None
    order: Whole = 100
