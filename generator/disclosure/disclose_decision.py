"""决定的公开出口: a private :class:`~generator.cases.decision.Decision` becomes a :class:`PublicDecision`, or nothing.

It is put together from what its cases let be shown: of each grant the :class:`PublicHonour` that the gate made of the
case, and no more. A grant of which nothing is public is not counted, not numbered and leaves no empty place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.cases.case import Case, Person
from generator.cases.decision import Decision
from generator.cases.decision_files import FiledDecision, GrantedHonour
from generator.disclosure.disclose import paragraphs
from generator.disclosure.masking import without_names
from generator.disclosure.who_is_shown import is_masked, known_as
from generator.public.list_rows import told_deeds
from generator.public.people_counts import honoured_people
from generator.public.public_case import HonourStatus, PublicCase, PublicCorrection, PublicHonour
from generator.public.public_decision import PublicAnnex, PublicDecision, PublicGrant, PublicTier


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedPeople:
    """一项授予涉及的人: how many of them the public may know of, and how many not. Private.

    ``names`` are those that the public reads; ``taken_down`` those that it may read no more, since the honour was
    revoked.
    """

    decision: str
    field: str
    shown: int
    withheld: int
    names: tuple[str, ...]
    taken_down: tuple[str, ...] = ()


def granted_people(case: Case, today: date, *, keep_names: bool) -> Iterator[GrantedPeople]:
    """Of each honour that a decision grants in this case. ``keep_names``: revoked honours keep theirs."""
    for honour in case.honours:
        if not isinstance(honour, GrantedHonour):
            continue
        persons = [
            person for person in case.persons if not honour.recipients or person.key in honour.recipients
        ]
        count = len(persons)
        if not honour.recipients and case.group is not None:
            count = max(count, case.group.head_count or 0, 1)
        shown = [person for person in persons if _is_shown(case, person)]
        withheld = count if case.level == "confidential" else len(persons) - len(shown)
        revocation = honour.revocation or case.revocation
        gone = revocation is not None and revocation.revoked_on <= today and not keep_names
        yield GrantedPeople(
            decision=honour.decision.decision.id,
            field=honour.field,
            shown=count - withheld,
            withheld=withheld,
            names=tuple(known_as(person) for person in shown if not is_masked(case, person, today)),
            taken_down=tuple(known_as(person) for person in shown) if gone else (),
        )


def _is_shown(case: Case, person: Person) -> bool:
    return case.level != "confidential" and person.disclosure != "withheld"


def public_grants(case: Case, public: PublicCase) -> Iterator[PublicGrant]:
    """公开的授予: of the public honours of one case those that a decision makes."""
    granted = {item.id: item for item in case.honours if isinstance(item, GrantedHonour)}
    for honour in public.honours:
        if (item := granted.get(honour.id)) is not None:
            yield _grant(honour, item)


def _grant(honour: PublicHonour, granted: GrantedHonour) -> PublicGrant:
    dead = honour.status is HonourStatus.REVOKED
    corrected = max((item.corrected_on for item in honour.corrections), default=None)
    return PublicGrant(
        honour=honour.id,
        decision=granted.decision.decision.id,
        field=granted.field,
        status=honour.status,
        verb=honour.verb,
        title=honour.title,
        merit=None if dead else honour.merit,
        bonus_cny=honour.bonus_cny,
        bonus_for=honour.bonus_for,
        recipients=honour.recipients,
        group=honour.group,
        posthumous=honour.posthumous,
        person_count=0 if dead else honour.person_count,
        people=None if dead else honoured_people(honour),
        name="" if dead else honour.display_name,
        summary=None if dead else "".join(told_deeds(honour)) or None,
        changed_on=honour.revoked_on or corrected,
    )


def disclose_decision(
    filed: FiledDecision, grants: Iterable[PublicGrant], people: Iterable[GrantedPeople], today: date
) -> PublicDecision | None:
    """公开一份决定; None before its day, and when nothing that it grants may be shown."""
    decision = filed.decision
    by_field = {grant.field: grant for grant in grants}
    tiers = tuple(_tiers(decision, by_field))
    if decision.published_on > today or not tiers:
        return None
    said = _Said([name for item in people for name in item.taken_down])
    return PublicDecision(
        id=decision.id,
        jurisdiction=decision.jurisdiction,
        title=said.clean(decision.title),
        number=decision.number,
        index_number=decision.index_number,
        openness=decision.openness,
        organs=decision.organs,
        level=decision.level,
        signed_on=decision.signed_on,
        published_on=decision.published_on,
        batch=decision.batch,
        basis=decision.basis,
        opening=tuple(map(said.clean, paragraphs(decision.opening))),
        tiers=tiers,
        annexes=tuple(
            PublicAnnex(title=said.clean(item.title), source=item.source) for item in decision.annexes
        ),
        corrections=tuple(
            PublicCorrection(
                corrected_on=item.corrected_on,
                what=said.clean(item.what),
                was=item.was and said.clean(item.was),
                now=item.now and said.clean(item.now),
            )
            for item in decision.corrections
            if item.corrected_on <= today
        ),
        # The organ's own page still names those whose honour was revoked.
        source=None if said.names else decision.source,
        reworded=said.changed,
    )


def _tiers(decision: Decision, grants: Mapping[str, PublicGrant]) -> Iterator[PublicTier]:
    for n, tier in enumerate(decision.tiers):
        shown = tuple(
            grant
            for m in range(len(tier.grants))
            if (grant := grants.get(f"tiers[{n}].grants[{m}]")) is not None
        )
        if shown:
            yield PublicTier(
                title=tier.title,
                verb=tier.verb,
                bonus_cny=tier.bonus_cny,
                bonus_for=tier.bonus_for,
                grants=shown,
            )


class _Said:
    """改写: texts without the names that are shown no more."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.changed = False

    def clean(self, text: str) -> str:
        kept = without_names(text, self.names)
        self.changed |= kept != text
        return kept
