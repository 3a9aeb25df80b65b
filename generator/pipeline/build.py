"""建站 (build): as everything stands, or anew.

Most builds find that nothing has changed since the last one, and are asked for every minute. So this module, and
what it needs to find that out, load nothing else of the software.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pipeline.destination import settled_site
from generator.pipeline.phases import Phase, Stopwatch
from generator.pipeline.standing import Figures, as_it_stood

if TYPE_CHECKING:
    from generator.pipeline.prepare import Prepared
    from generator.pipeline.publish_step import Publishing


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """构建结果."""

    built: Figures
    phases: tuple[Phase, ...]


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


def build(options: BuildOptions, host: Callable[[Prepared, Path], list[str]]) -> BuildResult:
    """Build a site and put it in its place; a failure at any point leaves what stands there as it was. ``host`` renders
    what it alone can (:data:`generator.pipeline.frame.Host`).

    Raises :class:`ChecksFailedError`, :class:`NotASiteError`, :class:`AmongSourcesError`,
    :class:`BuildInProgressError`, :class:`HostError`, :class:`ThemeError`, :class:`SearchError`.
    """
    out = settled_site(options.root, options.out)
    watch = Stopwatch()
    if options.may_stand:
        with watch.phase("standing"):
            stood = as_it_stood(options.root, out, options.as_of, options.now, flags=bytes([options.search]))
        if stood is not None:
            return BuildResult(built=stood, phases=tuple(watch.phases))
    from generator.pipeline.whole_build import build_whole

    return build_whole(options, out, host, watch)
