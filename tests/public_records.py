"""Builders of public records: every value has a default, a test names only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from generator.catalogue import wording
from generator.law.instruments import build_library
from generator.law.notice_period.last_day import PublicityClock, RuleLayer, declared_clock, resolve_rule
from generator.law.notice_period.period_rule import Origin
from generator.law.workdays import build_calendar
from generator.public.context import SiteContext
from generator.public.honour_document import honour_document
from generator.public.notice_document import notice_document
from generator.public.people_counts import honoured_people
from generator.public.public_case import (
    HistoryEvent,
    HonourStatus,
    NoticeStatus,
    ProvisionRef,
    PublicAct,
    PublicCorrection,
    PublicHonour,
    PublicNotice,
    PublicPerson,
)
from generator.public.public_decision import PublicAnnex, PublicDecision, PublicGrant, PublicTier
from generator.source.model.authority import Authority, Channels, CounterChannel, PostalChannel
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.partial_day import PartialDay
from generator.source.model.site_settings import Alerts, Lists, Masking, Retention, Site

AS_OF = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)
CALENDAR = build_calendar(())

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]></summary><entry>",
    "&lt;b&gt; &amp; &#x3c;",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "＝1+1",
    "'=1+1",
    "'",
    "a\r\nBEGIN:VEVENT\r\nUID:x",
    'a;b,c\\n"d":e',
    "nul\x00 bell\x07 escape\x1b del\x7f c1\x9b",
    "\ufffe\uffff",
    "bidi \u202e evil \u2066 x \u2069",
    "עברית العربية",
    "👩‍🚒🏅 𬭎𫖯 e\u0301",
    "a\u2028b\u2029c\x85d",
    "{{ 7*7 }} {% raw %} ${x} #{y}",
    "[x](javascript:alert(1)) **b** | a | b |",
    "1e9",
    "007",
    "true",
    "2026-01-01",
    "null",
    '"quoted", and ""twice""',
    "line one\nline two\n\nline four",
    "x" * 33_000,
    "汉" * 33_000,
)
"""Texts that some format or reader could take for more than text, and two that a cell of a workbook cannot hold."""
HOSTILE_TO_MARKUP = tuple(
    text[:3_000] for text in HOSTILE if len(text) > 1_000 or set("<>&\"'[{\x00") & set(text)
)
"""Those that could become more than text in HTML or Markdown, or do not fit: figures and formulas are words there."""


def site(**changes: Any) -> Site:
    values: dict[str, Any] = {
        "name": "义勇录（示例）",
        "tagline": "见义勇为公示",
        "base_url": "https://yiyong.example/",
        "owner": "示例编辑室",
        "licence": "CC-BY-4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "retention": Retention.model_construct(identity_days=1095, tombstone_names=False),
        "masking": Masking.model_construct(age="decade", place="district", unit="none"),
        "alerts": Alerts(),
        "lists": Lists.model_construct(per_page=5, feed_entries=5, smallest_cell=3),
        "holiday_roll_over": True,
        "undated_amendments_count_from": "approval",
    }
    base = Site.model_construct(**values)
    return base.model_copy(update=changes)


def version_of(record: PublicNotice | PublicHonour, of: SiteContext | None = None) -> str:
    """The version that a record's document has, and its page and badge name."""
    where = of or context()
    if isinstance(record, PublicNotice):
        return notice_document(record, where).version
    return honour_document(record, where).version


def context(**changes: Any) -> SiteContext:
    cities = (("wuhan", "武汉", 10), ("nanjing", "南京", 20))
    values: dict[str, Any] = {
        "site": site(),
        "jurisdictions": {
            slug: Jurisdiction.model_construct(
                slug=slug,
                name=name,
                full_name=f"{name}市",
                level="city",
                parent=None,
                order=order,
                keeps_register=True,
            )
            for slug, name, order in cities
        },
        "authorities": {f"{slug}-pingan": authority(slug) for slug, _, _ in cities},
        "library": build_library(()),
        "as_of": AS_OF,
    }
    return SiteContext(**{**values, **changes})


def authority(jurisdiction: str = "wuhan", **changes: Any) -> Authority:
    values: dict[str, Any] = {
        "slug": f"{jurisdiction}-pingan",
        "jurisdiction": jurisdiction,
        "name": "平安建设主管机关（示例）",
        "contact": "见义勇为工作处",
        "channels": Channels.model_construct(
            web_form="https://form.yiyong.example/objection?notice={notice_id}",
            email="office@yiyong.example",
            telephone=("027-00000011",),
            fax=(),
            post=PostalChannel.model_construct(
                recipient="工作处", address="示例路1号", postcode="430014", counts_by="sent"
            ),
            in_person=CounterChannel.model_construct(address="示例路1号", hours="9:00—17:00"),
        ),
        "requirements": ("署真实姓名",),
    }
    return Authority.model_construct(**{**values, **changes})


