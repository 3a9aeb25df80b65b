"""奖金 (bonus) in words, as far as the decision says for whom it is: for each, for the group or in all."""

from __future__ import annotations

from collections.abc import Mapping

from generator.pages.templating import fill


def bonus_words(
    forms: Mapping[str, str], bonus_cny: int | None, bonus_for: str | None, *, alone: bool, persons: int
) -> str | None:
    """奖金 by the ``forms`` of the page that tells it; None without one. ``alone``: one person got it, and no group."""
    if not bonus_cny:
        return None
    if alone and bonus_for != "group":
        key = "one"
    else:
        key = bonus_for or ("unsaid_of_several" if persons > 1 else "one")
    return fill(forms[key], n=f"{bonus_cny:,}")
