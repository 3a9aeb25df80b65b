"""没有的说法 (silences): how a page words the silence of a text.

法规未规定 is said only where everything at hand is silent, the province's text included. Where the text is
silent but an instrument above it speaks, is named and not at hand, or is not at hand whole, it is 本文件未规定,
and what is not at hand is named.
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
    superior instruments not at hand; ``unread`` says of a text above why it cannot be called silent too."""

    status: str
    key: str
    superiors: tuple[str, ...] = ()
    unread: str = ""
    level: str = ""
    """Of a text above that stands on the page of a place below: its level, for there 本文件 is another."""

    @property
    def label(self) -> str:
        """本文件未规定; of a text above 省级文本未规定."""
        words = wording("policies")
        if self.level and self.key == OWN_TEXT:
            form = str(words["silences"]["text_above"])
            return form.format(level=words["levels"][self.level], of=words["of_levels"][self.level])
        return str(words["silences"][self.key]["label"])

    @property
    def superior(self) -> str:
        """上位规定《…》不在手; empty where nothing above is missing."""
        if not self.superiors:
            return ""
        form = str(wording("policies")["silences"]["superior"])
        return form.format(titles=titles_words(self.superiors))

    @property
    def words(self) -> str:
        """本文件未规定（省级原文不全；上位规定《…》不在手）, in one line."""
        form = str(wording("policies")["silences"]["with_superior"])
        besides = str(wording("common")["marks"]["also"]).join(filter(None, (self.unread, self.superior)))
        return form.format(label=self.label, superior=besides) if besides else self.label


def silence(
    status: str, *, superiors: Iterable[str] = (), elsewhere: bool = False, unread: str = "", level: str = ""
) -> Silence:
    """The words for a status. ``elsewhere``: more than this one text has a say in the matter, or speaks; ``unread``:
    what of a text above is not known (:func:`unread_words`); ``level``: whose text it is where it is from above."""
    if status != AnswerStatus.NOT_REGULATED.value:
        return Silence(status=status, key=status)
    missing = tuple(dict.fromkeys(superiors))
    key = OWN_TEXT if missing or elsewhere or unread else status
    return Silence(status=status, key=key, superiors=missing, unread=unread, level=level)


def unread_words(level: str, status: str) -> str:
    """Why a text above that is shown to say nothing may speak all the same: 省级原文不全; empty where it is silent."""
    words = wording("policies")
    form = str(words["silences"]["unread"].get(status, ""))
    return form.format(level=words["levels"][level], of=words["of_levels"][level])
