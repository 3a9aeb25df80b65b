"""站点设置 (site settings): ``site_config/site.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.source.model.colour import READABLE, Colour, contrast
from generator.source.model.scalars import Day, Days, Entry, Https, Moment, Slug, Text, Truth, Whole
from generator.source.model.worded import Worded


class SampleCodes(Entry):
    """可以试用的证书号 of invented certificates: one of each answer that a check may give."""

    valid: Text
    revoked: Text
    absent: Text


class SampleData(Entry):
    """示例数据: the banner on every page and the instant the sample is built for."""

    banner: Text
    as_of: Moment
    certificate_codes: SampleCodes | None = None
    """Shown where certificates are checked. Every other code is withheld everywhere, so this stands within what makes
    each page of a site a sample's."""


class GovernmentTags(Entry):
    """政府网站页面标签与页脚编号. Whatever is unset is left out with a warning, never invented."""

    site_id_code: Text | None = None
    """网站标识码, 10 characters."""
    site_domain: Text | None = None
    column_type: Text | None = None
    icp: Text | None = None
    """ICP备案号."""
    police: Text | None = None
    """公安备案号."""
    police_code: Text | None = None
    party_government_mark: Https | None = None
    error_report: Https | None = None
    """我为政府网站找错."""


class Retention(Entry):
    """留存与简化: how much of a closed notice stays, and for how long."""

    identity_days: Days
    """Days after the end of the matter for which persons are shown as publicised; then the notice
    keeps its address, dates and outcome and shows surnames only. Honours are not thinned."""
    tombstone_names: Truth
    """Whether the page of a notice not confirmed or revoked still shows the names."""

    def named_until(self, ended_on: date) -> date:
        """Last day, inclusive, on which persons are shown as publicised, where the matter ended on ``ended_on``."""
        return ended_on + timedelta(days=self.identity_days)


class Masking(Entry):
    """隐名显示的程度 of masked persons."""

    age: Annotated[Literal["exact", "decade", "none"], Worded("masked_age")]
    place: Annotated[Literal["full", "district", "city"], Worded("masked_place")]
    unit: Annotated[Literal["full", "none"], Worded("masked_unit")]


class Lists(Entry):
    """列表长度."""

    per_page: Whole
    feed_entries: Whole
    smallest_cell: Whole
    """Statistics leave out counts below this one, whatever the reason; 0 shows all."""


class Alerts(Entry):
    """提醒: what tells people who do not come back by themselves that something is new.

    The feeds and calendars of all records, and those of each city's notices, are always there. Switching off what
    was once published breaks its address for those who subscribed to it.
    """

    by_city: Truth = True
    """分市: honours, decisions and the daily digest have a feed in each city too, and honours and decisions a calendar."""
    daily: Truth = True
    """每日简报: pages and feeds that tell what a day brought."""
    closing_days: Whole = 2
    """How many days, the last one counted, the digest says that a notice is about to close."""
    heartbeat: Truth = True
    """心跳: a feed with one entry a day, whatever happened, so that silence means that the site is not kept up."""
    outbox: tuple[Annotated[Literal["wechat", "sms", "email"], Worded("outbox_form")], ...] = ()
    """待发文稿: for which ways of sending ``yiyong publish`` leaves texts in ``outbox/``. None: no texts."""
    sms_signature: Text | None = None
    """短信签名, as the operator approved it, without the brackets: it counts among the 70 characters."""


_TINT, _DARK_TINT = "#f2eadd", "#2b2520"
"""The theme's darkest light ground and lightest dark one: what is read there is read everywhere."""


