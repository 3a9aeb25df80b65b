"""A project in which every text that the public sees is a payload, and twins of its records without any."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from generator.source.model import scalars as base
from tests.browser.surfaces.payloads import PAYLOADS
from tests.projects import (
    AUTHORITY,
    INSTRUMENT,
    ROOT,
    SITE,
    case,
    decision,
    dump,
    honour,
    merged,
    person,
    write_yaml,
)
from tests.quick import write_cases, write_decisions

TOKEN = "甲乙丙"
"""What stands in a twin where its hostile record has a payload."""
NAME_TOKEN = "庚辛壬"
"""What stands in a twin as the name of a person."""
_LONGEST_NAME = 30
Kind = str
KINDS: tuple[Kind, ...] = ("open", "confirmed", "not_confirmed", "revoked", "desk")
"""``desk`` is an open notice that another than its authority receives objections to."""
DECIDED: tuple[Kind, ...] = ("confirmed", "revoked")
"""Those in whose case a decision grants something."""
_FIRST = {"open": 1, "confirmed": 1001, "not_confirmed": 2001, "revoked": 3001, "desk": 4001}
INJURY_CONSENT = {"given_on": "2026-11-01", "given_by": "person"}
TWIN = len(PAYLOADS)
"""Number of the twins, after those of the payloads."""


def notice_id(kind: Kind, number: int) -> str:
    """Id of the notice of one payload (by its place among them), or of the twin."""
    return f"wuhan-2026-{_FIRST[kind] + number:04}"


def honour_id(kind: Kind, number: int) -> str:
    """Id of the honour of the same case; ``revoked`` for one whose own decision was revoked."""
    return f"wuhan-2026-h{_FIRST[kind] + number:04}"


def granted_ids(kind: Kind, number: int) -> tuple[str, str]:
    """Ids of the honours that a decision grants: to the person, and (``confirmed``) to the group."""
    first = _FIRST[kind] + number
    return f"wuhan-2026-h{first + 4000:04}", f"wuhan-2026-h{first + 5000:04}"


def decision_id(kind: Kind, number: int) -> str:
    """Id of the decision that grants something in the same case; in ``revoked`` it is revoked."""
    return f"wuhan-2026-d{_FIRST[kind] + number:04}"


def name_of(text: str) -> str:
    """The part of a payload that is taken for a name: nothing that sets a remark or a second person apart (REG041),
    no two spaces together, and not longer than names are."""
    if text == TOKEN:
        return NAME_TOKEN
    return re.sub(" +", " ", re.sub("[()（）、，,；;/＋+&]", "", text))[:_LONGEST_NAME].rstrip()


def write_hostile_project(folder: Path, numbers: Iterable[int], site_text: str) -> Path:
    """Cases for the payloads of ``numbers`` and the twins; ``site_text`` in every text of the settings."""
    shutil.copytree(ROOT / "content/pages", folder / "content/pages")
    shutil.copytree(ROOT / "site_config/theme", folder / "site_config/theme")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    write_yaml(folder / "site_config/site.yml", merged(SITE, site_settings(site_text)))
    write_yaml(
        folder / "site_config/jurisdictions/wuhan.yml",
        {"slug": "wuhan", "name": site_text, "full_name": site_text, "level": "city", "order": "10"},
    )
    instrument = merged(INSTRUMENT, {"title": site_text})
    instrument["versions"][0]["label"] = site_text
    instrument["versions"][0]["provisions"][0]["summary"] = site_text
    write_yaml(folder / "content/policies/wuhan/shili.yml", instrument)
    cases: dict[str, Any] = {}
    decisions: dict[str, Any] = {}
    for number in (*numbers, TWIN):
        text = PAYLOADS[number] if number < TWIN else TOKEN
        slug = f"organ-{number}"
        organ = folder / f"site_config/authorities/{slug}.yml"
        organ.parent.mkdir(parents=True, exist_ok=True)
        organ.write_text(dump(authority(slug, text)), encoding="utf-8")
        for kind in kinds_of(number):
            cases[f"wuhan/2026/{kind}-{number}.yml"] = record(kind, number, text)
            if kind in DECIDED:
                decisions[f"wuhan/2026/{decision_id(kind, number)}.yml"] = granting(kind, number, text)
    write_cases(folder, cases)
    write_decisions(folder, decisions)
    return folder


def kinds_of(number: int) -> tuple[Kind, ...]:
    """The states in which a payload is shown: open, and every second confirmed, the rest in one of the others in turn.

    Each state shows payloads of every sort, and a sort has several: what a place does with one it does with all.
    """
    if number == TWIN:
        return KINDS
    return "open", KINDS[2 + number // 2 % 3] if number % 2 else "confirmed"


def shown_in(kind: Kind, numbers: Iterable[int]) -> list[int]:
    """Of these payloads those that are shown in a state."""
    return [number for number in numbers if kind in kinds_of(number)]


def site_settings(text: str) -> dict[str, Any]:
    """Every text of ``site.yml``."""
    return {
        "name": text,
        "tagline": text,
        "owner": text,
        "contact": text,
        "licence": text,
        "english": {"name": text, "tagline": text, "owner": text, "contact": text, "sample_banner": text},
        "sample": {"banner": text, "as_of": "2026-11-22T09:00"},
        "government": {
            "site_id_code": text,
            "site_domain": text,
            "column_type": text,
            "icp": text,
            "police": text,
            "police_code": text,
        },
        "lists": {"per_page": "5000", "feed_entries": "2000"},
    }


def authority(slug: str, text: str) -> dict[str, Any]:
    """An organ with ``text`` in every text."""
    return {
        "slug": slug,
        "jurisdiction": "wuhan",
        "name": text,
        "role": text,
        "district": text,
        "contact": text,
        "requirements": [text, text],
        "channels": channels(text),
    }


def channels(text: str) -> dict[str, Any]:
    """Every way to a desk, with ``text`` wherever it may be any."""
    return {
        "web_form": AUTHORITY["channels"]["web_form"],
        "email": AUTHORITY["channels"]["email"],
        "telephone": [text],
        "fax": [text],
        "post": {"recipient": text, "address": text, "postcode": text, "counts_by": "sent"},
        "in_person": {"address": text, "hours": text},
    }


def record(kind: Kind, number: int, text: str) -> dict[str, Any]:
    """A case with ``text`` in every text that the public sees."""
    ends_badly = kind in ("not_confirmed", "revoked")
    # A ground that stays on the page may not name the person, so there the two differ.
    name = "封玉琢" if ends_badly else name_of(text)
    deed = {
        "at": text,
        "place": text,
        "district": text,
        "summary": text,
        "narrative": f"{text}\n\n{text}",
        "verification": text,
        "limb": text,
        "loss_averted": text,
        "persons": ["p1"],
    }
    common = case(
        case=f"hx26-{_FIRST[kind] + number:04}",
        authority=f"organ-{number}",
        group={"name": text, "head_count": "1"},
        persons=[
            person(
                name=name,
                name_as_published=None if ends_badly else name,
                ethnicity=text,
                native_place=text,
                political_status=text,
                unit=text,
                post=text,
                residence=text,
                injured=text,
                injury_consent=INJURY_CONSENT,
            ),
        ],
        act=deed,
        further_acts=[{"happened_on": "2026-09-13", "kind": "fire_rescue", **deed}],
        procedure=None,
        notice={
            "id": notice_id(kind, number),
            "title": text,
            "number": text,
            "signatories": [text],
            "proposal": text,
            "basis": text,
            "opening": f"{text}\n\n{text}",
            "postings": [{"kind": "media", "place": text, "posted_on": "2026-11-19"}],
            "corrections": [correction(text)],
        },
    )
    if kind == "open":
        return common
    if kind == "desk":
        desk = {"name": text, "contact": text, "channels": channels(text), "requirements": [text, text]}
        return merged(common, {"notice": {"desk": desk}})
    decided = {
        "notice": {
            "published_at": "2026-10-09T09:00",
            "period": {"opens_on": "2026-10-09", "closes_on": "2026-10-20"},
        },
        "outcome": {
            "kind": "not_confirmed" if kind == "not_confirmed" else "confirmed",
            "decided_on": "2026-11-02",
            "number": text,
            "organ": text,
            "public_reason": text,
        },
        "objections": [
            {
                "received_on": "2026-10-12",
                "resolved_on": "2026-10-30",
                "result": "dismissed",
                "public_reason": text,
            }
        ],
    }
    tree = merged(common, decided)
    if kind == "not_confirmed":
        return tree
    tree["honours"] = [
        honour(
            id=honour_id(kind, number),
            verb=text,
            title=text,
            grantor=text,
            basis=text,
            number=text,
            batch=text,
            merit=text,
            corrections=[correction(text)],
        )
    ]
    if kind == "confirmed":
        tree["honours"][0]["to_group"] = "true"
    else:
        tree["revocation"] = revocation(text)
        tree["honours"][0]["revocation"] = revocation(text)
    return tree


def granting(kind: Kind, number: int, text: str) -> dict[str, Any]:
    """A decision with ``text`` in every text that the public sees, and what it grants in the case of ``kind``."""
    to_person, to_group = granted_ids(kind, number)

    def grant(honour: str, **more: Any) -> dict[str, Any]:
        return {"id": honour, "case": f"{kind}-{number}", "corrections": [correction(text)], **more}

    own = {"title": f"{text}·甲", "verb": f"{text}·乙", "merit": text}
    if kind == "confirmed":
        grants = [grant(to_person, recipients=["p1"]), grant(to_group, **own)]
    else:
        grants = [grant(to_person, recipients=["p1"], **own, revocation=revocation(text))]
    return decision(
        id=decision_id(kind, number),
        title=text,
        number=text,
        index_number=text,
        openness=text,
        organs=[text],
        batch=text,
        basis=text,
        opening=f"{text}\n\n{text}",
        tiers=[{"title": text, "verb": text, "grants": grants}],
        annexes=[{"title": text}, {"title": text, "source": "https://yiyong.example/annex.pdf"}],
        corrections=[correction(text)],
    )


def correction(text: str) -> dict[str, Any]:
    """A correction with ``text`` in every text."""
    return {"corrected_on": "2026-11-20", "what": text, "was": text, "now": text}


def revocation(text: str) -> dict[str, Any]:
    """A revocation with ``text`` in every text."""
    return {"revoked_on": "2026-11-21", "organ": text, "ground": text, "article": text}


def text_fields(model: type[BaseModel]) -> Iterator[str]:
    """Every free text of a kind of file, as ``persons[].name``."""
    for name, field in model.model_fields.items():
        yield from _texts(_parts(field), name)


def paths_of(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a tree, by the same kind of path."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from paths_of(value, f"{path}.{key}" if path else key)
    elif isinstance(tree, list):
        for value in tree:
            yield from paths_of(value, f"{path}[]")
    else:
        yield path, tree


def _parts(field: FieldInfo) -> tuple[Any, ...]:
    return (field.annotation, *field.metadata)


def _texts(parts: tuple[Any, ...], path: str) -> Iterator[str]:
    if any(isinstance(part, BeforeValidator) and part.func in _FREE for part in parts):
        yield path
        return
    for part in parts:
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                yield from _texts(_parts(field), f"{path}.{name}")
        elif arguments := get_args(part):
            listed = getattr(part, "__origin__", None) is tuple
            for argument in arguments:
                yield from _texts((argument, *getattr(argument, "__metadata__", ())), path + "[]" * listed)


_FREE: tuple[Callable[[Any], Any], ...] = (base._single_line, base._prose)
