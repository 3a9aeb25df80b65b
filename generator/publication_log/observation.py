"""目击 (observations): what somebody other than the office got from the site, signed by them, line by line.

Every observer keeps a file. Each run fetches the checkpoint and the records' pages just as a visitor gets them. It
compares them with the log and with what the observer saw before, then adds one signed line per record. A line proves
that the site served these bytes at that moment. It proves nothing about the time between two lines.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.outputs.data.api import list_address, list_page_address
from generator.public.context import PublicLog
from generator.publication_log.proof_bundle import Bundle
from generator.publication_log.proof_check import (
    Fetch,
    check_bundle,
    check_growth,
    check_site,
    check_site_keys,
    site_key,
    site_note,
)
from generator.publication_log.publication_event import Event
from generator.publication_log.publication_ledger import FOLDER, Ledger
from generator.publication_log.record_proof import BadProofError, RecordProof
from generator.publication_log.sightings import Observation, read_observations
from generator.publication_log.signed_note import Checkpoint, Verifier, from_base64

SEEN = f"{FOLDER}/seen.jsonl"


def observe_site(
    url: str, fetch: Fetch, ids: Sequence[str] | None, before: Sequence[Observation], at: str, key: Verifier
) -> tuple[list[Observation], list[Diagnostic]]:
    """看一次 the site at ``url``: what is there now of the log and of the records ``ids``, not signed yet, and what is wrong.

    ``ids`` None: all notices that are open. ``before`` is what this observer saw earlier.
    """
    known: dict[str, bytes | None] = {}

    def once(path: str) -> bytes | None:
        if path not in known:
            known[path] = fetch(path)
        return known[path]

    place = Place(path=url)
    note, findings = site_note(once, place)
    if note is None:
        return [], findings
    now = Checkpoint.parse(note.text)
    old = _last_seen(before, now.origin)
    if old is not None:
        findings += check_growth(Checkpoint(old.origin, old.size, from_base64(old.root)), now, once, place)
    trusted = None if old is None or not old.signed_by else Verifier.parse(old.signed_by)
    findings += check_site_keys(trusted, note, once, place)
    signer = site_key(once)
    whole = Observation(
        at=at,
        url=url,
        origin=now.origin,
        size=now.size,
        root=b64encode(now.root).decode(),
        id="",
        document="",
        page="",
        key=str(key),
        signed_by="" if signer is None else str(signer),
    )
    seen = [whole]
    for record_id in open_notices(once) if ids is None else ids:
        found, problems = _observe_record(record_id, once, whole)
        findings += problems
        if found is not None:
            seen.append(found)
    return seen, findings


def open_notices(fetch: Fetch) -> list[str]:
    """Numbers of the notices that the site says are open, from its list or, in a large registry, from its pages."""
    try:
        listed = json.loads(fetch(list_address("notices")) or b"[]")
        if isinstance(listed, dict):
            pages = (
                list_page_address("notices", page["jurisdiction"], page["year"]) for page in listed["pages"]
            )
            listed = [item for page in pages for item in json.loads(fetch(page) or b"[]")]
        return [str(item["id"]) for item in listed if item["status"] == "open"]
    except (ValueError, KeyError, TypeError):
        return []


def _observe_record(
    record_id: str, fetch: Fetch, whole: Observation
) -> tuple[Observation | None, list[Diagnostic]]:
    folder = {"h": "honours", "d": "decisions"}.get(record_id.rpartition("-")[2][:1], "notices")
    url = f"{whole.url.rstrip('/')}/{folder}/{record_id}/"
    page, data = fetch(f"{folder}/{record_id}/"), fetch(f"{folder}/{record_id}/proof")
    if page is None or data is None:
        return None, []
    place = Place(path=url)
    try:
        bundle = Bundle(proof=RecordProof.parse(data))
    except BadProofError:
        return None, [diagnose("PUB063", place, terms={"file": f"{folder}/{record_id}/proof"})]
    last = bundle.proof.events[-1].event if bundle.proof.events else None
    if not isinstance(last, Event):
        return None, [diagnose("PUB063", place, terms={"file": f"{folder}/{record_id}/proof"})]
    if last.id != record_id:
        return None, [diagnose("PUB054", place, terms={"number": len(bundle.proof.events)})]
    problems = check_bundle(bundle, url).findings or check_site(bundle, whole.url, fetch).findings
    seen = replace(
        whole,
        id=record_id,
        document=last.state.document,
        page=b64encode(sha256(page).digest()).decode(),
    )
    return seen, problems


def _last_seen(before: Iterable[Observation], origin: str) -> Observation | None:
    """The largest state of the log that was seen before, if any."""
    own = (item for item in before if item.origin == origin)
    return max(own, key=lambda item: item.size, default=None)


def kept_observations(root: Path) -> list[Observation]:
    """目击 that observers handed in to the office."""
    path = root / SEEN
    return read_observations(path.read_bytes())[0] if path.is_file() else []


def keep_observations(root: Path, seen: Iterable[Observation]) -> int:
    """Keep what was handed in beside the ledger, each line once; the number of new ones."""
    known = {item.written() for item in kept_observations(root)}
    new = [line for line in dict.fromkeys(item.written() for item in seen) if line not in known]
    if new:
        path = root / SEEN
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.writelines(new)
    return len(new)


def with_observations(log: PublicLog, seen: Iterable[Observation]) -> PublicLog:
    """The log as pages tell of it, with how much observers handed in."""
    own = [item for item in seen if item.origin == log.origin]
    return replace(log, observers=len({item.key for item in own}), sightings=len(own))


def forget_observations(root: Path, ledger: Ledger) -> None:
    """Remove what was seen of records that no longer show it, as the ledger forgot their events."""
    path = root / SEEN
    if path.is_file():
        told = {
            (line.event.id, line.event.state.document)
            for line in ledger.lines
            if isinstance(line.event, Event)
        }
        kept = (item for item in kept_observations(root) if not item.id or (item.id, item.document) in told)
        path.write_bytes(b"".join(item.written() for item in kept))