class Look(Entry):
    """外观: the office's own colour and mark."""

    accent: Colour | None = None
    """Colour of links, headings and marks on light paper."""
    accent_dark: Colour | None = None
    """The same on dark paper; left out, it is made from ``accent``."""
    logo: Text | None = None
    """A file of ``site_config/assets/``, in place of the theme's mark."""

    @model_validator(mode="after")
    def _can_be_read(self) -> Look:
        for colour, ground in ((self.accent, _TINT), (self.accent_dark, _DARK_TINT)):
            if colour is not None and (ratio := contrast(colour, ground)) < READABLE:
                terms = {"colour": colour, "ratio": f"{ratio:.1f}", "least": f"{READABLE}"}
                raise PydanticCustomError("DSK081", "cannot be read", {"terms": terms})
        if self.logo is not None and not re.fullmatch(r"[A-Za-z0-9_-]+\.(svg|png|webp|jpg)", self.logo):
            raise PydanticCustomError(
                "DSK082", "no name of a picture", {"at": "logo", "facts": {"found": self.logo}}
            )
        return self


class EnglishSite(Entry):
    """英文页面: how the site calls itself on its pages below ``en/``."""

    name: Text
    tagline: Text
    owner: Text
    contact: Text | None = None
    sample_banner: Text | None = None
    """What the banner of a sample site says in English."""


class Site(Entry):
    """站点设置.

    ``base_url`` ends with a slash and is what permanent addresses, feeds and codes are made of.
    """

    name: Text
    tagline: Text
    base_url: Https
    owner: Text
    """主办单位."""
    contact: Text | None = None
    licence: Text
    """Licence of the published data, an SPDX id."""
    licence_url: Https
    software: Https | None = None
    """Where this software can be had, for those who check the log with it; None where the office does not say."""
    english: EnglishSite | None = None
    """Left out, the site has no English pages."""
    sample: SampleData | None = None
    government: GovernmentTags = GovernmentTags()
    look: Look = Look()
    retention: Retention
    masking: Masking
    lists: Lists
    alerts: Alerts = Alerts()
    holiday_roll_over: Truth
    """民法典 203 as the site's default where neither record, authority nor instrument says."""
    holiday_scope: Annotated[Literal["statutory", "arranged", "rest_days"], Worded("holiday_scope")] = (
        "arranged"
    )
    """Which days count as 法定休假日 for that: those named by the regulation on public holidays
    (``statutory``), every day off in the State Council's arrangement (``arranged``), or weekends too (``rest_days``)."""
    undated_amendments_count_from: Annotated[Literal["approval", "unknown"], Worded("undated_amendments")]
    """An amendment that states no effective date of its own: count it from its approval (labelled
    as such on every page), or treat its start as unknown."""
    assumed_in_force_from: Mapping[Text, Day] = Field(default_factory=dict)
    """First days assumed for versions whose text gives none, by key (``nanjing/tiaoli/original``);
    every page that rests on one says that it is assumed."""
    version_selected_by: Annotated[Literal["application", "notice", "act"], Worded("version_selected_by")]
    """Which date of a case selects the version of an instrument; none of them says so itself."""
    publish_objection_received_on: Truth = False
    """公布收到异议的日期. Left out, nothing tells of an objection before the period has ended, and nothing of the
    day on which it came; its result is published with the day of the answer either way."""
    approval: Annotated[Literal["none", "names", "accounts"], Worded("approval")] = "none"
    """第二个人批准: whether a record may be published only as somebody else than its author approved it at the desk.
    An office that reviews in git leaves it out."""
    project_format: Whole | None = None
    """项目格式, written by the software: a newer one brings the project along with ``yiyong migrate``."""
    shipped_law: tuple[Slug, ...] = ()
    """用随软件而来的法规的辖区: places whose settings and texts of law come with the software, and with each the
    places above it. A file of the project's own takes the place of the shipped one of its name."""
    featured: tuple[Slug, ...] = ()
    share_cards: Truth = False
    """分享图: draw the picture that shows beside a link in WeChat and elsewhere, one for every notice and honour.
    Takes about 20 ms each when they are drawn first."""

    @property
    def sample_codes(self) -> tuple[str, ...]:
        """Certificate codes that may be read on the site: none but a sample's."""
        codes = None if self.sample is None else self.sample.certificate_codes
        return () if codes is None else (codes.valid, codes.revoked, codes.absent)
