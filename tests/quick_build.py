"""Whole builds without MkDocs: a plain document stands in for each shell that it would build."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from unittest import mock

from generator.outputs.poster.poster_fonts import FontPlaces
from generator.pipeline import finish as finishing
from generator.pipeline import papers
from generator.pipeline.build import BuildOptions, BuildResult
from generator.pipeline.build import build as build_with
from generator.pipeline.prepare import Prepared
from generator.pipeline.shell import shell_pages
from tests.projects import ROOT
from tests.quick import as_html, passed


def plain_host(prepared: Prepared, staging: Path) -> list[str]:
    """宿主 for tests: the same shells, a hundred times as fast."""
    for page in shell_pages():
        target = staging / page.path / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_html(page, prepared), encoding="utf-8")
    return []


def build(
    root: Path,
    out: Path,
    as_of: datetime,
    *,
    cached: bool = False,
    jobs: int = 1,
    search: bool = False,
    beside: Sequence[Path] = (),
    hold: bool = False,
) -> BuildResult:
    """Build ``root`` into ``out`` with :func:`plain_host`."""
    with no_posters():
        return build_with(
            BuildOptions(
                root=root,
                out=out,
                as_of=as_of,
                now=as_of,
                jobs=jobs,
                cached=cached,
                search=search,
                beside=tuple(beside),
                hold=hold,
            ),
            plain_host,
        )


@contextmanager
def no_mkdocs() -> Iterator[None]:
    """For commands: what they build has :func:`plain_host` as well."""

    def host(prepared: Prepared, staging: Path, _: Path) -> list[str]:
        return plain_host(prepared, staging)

    with no_posters(), mock.patch("generator.pipeline.mkdocs_adapter.build_with_mkdocs", host):
        yield


def yardstick(root: Path, out: Path, as_of: datetime, *, search: bool = False) -> BuildResult:
    """Build without a cache or an audit: what another build is to be the same as, byte for byte, is audited with that."""
    with unaudited():
        return build(root, out, as_of, search=search)


def unaudited() -> AbstractContextManager[object]:
    """The audit, which takes a third of a small build, is left out: for tests of what is kept, linked and exchanged."""
    return mock.patch.object(finishing, "audit_built", passed)


COMMAND = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(ROOT)!r})
from generator.cli.entry import main
from tests.quick_build import no_mkdocs
sys.argv[0] = "yiyong"
with no_mkdocs():
    main()
"""
"""``yiyong`` as a program for shells, without MkDocs."""


@contextmanager
def no_posters() -> Iterator[None]:
    """Typesetting a poster takes longer than all else here; the sample site has them."""
    with mock.patch.object(papers, "PLACES", FontPlaces(system=False)):
        yield


def tree(folder: Path) -> dict[str, bytes]:
    """Every file: path → bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Path, other: Path) -> list[str]:
    """Names of files that differ, or stand in one of the folders only."""
    first, second = tree(one), tree(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
