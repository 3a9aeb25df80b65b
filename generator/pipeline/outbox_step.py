"""待发文稿 (outbox step): what a publication leaves for the office to send, below ``outbox/`` and never in the site.

A folder holds the texts of one message: what one publication brought in one city. As long as they wait they are made
anew from the public records as they are, by every publication and whenever they are looked at: a name that was taken
back is gone from them, and what is no news any more goes by itself. Every byte is audited before it is put there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from generator.diagnostics import Diagnostic, Place, diagnose, has_errors
from generator.outputs.outbox.outbox_text import News, OutboxItem, OutboxText, Row, files_of
from generator.outputs.outbox.sms_parts import LongAddressError, characters
from generator.pipeline.audit_step import AuditFailedError, audit_report, diagnostics_of
from generator.pipeline.destination import OUTBOX, PRIVATE_FOLDER
from generator.pipeline.prepare import Prepared
from generator.public.json_text import spread
from generator.publication_log.publication_event import Event, RecordState
from generator.publication_log.publication_ledger import Ledger, read_ledger
from generator.source.model.published import instant
from generator.source.model.scalars import parts_of_number
from generator.system.locking import sole_use

_STATE = "state.json"
_MESSAGE = "message.json"
_RESULTS = frozenset(("confirmed", "awarded", "recommended"))

Way = Literal["wechat", "sms", "email"]


class Sent(msgspec.Struct, frozen=True):
    """已发: which message went out which ``way``, and when somebody said so."""

    id: str
    way: Way
    at: str


class _State(msgspec.Struct):
    """``state.json``: how much of the ledger was told, and what was sent of it."""

    position: int
    sent: list[Sent] = []


class Message(msgspec.Struct):
    """``message.json``: one message. ``events`` are (record, step) of the log; ``parts`` the characters of each SMS."""

    id: str
    city: str
    made_at: str
    title: str
    events: list[tuple[str, int]]
    ways: list[Way]
    parts: list[int]


class NoSuchMessageError(Exception):
    """没有这份文稿."""


class BrokenOutboxError(Exception):
    """待发文稿的文件读不出来: which one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """待发文稿 as they are to be, in the private ``folder``, audited. ``warnings``: what could not be made."""

    folder: Path
    messages: tuple[Message, ...]
    position: int
    sent: tuple[Sent, ...]
    warnings: tuple[Diagnostic, ...]


def made_outbox(prepared: Prepared, since: int | None = None) -> Outbox | None:
    """The outbox of a project, made anew; None where there is none and none is wanted.

    ``since``: how many events of the log were told before, where the outbox does not know. Raises
    :class:`AuditFailedError` and :class:`BrokenOutboxError`.
    """
    root, ways = prepared.workspace.root, prepared.context.site.alerts.outbox
    state = _read_state(root)
    if not ways and state is None:
        return None
    ledger = prepared.publications.ledger
    if state is None:
        state = _State(position=ledger.size if since is None else since)
        # At once: whatever happens to this publication, the next one knows from where on nothing was told.
        _open_folder(root / OUTBOX)
        _write_state(root, state)
    # A publication that was cut short before it noted so may have put its texts there already.
    known = {message.id: message for message in _waiting(root)}
    waiting = [*known.values()]
    waiting += [one for one in _fresh(prepared, ledger, state.position) if one.id not in known]
    staged = prepared.workspace.spool / "texts"
    folder = staged / OUTBOX
    folder.mkdir(parents=True, mode=0o700)
    rows: dict[str, Row] = {}
    for every in (prepared.notice_rows, prepared.honour_rows, prepared.decision_rows):
        rows |= {row.id: row for row in every}
    steps = _steps(ledger)
    sent = {(item.id, item.way) for item in state.sent}
    messages: list[Message] = []
    warnings: list[Diagnostic] = []
    for message in waiting:
        message.ways = [way for way in ways if (message.id, way) not in sent]
        made, faults = _written(message, folder, rows, steps, prepared)
        warnings += faults
        if made is not None:
            messages.append(made)
    if messages:
        found = diagnostics_of(audit_report(prepared, staged))
        if has_errors(found):
            raise AuditFailedError(found)
    return Outbox(
        folder=folder,
        messages=tuple(messages),
        position=ledger.size,
        sent=tuple(state.sent),
        warnings=tuple(warnings),
    )


