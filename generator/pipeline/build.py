"""建站 (build): as everything stands, or anew.

Most builds find that nothing has changed since the last one, and are asked for every minute. So this module, and
what it needs to find that out, load nothing else of the software.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pipeline.build_options import BuildOptions, BuildResult
from generator.pipeline.destination import settled_site
from generator.pipeline.phases import Stopwatch
from generator.pipeline.standing import as_it_stood

if TYPE_CHECKING:
    from generator.pipeline.prepare import Prepared


__all__ = ["BuildOptions", "BuildResult", "build"]


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
