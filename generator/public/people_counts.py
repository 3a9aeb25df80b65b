"""人数 (people counted): how many people honours are of, everybody once.

People are told apart by case and by their place in it, never by name: who was honoured for two acts counts twice, and who
has a title and belongs to a group once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.public.public_case import PublicHonour


@dataclass(frozen=True, slots=True, kw_only=True)
class HonouredPeople:
    """一项荣誉的人. ``of`` is a public number of the case, the same for all its honours; ``whose`` are places among its
    persons that are shown; ``heads`` are people of a group that is honoured as a whole, known or at least one."""

    of: str
    whose: tuple[int, ...]
    heads: int


def honoured_people(honour: PublicHonour) -> HonouredPeople:
    """The people of one honour."""
    counted = honour.group is not None and honour.group.kind != "unit"
    heads = (honour.group.head_count or 0) if honour.group is not None and counted else 0
    return HonouredPeople(
        of=honour.of or honour.id,
        whose=honour.whose or tuple(range(len(honour.recipients))),
        heads=int(is_uncounted(honour)) or heads,
    )


def is_uncounted(honour: PublicHonour) -> bool:
    """Whether it is of a group as a whole of which no number is published: it counts as one."""
    group = honour.group
    return not honour.recipients and group is not None and group.kind != "unit" and not group.head_count


def people_once(honours: Iterable[HonouredPeople]) -> int:
    """人: everybody of these honours, once."""
    named: dict[str, set[int]] = defaultdict(set)
    heads: dict[str, int] = defaultdict(int)
    for item in honours:
        named[item.of].update(item.whose)
        heads[item.of] = max(heads[item.of], item.heads)
    return sum(max(len(named[of]), heads[of]) for of in named)