def put_outbox(root: Path, outbox: Outbox) -> None:
    """Put the texts where the office finds them, in place of those that are there."""
    target = root / OUTBOX
    with sole_use(root / PRIVATE_FOLDER / f"{OUTBOX}.lock", wait=True):
        _open_folder(target)
        kept = {message.id for message in outbox.messages}
        for folder in _folders(target):
            if folder.name not in kept:
                shutil.rmtree(folder)
        for message in outbox.messages:
            _replace(outbox.folder / message.id, target / message.id)
        _write_state(root, _State(position=outbox.position, sent=list(outbox.sent)))


def mark_sent(root: Path, message_id: str, ways: Iterable[Way], at: str) -> list[Way]:
    """Take the texts of these ``ways`` of a message away, all where none is named, and note when. Gives those that
    still wait. Raises :class:`NoSuchMessageError` and :class:`BrokenOutboxError`."""
    with sole_use(root / PRIVATE_FOLDER / f"{OUTBOX}.lock", wait=True):
        message = next((item for item in _waiting(root) if item.id == message_id), None)
        state = _read_state(root)
        if message is None or state is None:
            raise NoSuchMessageError(message_id)
        done = [way for way in message.ways if way in (tuple(ways) or tuple(message.ways))]
        state.sent += (Sent(id=message_id, way=way, at=at) for way in done)
        # Noted first: a text that stays is taken away by the next look, one that was sent twice is not.
        _write_state(root, state)
        folder = root / OUTBOX / message_id
        message.ways = [way for way in message.ways if way not in done]
        if not message.ways:
            shutil.rmtree(folder)
            return []
        for way in done:
            for name in files_of(way):
                (folder / name).unlink(missing_ok=True)
        _write(folder / _MESSAGE, spread(msgspec.to_builtins(message)))
        return message.ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """写到某些记录的文稿: messages that still wait, and what was sent, as far as the log still knows what it was about."""

    waiting: tuple[Message, ...]
    sent: tuple[Sent, ...]


def mentions(root: Path, numbers: Collection[str]) -> Mentions:
    """Texts about the records of these public ``numbers``. Raises :class:`BrokenOutboxError`."""
    state = _read_state(root)
    if state is None:
        return Mentions(waiting=(), sent=())
    told: dict[tuple[str, str], set[str]] = {}
    lines = read_ledger(root)[0].lines if state.sent else []
    for line in lines:
        if isinstance(line.event, Event):
            told.setdefault(_group(line.event), set()).add(line.event.id)

    def is_about(item: Sent) -> bool:
        first = int(item.id.rpartition("-")[2]) - 1
        event = lines[first].event if first < len(lines) else None
        return isinstance(event, Event) and not told[_group(event)].isdisjoint(numbers)

    return Mentions(
        waiting=tuple(item for item in _waiting(root) if any(record in numbers for record, _ in item.events)),
        sent=tuple(filter(is_about, state.sent)),
    )


def _group(event: Event) -> tuple[str, str]:
    """What is told in one message: what was logged at one instant in one city."""
    return event.at, parts_of_number(event.id)[0]


def _fresh(prepared: Prepared, ledger: Ledger, position: int) -> Iterator[Message]:
    """Messages of what the log has had since, one a city and publication."""
    groups: dict[tuple[str, str], list[tuple[int, Event]]] = {}
    for line in ledger.lines[position:]:
        if isinstance(line.event, Event):
            groups.setdefault(_group(line.event), []).append((line.number, line.event))
    for (at, city), told in groups.items():
        yield Message(
            id=f"{at[:10]}-{city}-{told[0][0] + 1}",
            city=city,
            made_at=instant(prepared.context.as_of),
            title="",
            events=[(event.id, event.step) for _, event in told],
            ways=[],
            parts=[],
        )


