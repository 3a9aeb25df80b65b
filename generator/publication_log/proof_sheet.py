"""公布证明单 (proof sheet): an A4 page that says in words what a proof bundle proves. The bundle is the proof."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.catalogue import wording
from generator.outputs.poster.poster_fonts import FontStacks
from generator.outputs.poster.press import printable, typeset
from generator.pages.templating import cn_moment
from generator.publication_log.proof_bundle import Bundle, event_lines, seen_words
from generator.publication_log.publication_event import Event
from generator.publication_log.timestamps import timestamp_of

TEMPLATE = Path(__file__).parent / "proof_sheet.typ"


def print_proof_sheet(
    bundle: Bundle, document: Mapping[str, Any], file: str, verify_url: str, fonts: FontStacks, out: Path
) -> str:
    """Print the sheet of ``bundle``, which is handed out as ``file``, into ``out``; the characters that no font has.

    The same bundle gives the same bytes. Raises ``PosterError``.
    """
    last = bundle.proof.events[-1].event
    moment = int(datetime.fromisoformat(last.at).timestamp())
    sheet = printable(proof_sheet(bundle, document, file, verify_url))
    (missing,) = typeset(TEMPLATE, [(sheet, moment, out)], fonts)
    return missing


def proof_sheet(bundle: Bundle, document: Mapping[str, Any], file: str, verify_url: str) -> dict[str, Any]:
    """What the sheet says, as the template reads it."""
    words: Any = wording("proof")
    say = words["certificate"]
    last = bundle.proof.events[-1].event
    assert isinstance(last, Event)
    state, checkpoint = last.state, bundle.checkpoint
    rows = [
        (say["id"], [state.id]),
        (say["heading"], [document["title"]]),
        (say["address"], [document["url"]]),
    ]
    if state.opens_on and state.closes_on:
        rows.append((say["period"], [say["days"].format(opens=state.opens_on, closes=state.closes_on)]))
    rows.append((say["events"], event_lines(bundle.proof.events, words).splitlines()))
    root = b64encode(checkpoint.root).decode()
    log = say["checkpoint"].format(origin=checkpoint.origin, size=checkpoint.size, root=root)
    rows.append((say["log"], [log]))
    rows.append((say["key"], [words["unsigned"] if bundle.key is None else str(bundle.key)]))
    rows.append((say["seen"], [seen_words(bundle, words)]))
    if bundle.timestamps:
        text = bundle.proof.note.text.encode()
        told = [
            say["timestamp"].format(name=name, at=timestamp_of(answer, text).isoformat())
            for name, answer in bundle.timestamps
        ]
        rows.append((say["timestamps"], told))
    rows.append(
        (
            say["document"],
            [
                say["digest"].format(
                    at=cn_moment(datetime.fromisoformat(last.at)), step=last.step, digest=state.document
                )
            ],
        )
    )
    return {
        "id": state.id,
        "title": say["title"],
        "subject": say["subject"].format(id=state.id),
        "page": say["page"],
        "rows": [{"name": name, "lines": lines} for name, lines in rows],
        "notes": [say["limits"], say["check"].format(file=file, url=verify_url)],
    }
