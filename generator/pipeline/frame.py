"""外框 (frame): all that the host (MkDocs or its successor) gives to a site, and nothing of any record.

Shells, the pages that people write, and the theme's files. It rests on settings, theme, wording and those pages
alone, so it is kept from build to build: a changed record needs no MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.pages.page import Freshness, Page
from generator.pipeline.joined_drawings import DRAWING, DRAWINGS, ICON, with_drawings
from generator.pipeline.prepare import Prepared
from generator.pipeline.shell import (
    SHELLS,
    Shell,
    ShellKey,
    cut_shell,
    cut_written,
    section_of,
    shell_key,
    shell_path,
)
from generator.project.layers import layers_of
from generator.system.hashing import digest
from generator.system.packing import pack
from generator.system.store import Entry

Host = Callable[[Prepared, Path], list[str]]
"""宿主: renders the shells and the pages that people wrote into a folder, with the theme's files, and returns the
addresses of those pages."""

FRAME = "frame"
"""Kind of entry in the store: the one :class:`Frame`."""
_PAGE = "index.html"
_DROPPED = ("sitemap.xml", "sitemap.xml.gz")


class HostError(Exception):
    """宿主未能建成它的页面: what it said."""


class ThemeError(Exception):
    """主题缺了页面的一部分: see :func:`generator.pipeline.shell.cut_shell`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """外框. ``shells`` for pages of many addresses, ``own`` by the one address of which each is; ``written`` are the
    pages that people wrote, by their file; ``files`` all else as it stands. ``addresses`` are those of ``written``
    that are pages of the site."""

    shells: tuple[tuple[ShellKey, Shell], ...]
    own: dict[str, Shell]
    written: dict[str, Shell]
    files: dict[str, bytes]
    addresses: tuple[str, ...]

    def page(self, page: Page, day: Freshness) -> bytes:
        """The HTML document of a generated page. Raises :class:`ThemeError` where there is no shell for it."""
        shell = self.own.get(page.path) if section_of(page.path) == page.section else None
        if shell is None:
            found = (made for key, made in self.shells if key == shell_key(page))
            shell = next(found, None)
        if shell is None:
            raise ThemeError(f"{page.section}: {page.path}")
        document = shell.fill(page, day)
        if page.section in DRAWING:
            document = with_drawings(document, self.files)
        return document.encode()

    @property
    def basis(self) -> bytes:
        """Digest of what every generated page depends on."""
        return digest(
            pack(
                (
                    self.shells,
                    sorted(self.own.items()),
                    *(self.files.get(name, b"") for name in (DRAWINGS, ICON)),
                )
            )
        )


def frame_of(prepared: Prepared, host: Host) -> Frame:
    """The frame, from the store where nothing that it rests on has changed."""
    store = prepared.workspace.store
    key = _rests_on(prepared) if store.lasting else b""
    kept = store.find(FRAME, {FRAME: key}, Frame) if store.lasting else {}
    if FRAME in kept:
        return kept[FRAME]
    folder = prepared.workspace.spool / FRAME
    folder.mkdir()
    frame = read_frame(folder, host(prepared, folder))
    if store.lasting:
        store.put(FRAME, [Entry(name=FRAME, made_from=key, value=frame)])
    return frame


def read_frame(folder: Path, addresses: Iterable[str]) -> Frame:
    """What a host has rendered into ``folder``. Raises :class:`ThemeError`."""
    rendered = dict(_files(folder))
    shells: list[tuple[ShellKey, Shell]] = []
    for key in SHELLS:
        path = shell_path(*key)
        shells.append((key, _shell(rendered.pop(path + _PAGE, b""), path, "", path)))
    listed = tuple(addresses)
    pages = [path for path in rendered if path.endswith(_PAGE) and path.removesuffix(_PAGE) not in listed]
    own = {
        address: _shell(rendered.pop(address + _PAGE), address, address, address)
        for address in (path.removesuffix(_PAGE) for path in pages)
    }
    written = {path: rendered.pop(path) for path in [*rendered] if path.endswith(".html")}
    return Frame(
        shells=tuple(shells),
        own=own,
        written={path: cut_written(html.decode()) for path, html in written.items()},
        files={path: data for path, data in rendered.items() if path not in _DROPPED},
        addresses=listed,
    )


def _shell(html: bytes, path: str, shown_at: str, place: str) -> Shell:
    try:
        return cut_shell(html.decode(), path, shown_at)
    except ValueError as error:
        raise ThemeError(f"{place}: {error}") from None


def _rests_on(prepared: Prepared) -> bytes:
    assert prepared.workspace.cache is not None
    parts = [prepared.workspace.cache.basis, bytes([prepared.context.search])]
    for layer in layers_of(prepared.workspace.root):
        named = [layer / "mkdocs.yml"]
        for folder in ("content/pages", "site_config"):
            named += (path for path in (layer / folder).rglob("*") if path.is_file())
        for path in sorted(named):
            if path.is_file():
                parts += [path.relative_to(layer).as_posix().encode(), path.read_bytes()]
    return digest(*parts)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
