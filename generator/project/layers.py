"""叠放 (layers): a project's own files lie over those that come with the software.

Pages, theme and MkDocs settings come with it of themselves: an own file of the same name takes the place of one.
Law comes for the places that ``site.yml`` names under ``shipped_law``, and for those above them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.project.discovery import JURISDICTIONS, POLICIES, Shelf
from generator.system.shipped import shipped_folder

_PAGES = Path("content", "pages")
_THEME = Path("site_config", "theme")
_MKDOCS = "mkdocs.yml"


def layers_of(root: Path) -> tuple[Path, ...]:
    """The folders whose files make up the project in ``root``: its own, then the shipped one."""
    shipped = shipped_folder()
    return (root,) if root.resolve() == shipped.resolve() else (root, shipped)


def layer_of(path: Path, root: Path) -> Path:
    """The one of :func:`layers_of` in which ``path`` lies."""
    if path.is_relative_to(root):
        return root
    return next((layer for layer in layers_of(root) if path.is_relative_to(layer)), root)


def mkdocs_file(root: Path) -> Path:
    """``mkdocs.yml`` of the project, or the shipped one."""
    return _uppermost(root, Path(_MKDOCS))


def theme_folders(root: Path) -> tuple[Path, ...]:
    """Folders of the theme, the uppermost first: a file in one hides those of its name below."""
    return tuple(folder for layer in layers_of(root) if (folder := layer / _THEME).is_dir())


def page_folders(root: Path) -> tuple[Path, ...]:
    """Folders of the hand-written pages, the uppermost first."""
    return tuple(folder for layer in layers_of(root) if (folder := layer / _PAGES).is_dir())


def page_files(root: Path) -> Mapping[str, Path]:
    """手写的页面 and what lies beside them: every file by its name below ``content/pages``, sorted. What begins with
    a dot is none of them, as for MkDocs."""
    found: dict[str, Path] = {}
    for folder in reversed(page_folders(root)):
        for path in folder.rglob("*"):
            name = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in name.parts):
                found[name.as_posix()] = path
    return dict(sorted(found.items()))


def law_file(root: Path, jurisdiction: str, instrument: str) -> Path:
    """The file of one text of law, its own or the shipped one."""
    return _uppermost(root, Path(POLICIES.base, jurisdiction, f"{instrument}.yml"))


def jurisdiction_file(root: Path, slug: str) -> Path:
    """The file of one place, its own or the shipped one; it need not exist."""
    return _uppermost(root, Path(JURISDICTIONS.base, f"{slug}.yml"))


def shipped_files(root: Path, shelf: Shelf, pattern: str) -> tuple[Path, ...]:
    """Files of ``shelf`` that match ``pattern`` in the shipped project and have no own file over them, sorted."""
    own, *below = layers_of(root)
    return tuple(
        path
        for layer in below
        for path in sorted((layer / shelf.base).glob(pattern))
        if not (own / path.relative_to(layer)).exists()
    )


def _uppermost(root: Path, name: Path) -> Path:
    own, *below = (layer / name for layer in layers_of(root))
    return own if own.exists() or not below else below[0]
