"""站点语境 (context): what every page may know beside its own record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from generator.law.instruments import PolicyLibrary
from generator.law.notice_period.day_wording import day_words
from generator.public.open_day import OPEN_DAY, OPEN_ISO_DAY
from generator.public.open_minute import with_open_minute
from generator.public.public_case import PublicNotice
from generator.source.model.authority import Authority, Channels, CounterChannel, PostalChannel
from generator.source.model.instant import SHANGHAI
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.site_settings import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLog:
    """公布日志 as pages tell of it: its name, how many events it has, and the public key that signs it, if any.

    ``witnesses`` are the names of those who signed its last checkpoint beside the office; ``sightings`` counts what
    ``observers`` handed in.
    """

    origin: str
    size: int
    key: str | None
    witnesses: tuple[str, ...] = ()
    observers: int = 0
    sightings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContext:
    """公开设置: site settings, jurisdictions and authorities by slug, the policy library, and ``as_of``.

    ``next_change_at`` is the next instant at which some page of the site turns by itself (a notice
    opens or closes); pages say so when the visitor's clock is past it. None when nothing is pending.
    """

    site: Site
    jurisdictions: Mapping[str, Jurisdiction]
    authorities: Mapping[str, Authority]
    library: PolicyLibrary
    as_of: datetime
    next_change_at: datetime | None = None
    objection_sheets: bool = False
    """Whether open notices have their ``objection.docx``."""
    posters: bool = False
    """Whether notices have their ``poster.pdf``, until the last moment."""
    share_cards: bool = False
    """Whether notices and honours, tombstones apart, have their ``share.png``."""
    search: bool = False
    """Whether the site has its search page, and the search box on every page."""
    english: Mapping[str, str] = field(default_factory=dict)
    """英文译文: Chinese words to English ones; empty on a site without English pages."""
    log: PublicLog | None = None
    """The log of publications; None while nothing was logged."""
    minute_open: bool = False
    """Whether what would tell the minute of ``as_of`` leaves it open: see :mod:`generator.public.open_minute`."""
    day_open: bool = False
    """Whether lists that would tell the day leave it open: see :mod:`generator.public.open_day`."""

    @property
    def day(self) -> date:
        """The day of ``as_of`` in Beijing: what a page says of its age that does not turn by the minute."""
        return self.as_of.astimezone(SHANGHAI).date()

    @property
    def day_in_words(self) -> str:
        """:attr:`day` as a list tells it: 2026年11月22日; left open where that is asked for."""
        return OPEN_DAY if self.day_open else day_words(self.day)

    @property
    def iso_day(self) -> str:
        """:attr:`day` in ISO 8601, likewise."""
        return OPEN_ISO_DAY if self.day_open else self.day.isoformat()

    @property
    def midnight(self) -> datetime:
        """The beginning of :attr:`day`, for what must bear an instant and rests on the day alone."""
        return self.as_of.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)

    @property
    def moment(self) -> int:
        """``as_of`` in seconds: the time of every file of the site."""
        return int(self.as_of.timestamp())

    def told(self, words: str) -> str:
        """``words`` that tell ``as_of``, with its minute left open where that is asked for."""
        return with_open_minute(words, self.as_of.astimezone(SHANGHAI)) if self.minute_open else words

    @property
    def register_cities(self) -> tuple[Jurisdiction, ...]:
        """Jurisdictions that keep a register here, in their order."""
        kept = (j for j in self.jurisdictions.values() if j.keeps_register)
        return tuple(sorted(kept, key=lambda j: (j.order, j.slug)))

    def receiving(self, notice: PublicNotice) -> Authority:
        """受理机关: the notice's authority, with the desk that the notice itself names."""
        authority, desk = self.authorities[notice.authority], notice.desk
        if desk is None:
            return authority
        channels = Channels(
            web_form=desk.web_form,
            email=desk.email,
            telephone=desk.telephone,
            fax=desk.fax,
            post=None
            if desk.post is None
            else PostalChannel.model_construct(
                recipient=desk.post[0],
                address=desk.post[1],
                postcode=desk.post[2],
                counts_by=desk.post[3],  # type: ignore[arg-type]
            ),
            in_person=None
            if desk.in_person is None
            else CounterChannel.model_construct(address=desk.in_person[0], hours=desk.in_person[1]),
        )
        said = {
            "name": desk.name or authority.name,
            "contact": desk.contact,
            "channels": channels,
            "requirements": desk.requirements,
        }
        return authority.model_copy(update=said)

    def absolute(self, path: str) -> str:
        """Permanent address of a path from the root."""
        return f"{self.site.base_url}{path}"
