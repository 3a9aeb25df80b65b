"""构建的要求与结果 (build options): what is asked of a build, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pipeline.phases import Phase
from generator.pipeline.standing import Figures

if TYPE_CHECKING:
    from generator.pipeline.outbox_step import Message
    from generator.pipeline.publish_step import Publishing


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """构建结果."""

    built: Figures
    phases: tuple[Phase, ...]
    messages: tuple[Message, ...] = ()
    """What waits in the outbox, after a publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """构建选项: what site is built, of what, and where it is put.

    ``as_of`` is the instant it is built for; None: the sample's own, or ``now``. ``search``: with its search.
    ``cached``: take over what earlier builds worked out, and keep it for the next. ``precompressed``: with the
    ``.gz`` and ``.br`` twins of :mod:`generator.pipeline.precompress`. ``beside``: the stores of shards, which are
    read beside the project's own. ``hold``: a record with errors keeps the form in which it was last published.
    ``publishing``: log what the public will see change, once it was confirmed.
    """

    root: Path
    out: Path
    as_of: datetime | None
    now: datetime
    jobs: int = 1
    search: bool = False
    cached: bool = False
    precompressed: bool = False
    beside: tuple[Path, ...] = ()
    hold: bool = False
    publishing: Publishing | None = None

    @property
    def may_stand(self) -> bool:
        """Whether it is a plain build, for which the last one may be good."""
        return self.cached and not (self.precompressed or self.beside or self.hold or self.publishing)
