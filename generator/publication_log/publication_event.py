"""公布的事件 (events): what the log tells of a record, made from public types alone.

An event says what happened to one address, when, and what stood there afterwards. It holds that content as three
digests:

- ``document`` covers everything the record says (:func:`logged_document`). Anybody can recompute it from the record's
  data file.
- ``facts`` covers the parts that may not change without a correction.
- ``shown`` covers the parts of those that tell who acted and what happened.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Literal

from msgspec import ValidationError, convert

from generator.public.context import SiteContext
from generator.public.decision_document import decision_said
from generator.public.honour_document import honour_said
from generator.public.json_text import canonical, canonical_content, without_empty
from generator.public.logged_record import NOT_OF_THE_RECORD
from generator.public.notice_document import notice_said
from generator.public.public_case import HonourStatus, PublicHonour, PublicNotice
from generator.public.public_decision import PublicDecision
from generator.source.model.published import instant

Kind = Literal["notice", "honour", "decision"]
EventName = Literal["published", "amended", "closed", "withdrawn", "tombstoned", "restated"]
"""首次公布, 内容有变, 公示期满, 撤回, 撤销 or 未予确认; 重新登记 when only the form of the digests is another."""
FORM = 1
"""登记的格式: what digests are over, and how this software words what records leave to it. Raise it whenever a record
that did not change would give other digests; a test says when. Digests of two forms are not compared."""

_SHOWN = ("title", "opening", "persons", "recipients", "group", "act", "further_acts")
# The title of a notice may name the persons.
_FACTS = (
    "number",
    "jurisdiction",
    "authority",
    "signatories",
    "published_at",
    "order",
    "proposal",
    "signed_on",
    "opens_on",
    "verb",
    "level",
    "grantor",
    "decided_on",
    "published_on",
    "batch",
    "merit",
    "bonus_cny",
    "bonus_for",
)
_DECISION_SHOWN = ("title", "opening", "annexes", "tiers")
# Names stand in all of them, so that they change when an honour is revoked or somebody is withheld.
_DECISION_FACTS = (
    "number",
    "index_number",
    "openness",
    "jurisdiction",
    "organs",
    "level",
    "signed_on",
    "published_on",
    "batch",
    "basis",
)
_DEAD = frozenset(("not_confirmed", "not_awarded", "withdrawn", "revoked"))
_REDUCED = ("", "thinned", "tombstone")
"""How much of a record is no longer shown, the least first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """一件记录现在的公开情况. Days as ``2026-11-26``, inclusive; digests are SHA-256 in base64.

    ``reduced``: names are no longer shown, since the record is ``thinned`` or a ``tombstone``. ``corrections`` counts
    those that are public; ``moves`` those among them that moved the last day.
    """

    kind: Kind
    id: str
    path: str
    form: int
    status: str
    opens_on: str | None
    closes_on: str | None
    ended: bool
    corrections: int
    moves: int
    reduced: Literal["", "thinned", "tombstone"]
    facts: str
    shown: str
    document: str

    @property
    def is_tombstone(self) -> bool:
        """Whether nothing but the fact that it ended still stands there."""
        return self.status in _DEAD

    @property
    def ending(self) -> str:
        """How it ended, where nothing else stands there: ``revoked``, ``not_confirmed`` …; else empty."""
        return self.status if self.is_tombstone else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """一个事件: what happened ``at`` an instant, to a record whose state it then was.

    ``step`` counts the events of one record from 1, so that one left out of a proof leaves a gap.
    """

    event: EventName
    at: str
    step: int
    state: RecordState

    @property
    def id(self) -> str:
        """编号 of the record."""
        return self.state.id

    def as_json(self) -> dict[str, Any]:
        """The flat object whose canonical form is hashed."""
        state = {name: getattr(self.state, name) for name in RecordState.__slots__}
        return {"event": self.event, "at": self.at, "step": self.step, **state}

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Event:
        """Read an event. Raises ``TypeError`` or ``ValueError`` where a field is missing, unknown or of another type."""
        if set(tree) != {"event", "at", "step", *RecordState.__slots__}:
            raise TypeError("other fields")
        try:
            made = cls(
                event=convert(tree["event"], EventName),
                at=convert(tree["at"], str),
                step=convert(tree["step"], int),
                state=convert({name: tree[name] for name in RecordState.__slots__}, RecordState),
            )
        except ValidationError as error:
            raise TypeError(str(error)) from None
        if datetime.fromisoformat(made.at).tzinfo is None:
            raise ValueError("an instant without a zone")
        for day in filter(None, (made.state.opens_on, made.state.closes_on)):
            date.fromisoformat(day)
        return made


def notice_state(notice: PublicNotice, context: SiteContext) -> RecordState:
    """公示现在的情况."""
    document = notice_said(notice, context)
    dead = notice.status.is_tombstone
    return RecordState(
        kind="notice",
        form=FORM,
        id=notice.id,
        path=notice.path,
        status=notice.status.value,
        opens_on=notice.clock.opens_on.isoformat(),
        closes_on=notice.clock.closes_on.isoformat(),
        ended=notice.clock.closes_at <= context.as_of,
        corrections=len(notice.corrections),
        moves=sum(item.moved_closes_on is not None for item in notice.corrections),
        reduced=_reduced(dead=dead, named=bool(notice.persons), thinned=notice.thinned),
        **_digests(document, _FACTS, _SHOWN),
    )