def clock(opens_on: date = date(2026, 11, 20), closes_on: date | None = None, **layer: Any) -> PublicityClock:
    """A declared clock of seven calendar days unless told otherwise."""
    closes_on = closes_on or opens_on + timedelta(days=6)
    said = {"unit": "calendar_day", "first_day_counts": True, **layer}
    rule = resolve_rule(RuleLayer(origin=Origin(kind="record"), **said))
    made = declared_clock(opens_on, closes_on, rule, CALENDAR).clock
    assert made is not None
    return made


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    """Partial days, which tests write as a record has them."""
    partial = ("born", "happened_on", "decided_on")
    return {
        name: PartialDay(value) if name in partial and isinstance(value, str) else value
        for name, value in values.items()
    }


def person(name: str = "李大勇", **changes: Any) -> PublicPerson:
    return PublicPerson(**_dated({"name": name, "masked": False, "minor": False, "sex": "男", **changes}))


def act(**changes: Any) -> PublicAct:
    values: dict[str, Any] = {
        "happened_on": "2026-08-03",
        "at": None,
        "kind": "water_rescue",
        "place": "示例湖",
        "district": "洪山区",
        "summary": "下水救起一名落水者。",
        "narrative": ("第一段。", "第二段。"),
        "verification": (),
        "limb": "第七条第（三）项",
        "loss_averted": None,
    }
    return PublicAct(**_dated({**values, **changes}))


def provision(**changes: Any) -> ProvisionRef:
    values: dict[str, Any] = {
        "instrument": "tiaoli",
        "version": "2025",
        "article": "第十一条第一款",
        "path": "policies/wuhan/tiaoli/#2025-11",
        "summary": "公示不少于七日。",
        "superseded": False,
    }
    return ProvisionRef(**{**values, **changes})


def correction(on: date, **changes: Any) -> PublicCorrection:
    return PublicCorrection(
        **{"corrected_on": on, "what": "更正地点。", "was": "甲湖", "now": "乙湖", **changes}
    )


def notice(number: int = 1, **changes: Any) -> PublicNotice:
    """An open notice of Wuhan, published when it opens; its history begins with the publication."""
    its_clock: PublicityClock = changes.pop("clock", None) or clock()
    published_at = changes.pop(
        "published_at",
        datetime.combine(its_clock.opens_on, datetime.min.time(), tzinfo=SHANGHAI) + timedelta(hours=8),
    )
    jurisdiction = changes.get("jurisdiction", "wuhan")
    events = changes.pop("events", ())
    values: dict[str, Any] = {
        "id": f"{jurisdiction}-{its_clock.opens_on.year}-{number:04}",
        "title": "关于拟确认李大勇见义勇为的公示",
        "number": None,
        "jurisdiction": jurisdiction,
        "authority": f"{jurisdiction}-pingan",
        "signatories": ("平安建设主管机关（示例）",),
        "published_at": published_at,
        "order": "before_decision",
        "status": NoticeStatus.OPEN,
        "status_since": its_clock.opens_on,
        "status_after_close": NoticeStatus.AWAITING,
        "clock": its_clock,
        "persons": (person(),),
        "group": None,
        "act": act(),
        "postings": (),
        "corrections": (),
        "replaces": None,
        "replaced_by": None,
        "history": (HistoryEvent(on=published_at.date(), event="published"), *events),
        "publicity_rule": provision(),
        "provisions": (),
        "honours": (),
    }
    return PublicNotice(**{**values, **changes})


def tombstone(status: NoticeStatus = NoticeStatus.REVOKED, number: int = 9, **changes: Any) -> PublicNotice:
    """A notice whose matter came to nothing, as disclosure leaves it."""
    its_clock = clock(date(2026, 9, 1))
    on = date(2026, 10, 9)
    return notice(
        number,
        **{
            "clock": its_clock,
            "status": status,
            "status_after_close": status,
            "status_since": on,
            "title": wording("titles")["tombstones"][status.value],
            "persons": (),
            "act": None,
            "events": (
                HistoryEvent(on=on, event=status.value, organ="平安建设主管机关（示例）", text="材料不实"),
            ),
            "outcome_on": on,
            "outcome_organ": "平安建设主管机关（示例）",
            "outcome_reason": "材料不实",
            **changes,
        },
    )


