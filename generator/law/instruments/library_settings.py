"""政策库的设置 (settings): what the office decides where the texts leave a date open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class LibrarySettings:
    """政策库的设置, where the texts leave a date open.

    ``undated_amendments_count_from``: ``approval`` counts an amendment without an effective date of
    its own from its approval (where it needs none, from its publication or passing), labelled as such;
    ``unknown`` leaves its start open.
    ``assumed_in_force_from`` gives a first day for versions (``hubei/banfa/original``) whose text
    gives none; answers say that it is assumed.
    """

    undated_amendments_count_from: Literal["approval", "unknown"] = "unknown"
    assumed_in_force_from: Mapping[str, date] = field(default_factory=dict, hash=False)