def honour_state(honour: PublicHonour, context: SiteContext) -> RecordState:
    """荣誉现在的情况."""
    dead = honour.status is HonourStatus.REVOKED
    return RecordState(
        kind="honour",
        form=FORM,
        id=honour.id,
        path=honour.path,
        status=honour.status.value,
        opens_on=None,
        closes_on=None,
        ended=False,
        corrections=len(honour.corrections),
        moves=0,
        reduced=_reduced(dead=dead, named=bool(honour.recipients), thinned=False),
        **_digests(honour_said(honour, context), _FACTS, _SHOWN),
    )


def decision_state(decision: PublicDecision, context: SiteContext) -> RecordState:
    """决定现在的情况. Its ``corrections`` are its own; those of an honour that it grants are told of the honour."""
    dead = all(grant.status is HonourStatus.REVOKED for grant in decision.grants)
    return RecordState(
        kind="decision",
        form=FORM,
        id=decision.id,
        path=decision.path,
        status="revoked" if dead else "issued",
        opens_on=None,
        closes_on=None,
        ended=False,
        corrections=len(decision.corrections),
        moves=0,
        reduced=_reduced(dead=dead, named=any(grant.recipients for grant in decision.grants), thinned=False),
        **_digests(decision_said(decision, context), _DECISION_FACTS, _DECISION_SHOWN),
    )


def logged_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """登记的内容: what the record itself says, of its data document.

    What is empty is left out, however deep: it shows the public nothing, and a field that a later version of this
    software adds must not change what was logged before.
    """
    kept = {key: value for key, value in document.items() if key not in NOT_OF_THE_RECORD}
    made: dict[str, Any] = without_empty(kept)
    return made


def digest_of(value: Any) -> str:
    """摘要: SHA-256 of the canonical JSON, in base64."""
    return b64encode(sha256(canonical(value)).digest()).decode()


def digest_of_content(content: Mapping[str, Any]) -> str:
    """:func:`digest_of` what a document of ours says."""
    return b64encode(sha256(canonical_content(content)).digest()).decode()


def next_event(state: RecordState, last: Event | None, as_of: datetime) -> Event | None:
    """登记什么 of a record that now is in ``state`` and of which the log knows ``last``; None when it knows all."""
    name = _name_of(state, None if last is None else last.state)
    if name is None:
        return None
    return Event(event=name, at=instant(as_of), step=1 if last is None else last.step + 1, state=state)


def is_less(now: RecordState, before: RecordState) -> bool:
    """Whether the record shows less of whom it is about than it did ``before``."""
    return _REDUCED.index(now.reduced) > _REDUCED.index(before.reduced)


def _name_of(now: RecordState, before: RecordState | None) -> EventName | None:
    if before is None:
        return "published"
    if now.document == before.document and now.ended == before.ended:
        return None
    if now.is_tombstone and not before.is_tombstone:
        return "withdrawn" if now.status == "withdrawn" else "tombstoned"
    if now.ended and not before.ended:
        return "closed"
    if now.form != before.form and _without_digests(now) == _without_digests(before):
        return "restated"
    return "amended"


def told_as(event: Event, before: Event | None) -> str:
    """怎样称呼 an event after the one ``before`` of its record: its name, and of a change what it was: ``corrected``,
    ``reduced``, ``amended`` where people, deed or days are others than before, and where they are not ``opened``,
    ``progressed`` or, in the same state, ``supplemented``."""
    if event.event != "amended" or before is None:
        return event.event
    now, was = event.state, before.state
    if now.corrections > was.corrections:
        return "corrected"
    if is_less(now, was):
        return "reduced"
    if _content(now) != _content(was):
        return "amended"
    if now.status == was.status:
        return "supplemented"
    return "opened" if now.status == "open" else "progressed"


def _content(state: RecordState) -> tuple[str | None, ...]:
    return state.facts, state.shown, state.opens_on, state.closes_on


def _without_digests(state: RecordState) -> RecordState:
    return replace(state, form=0, facts="", shown="", document="")


def _reduced(*, dead: bool, named: bool, thinned: bool) -> Literal["", "thinned", "tombstone"]:
    if dead and not named:
        return "tombstone"
    return "thinned" if thinned else ""


def _digests(document: Mapping[str, Any], facts: Iterable[str], shown: Iterable[str]) -> dict[str, str]:
    # Each part is written once: this is most of what `yiyong check` spends on a record that was logged.
    parts = {key: canonical_content(value) for key, value in logged_document(document).items()}
    return {
        "facts": _digest_of_parts(parts, facts),
        "shown": _digest_of_parts(parts, shown),
        "document": _digest_of_parts(parts, parts),
    }


def _digest_of_parts(parts: Mapping[str, bytes], keys: Iterable[str]) -> str:
    """:func:`digest_of` the object that has these of the ``parts``, whose keys need no escaping."""
    written = (f'"{key}":'.encode() + parts[key] for key in sorted(keys) if key in parts)
    return b64encode(sha256(b"{" + b",".join(written) + b"}").digest()).decode()
