"""没有的说法 (silences): how a page words the silence of a text.

法规未规定 is said only where everything at hand is silent, the province's text included. Where the text is
silent but an instrument above it speaks, or is named and not at hand, it is 本文件未规定, and what is not at
hand is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.catalogue import wording
from generator.law.instruments import AnswerStatus
from generator.pages.policy.policy_values import titles_words

OWN_TEXT = "own_text"
"""Key in ``zh/policies.yml`` of a text's own silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """一种“没有”. ``status`` is that of the data; ``key`` chooses the words; ``superiors`` are titles of
    superior instruments not at hand."""

    status: str
    key: str
    superiors: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """本文件未规定."""
        return str(wording("policies")["silences"][self.key]["label"])

    @property
    def superior(self) -> str:
        """上位规定《…》不在手; empty where nothing above is missing."""
        if not self.superiors:
            return ""
        form = str(wording("policies")["silences"]["superior"])
        return form.format(titles=titles_words(self.superiors))

    @property
    def words(self) -> str:
        """本文件未规定（上位规定《…》不在手）, in one line."""
        form = str(wording("policies")["silences"]["with_superior"])
        return form.format(label=self.label, superior=self.superior) if self.superiors else self.label


def silence(status: str, *, superiors: Iterable[str] = (), elsewhere: bool = False) -> Silence:
    """The words for a status. ``elsewhere``: more than this one text has a say in the matter, or speaks."""
    if status != AnswerStatus.NOT_REGULATED.value:
        return Silence(status=status, key=status)
    missing = tuple(dict.fromkeys(superiors))
    return Silence(status=status, key=OWN_TEXT if missing or elsewhere else status, superiors=missing)
