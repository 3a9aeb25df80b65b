"""决定文件 (decision files): find and read them all, before the cases to which they grant something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict

from generator.cases.case import Case, HonourRecord
from generator.cases.decision import Decision, Grant, Tier
from generator.diagnostics import Diagnostic
from generator.diagnostics.record_path import display_path
from generator.source.file_bytes import read_bytes
from generator.source.load import load_file
from generator.source.locate import Locator, locator
from generator.source.model.partial_day import PartialDay
from generator.system.hashing import digest

_SEVERAL = "、"
_IN_CASE = re.compile(r"honours\[([0-9]+)\](?:\.(.+))?")
_OF_THE_DOCUMENT = {
    "grantor": "organs[0]",
    "grantor_role": "grantor_role",
    "level": "level",
    "number": "number",
    "batch": "batch",
    "basis": "basis",
    "source": "source",
    "decided_on": "signed_on",
    "published_on": "published_on",
}
"""Where a decision says what an honour in a case says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledDecision:
    """一份决定 with its file (relative to the project) and the digest of its bytes."""

    path: str
    decision: Decision
    made_from: bytes

    def texts(self) -> tuple[tuple[str, str], ...]:
        """会公开的文字: (field, text) of the document itself, whatever it grants."""
        item = self.decision
        plain = ("title", "number", "index_number", "openness", "batch", "basis", "opening", "source")
        found = [(name, text) for name in plain if (text := getattr(item, name)) is not None]
        found += [(f"organs[{n}]", organ) for n, organ in enumerate(item.organs)]
        for n, annex in enumerate(item.annexes):
            found.append((f"annexes[{n}].title", annex.title))
            found += [(f"annexes[{n}].source", annex.source)] if annex.source is not None else []
        for n, correction in enumerate(item.corrections):
            texts = (("what", correction.what), ("was", correction.was), ("now", correction.now))
            found += [(f"corrections[{n}].{name}", text) for name, text in texts if text is not None]
        return tuple(found)


class GrantedHonour(HonourRecord):
    """由决定授予的荣誉: a grant as the case has it, with the decision that makes it."""

    decision: FiledDecision
    field: str
    """Where the grant stands in the decision: ``tiers[0].grants[2]``."""

    model_config = ConfigDict(arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGrants:
    """一案由决定得到的荣誉, by decision and in its order. ``made_from``: digest of all that they rest on."""

    honours: tuple[GrantedHonour, ...] = ()
    made_from: bytes = b""


Grants = Mapping[tuple[str, str], CaseGrants]
"""By (jurisdiction, case number)."""
NO_GRANTS = CaseGrants()


def load_decisions(
    paths: Iterable[Path], root: Path
) -> tuple[tuple[FiledDecision, ...], tuple[Diagnostic, ...]]:
    """Read every decision, by path; all that is wrong with the files.

    No message shows a line: which case a grant belongs to, and whether anything of it may be told, the
    decision does not know.
    """
    read: list[FiledDecision] = []
    found: list[Diagnostic] = []
    for path in paths:
        loaded = load_file(path, root, Decision, is_public=lambda _tree: False)
        found += loaded.diagnostics
        if loaded.value is not None:
            made_from = digest(read_bytes(path, root))
            read.append(
                FiledDecision(path=display_path(path, root), decision=loaded.value, made_from=made_from)
            )
    return tuple(sorted(read, key=lambda item: item.path)), tuple(found)


def decision_locator(path: str, root: Path) -> Locator:
    """Places in a decision that was read well; no line of it is shown."""
    return locator(root / path, root, Decision, shown=False)


def grants_by_case(decisions: Iterable[FiledDecision]) -> Grants:
    """What each case is granted by all ``decisions``."""
    found: dict[tuple[str, str], list[GrantedHonour]] = {}
    for filed in decisions:
        for n, tier in enumerate(filed.decision.tiers):
            for m, grant in enumerate(tier.grants):
                honour = _honour(filed, tier, grant, f"tiers[{n}].grants[{m}]")
                found.setdefault((filed.decision.jurisdiction, grant.case), []).append(honour)
    return {
        key: CaseGrants(
            honours=tuple(honours),
            made_from=digest(*(part for item in honours for part in _parts(item))),
        )
        for key, honours in found.items()
    }


def _parts(honour: GrantedHonour) -> tuple[bytes, bytes]:
    return honour.decision.made_from, honour.field.encode()


def _honour(filed: FiledDecision, tier: Tier, grant: Grant, field: str) -> GrantedHonour:
    decision = filed.decision
    # A sum for all of the tier together is nobody's own.
    shared = tier.bonus_for == "in_all" and grant.bonus_cny is None
    said = grant.bonus_cny is not None
    return GrantedHonour.model_construct(
        id=grant.id,
        published_on=PartialDay(decision.published_on.isoformat()),
        recipients=grant.recipients,
        verb=grant.verb or tier.verb,
        title=grant.title or tier.title,
        level=decision.level,
        grantor=_SEVERAL.join(decision.organs),
        grantor_role=decision.grantor_role,
        basis=decision.basis,
        merit_grade=grant.merit_grade,
        decided_on=decision.signed_on,
        number=decision.number,
        batch=decision.batch,
        merit=grant.merit,
        bonus_cny=grant.bonus_cny if said else None if shared else tier.bonus_cny,
        bonus_for=grant.bonus_for if said else None if shared else tier.bonus_for,
        corrections=grant.corrections,
        revocation=grant.revocation,
        to_group=grant.to_group,
        certificate_code=grant.certificate_code,
        source=decision.source,
        decision=filed,
        field=field,
    )


def with_grants(case: Case, grants: CaseGrants) -> Case:
    """The case with all its honours: those it tells itself, and those that decisions grant it. What somebody
    answered for in a decision's own texts is answered for."""
    if not grants.honours:
        return case
    answers = (word for item in grants.honours for word in item.decision.decision.private.reviewed)
    private = case.private.model_copy(update={"reviewed": (*case.private.reviewed, *answers)})
    return case.model_copy(update={"honours": (*case.honours, *grants.honours), "private": private})


def decision_place(case: Case, field: str) -> tuple[str, str] | None:
    """(file, field) where a decision says what ``field`` of a case tells; None where the case says it itself."""
    found = _IN_CASE.match(field)
    honour = case.honours[int(found[1])] if found is not None and int(found[1]) < len(case.honours) else None
    if found is None or not isinstance(honour, GrantedHonour):
        return None
    name = found[2] or ""
    if name.startswith("document."):
        return honour.decision.path, name.removeprefix("document.")
    if name in _OF_THE_DOCUMENT:
        return honour.decision.path, _OF_THE_DOCUMENT[name]
    return honour.decision.path, f"{honour.field}.{name}" if name else honour.field