def honour(number: int = 1, **changes: Any) -> PublicHonour:
    jurisdiction = changes.get("jurisdiction", "wuhan")
    values: dict[str, Any] = {
        "id": f"{jurisdiction}-2026-h{number:04}",
        "jurisdiction": jurisdiction,
        "published_on": PartialDay("2026-10-20"),
        "status": HonourStatus.VALID,
        "verb": "授予",
        "title": "武汉市见义勇为英雄",
        "level": "city",
        "grantor": "武汉市人民政府（示例）",
        "decided_on": "2026-10-12",
        "number": "武政〔2026〕0号（示例）",
        "batch": None,
        "merit": None,
        "bonus_cny": 50000,
        "recipients": (person(),),
        "group": None,
        "act": act(),
        "notice": None,
        "confirmed_on": date(2026, 9, 30),
        "corrections": (),
        "revoked_on": None,
        "revoked_by": None,
        "revoked_ground": None,
        "provisions": (provision(),),
        "has_certificate_code": False,
        "source": None,
        "basis": None,
    }
    return PublicHonour(**_dated({**values, **changes}))


def granted(of: PublicHonour, place: int = 0) -> PublicGrant:
    """``of`` as its decision lists it."""
    return PublicGrant(
        honour=of.id,
        decision="wuhan-2026-d0001",
        field=f"tiers[0].grants[{place}]",
        status=of.status,
        verb=of.verb,
        title=of.title,
        merit=of.merit,
        bonus_cny=of.bonus_cny,
        bonus_for=of.bonus_for,
        recipients=of.recipients,
        group=of.group,
        posthumous=of.posthumous,
        person_count=of.person_count,
        people=honoured_people(of),
        name=of.display_name,
        summary=None if of.act is None else of.act.summary,
        changed_on=None,
    )


def public_decision(serial: int = 1, **changes: Any) -> PublicDecision:
    """A decision that grants two honours in one tier."""
    values: dict[str, Any] = {
        "id": f"wuhan-2026-d{serial:04}",
        "jurisdiction": "wuhan",
        "title": "武汉市人民政府（示例）关于授予李大勇等同志荣誉称号的决定",
        "reworded": False,
        "number": "武政〔2026〕0号（示例）",
        "index_number": "000014349/2026-00031",
        "openness": "主动公开",
        "organs": ("武汉市人民政府（示例）", "武汉市见义勇为基金会（示例）"),
        "level": "city",
        "signed_on": PartialDay("2026-10-12"),
        "published_on": date(2026, 10, 20),
        "batch": None,
        "basis": None,
        "opening": ("现决定如下。",),
        "tiers": (
            PublicTier(
                title="武汉市见义勇为英雄",
                verb="授予",
                bonus_cny=50000,
                bonus_for="each",
                grants=(granted(honour()), granted(honour(2, merit="个人二等功"), 1)),
            ),
        ),
        "annexes": (PublicAnnex(title="名单", source=None),),
        "corrections": (),
        "source": None,
    }
    return PublicDecision(**{**values, **changes})


def revoked_honour(number: int = 9, **changes: Any) -> PublicHonour:
    """A revoked honour whose record still names its recipient, as a site may set it."""
    return replace(
        honour(number),
        **{
            "status": HonourStatus.REVOKED,
            "revoked_on": date(2026, 11, 2),
            "revoked_by": "武汉市人民政府（示例）",
            "revoked_ground": "弄虚作假",
            **changes,
        },
    )


def policy_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    values = {
        "jurisdiction": "wuhan",
        "jurisdiction_name": "武汉",
        "instrument": "tiaoli",
        "instrument_title": "示例条例",
        "version": "2025",
        "version_label": "2025修正",
        "article": f"第{number}条",
        "topic": "publicity_period",
        "summary": "不少于七日。",
        "value": {"days": 7, "comparison": "at_least"},
        "status": "stated",
        "in_force_from": "2025-06-01",
        "in_force_from_basis": "stated",
        "in_force_until": None,
        "in_force_until_basis": "open",
        "last_verified_on": "2026-11-01",
        "url": "policies/wuhan/tiaoli/#a",
        "superior_not_at_hand": [],
        "modality": "must",
        "delegated_to": [],
        "silent_on": [],
        "benefit": None,
        "inferred": {},
        "official_url": None,
    }
    return {**values, **changes}