def _steps(ledger: Ledger) -> Mapping[tuple[str, int], tuple[Event, RecordState | None]]:
    """Each event by record and step, with the state before it."""
    found: dict[tuple[str, int], tuple[Event, RecordState | None]] = {}
    for record, lines in ledger.by_record().items():
        before: RecordState | None = None
        for line in lines:
            assert isinstance(line.event, Event)
            found[record, line.event.step] = line.event, before
            before = line.event.state
    return found


def _written(
    message: Message,
    folder: Path,
    rows: Mapping[str, Row],
    steps: Mapping[tuple[str, int], tuple[Event, RecordState | None]],
    prepared: Prepared,
) -> tuple[Message | None, list[Diagnostic]]:
    """The texts of one message; None where nothing of it is news any more, or all of it was sent."""
    items: list[OutboxItem] = []
    events: list[tuple[str, int]] = []
    for record, step in message.events:
        told = steps.get((record, step))
        news = None if told is None else _news(*told)
        if news is None or record not in rows:
            continue
        item = OutboxItem(news=news, row=rows[record])
        if item.is_of_today:
            items.append(item)
            events.append((record, step))
    city = next((c for c in prepared.context.register_cities if c.slug == message.city), None)
    if not items or not message.ways or city is None:
        return None, []
    text = OutboxText(items=tuple(items), city=city, context=prepared.context)
    message.title, message.events, message.parts = text.title, events, []
    faults: list[Diagnostic] = []
    files: dict[str, bytes] = {}
    for way in message.ways:
        try:
            files |= text.files((way,))
            if way == "sms":
                message.parts = [characters(part) for part in text.sms()]
        except LongAddressError as error:
            faults.append(
                diagnose("DSK120", Place(path=f"{OUTBOX}/{message.id}"), facts={"found": str(error)})
            )
    own = folder / message.id
    own.mkdir(mode=0o700)
    files[_MESSAGE] = spread(msgspec.to_builtins(message))
    for name, data in files.items():
        _write(own / name, data)
    return message, faults


def _news(event: Event, before: RecordState | None) -> News | None:
    """What an event is to the public; None for what changed nothing that anybody waits for."""
    now = event.state
    if event.event in ("withdrawn", "tombstoned"):
        return News.ENDED
    if before is None:
        if now.is_tombstone:
            return None
        return {"notice": News.OPENED, "honour": News.HONOURED, "decision": News.DECIDED}[now.kind]
    if event.event == "restated":
        return None
    if now.moves > before.moves:
        return News.MOVED
    if now.corrections > before.corrections:
        return News.CORRECTED
    return News.RESULT if now.status != before.status and now.status in _RESULTS else None


def _waiting(root: Path) -> Iterator[Message]:
    for folder in _folders(root / OUTBOX):
        yield _decoded(folder / _MESSAGE, Message)


def _folders(target: Path) -> list[Path]:
    """The folders of messages; what else somebody put there is left alone."""
    found = target.glob("*/") if target.is_dir() else ()
    return sorted(path for path in found if (path / _MESSAGE).is_file())


def _read_state(root: Path) -> _State | None:
    path = root / OUTBOX / _STATE
    return _decoded(path, _State) if path.is_file() else None


def _decoded(path: Path, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (msgspec.MsgspecError, OSError):
        raise BrokenOutboxError(str(path)) from None


def _write_state(root: Path, state: _State) -> None:
    fresh = root / OUTBOX / f".{_STATE}"
    _write(fresh, spread(msgspec.to_builtins(state)))
    fresh.replace(root / OUTBOX / _STATE)


def _open_folder(target: Path) -> None:
    """The folder, for its owner alone, and of no interest to git."""
    target.mkdir(mode=0o700, exist_ok=True)
    target.chmod(0o700)
    _write(target / ".gitignore", b"*\n")


def _replace(made: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    shutil.move(made, target)


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
