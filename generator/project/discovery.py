"""发现文件 (discovery): every file that people put into the project is read, or a message says why not.

One walk over ``registry/``, ``site_config/`` and the read folders of ``content/``, for every
command alike. A file that nobody reads is worse than a faulty one: nothing would guard what it withholds.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.diagnostics.record_path import BOOK_FILE, LEDGER_FILE, display_path
from generator.source.model.scalars import PICTURE_NAME

ENDING = ".yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """一类文件的位置: the files ``base/<folders…>/<name>.yml`` of one kind.

    ``form`` is the whole path as people are told it; ``folders`` holds a pattern for each folder between.
    """

    base: str
    form: str
    folders: tuple[re.Pattern[str], ...] = ()
    pictures: bool = False
    """Of pictures, not of YAML."""


_PARTS = {
    "jurisdiction": "辖区",
    "year": "年",
    "case": "案号",
    "decision": "决定编号",
    "instrument": "法规",
    "authority": "机关",
    "portrait": "文件名",
}
"""What the parts of a path are called in Chinese."""
_SLUG, _YEAR = re.compile("[a-z][a-z0-9-]*"), re.compile("[0-9]{4}")
CASES = Shelf(
    base="registry/cases", form="registry/cases/<jurisdiction>/<year>/<case>.yml", folders=(_SLUG, _YEAR)
)
DECISIONS = Shelf(
    base="registry/decisions",
    form="registry/decisions/<jurisdiction>/<year>/<decision>.yml",
    folders=(_SLUG, _YEAR),
)
PORTRAITS = Shelf(
    base="registry/portraits",
    form="registry/portraits/<jurisdiction>/<year>/<portrait>.jpg、.png",
    folders=(_SLUG, _YEAR),
    pictures=True,
)
POLICIES = Shelf(
    base="content/policies", form="content/policies/<jurisdiction>/<instrument>.yml", folders=(_SLUG,)
)
ENGLISH = Shelf(base="content/english", form="content/english/<jurisdiction>.yml")
JURISDICTIONS = Shelf(base="site_config/jurisdictions", form="site_config/jurisdictions/<jurisdiction>.yml")
AUTHORITIES = Shelf(base="site_config/authorities", form="site_config/authorities/<authority>.yml")
HOLIDAYS = Shelf(base="site_config/holidays", form="site_config/holidays/<year>.yml")
DRAFTS = Shelf(
    base="registry/drafts", form="registry/drafts/<jurisdiction>/<year>/<case>.yml", folders=(_SLUG, _YEAR)
)
"""草稿 of the desk. Nothing is built of them; the desk alone reads them."""
APPROVALS = "registry/approvals"
"""审批簿: see :mod:`generator.publication_log.approval_book`."""
SHELVES = (CASES, DECISIONS, DRAFTS, PORTRAITS, POLICIES, ENGLISH, JURISDICTIONS, AUTHORITIES, HOLIDAYS)
"""Every kind of file that is read. A further kind is one more entry."""

SITE = "site_config/site.yml"
ASSETS = "site_config/assets"
"""Pictures of the project's own, such as its logo."""
_RECORDED = ("registry", "site_config", "content/policies", "content/english")
"""Below these nothing may lie that is not read."""
_PUBLISHED = ("content/pages", "site_config/theme")
"""Copied to the site as they are, by MkDocs."""
_TOPS = tuple(dict.fromkeys(top.partition("/")[0] for top in (*_RECORDED, *_PUBLISHED)))
_LIKE_TOPS = ("registry", "siteconfig", "cases")
"""Letters of a folder's name by which somebody meant one of these."""
_OF_THEME = "mkdocs_theme.yml"
_OF_OTHERS = (ASSETS, "site_config/deploy", "site_config/schema", "site_config/theme")
"""Below ``site_config/``, but no settings of ours."""

_JUNK = re.compile(
    r"\.DS_Store|Thumbs\.db|desktop\.ini|\.gitkeep|\.gitignore|\.gitattributes|\.git"
    r"|\._.*|~\$.*|\.~lock\..*|\.#.*|\..*\.sw[a-p]"
)
"""Left by systems, git and open editors. They hold no record, or only what is being typed into one that is
read; an editor removes its own when it is closed. Backups that stay (``x.yml~``, ``x.yml.bak``) are no junk:
an older version of a record names people too."""

_COPY = re.compile(
    r"副本|复制|拷贝|备份|冲突|[(（][0-9]{1,2}[)）]|~$|\.(?:bak|orig|old|rej)\b|(?<![a-z])(?:copy|backup|conflict)(?![a-z])",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[a-z]+(?:-?[0-9]+)+\.yml")
"""``wh26-0007.yml``: nobody's copy and nobody's backup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """找到的文件. ``files`` are those of each shelf, sorted by path; ``problems`` tell of all others."""

    files: Mapping[str, tuple[Path, ...]]
    problems: tuple[Diagnostic, ...]

    def on(self, shelf: Shelf) -> tuple[Path, ...]:
        """The files of one kind."""
        return self.files.get(shelf.base, ())


@dataclass(slots=True, kw_only=True)
class _Walk:
    root: Path
    real_root: str
    files: dict[str, list[Path]] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def tell(self, code: str, path: str, **terms: str) -> None:
        place = Place(path=display_path(Path(path), self.root))
        if "form" in terms:
            terms["form_zh"] = re.sub("<([a-z]+)>", lambda part: f"<{_PARTS[part[1]]}>", terms["form"])
        self.problems.append(diagnose(code, place, terms=terms))


def portrait_file(case_file: Path, root: Path, name: str) -> Path:
    """Where the portrait ``name`` of a case lies: ``registry/portraits/<jurisdiction>/<year>/<name>``."""
    year = case_file.parent
    return root / PORTRAITS.base / year.parent.name / year.name / name


def relative_name(path: Path, root: Path) -> str:
    """``path`` as it stands below ``root``, with forward slashes. ``relative_to`` takes ten times as long."""
    inside, before = str(path), f"{root}{os.sep}"
    inside = inside[len(before) :] if inside.startswith(before) else str(path.relative_to(root))
    return inside.replace(os.sep, "/")


def discover(root: Path) -> Discovered:
    """找出全部文件 below ``root``, a project's folder. Never raises for anything that it finds."""
    walk = _Walk(root=root, real_root=os.path.realpath(root))
    for top in (*_RECORDED, *_PUBLISHED):
        base = root / top
        if base.is_symlink():
            _look_at_link(walk, str(base), walk.real_root)
        elif base.is_dir():
            _look_into(walk, str(base), tuple(top.split("/")))
        elif os.path.lexists(base):
            walk.tell("REG022", str(base), form=f"{top}/")
    _look_beside(walk)
    return Discovered(
        files={base: tuple(sorted(paths)) for base, paths in walk.files.items()},
        problems=tuple(walk.problems),
    )


def _look_beside(walk: _Walk) -> None:
    """Records beside the folders that are read: in ``Registry/``, ``registry (old)/``, ``cases/`` or ``content/``."""
    for entry in _entries(walk, str(walk.root)):
        letters = re.sub("[^a-z]", "", unicodedata.normalize("NFKC", entry.name).casefold())
        if not entry.is_dir() or entry.name in _TOPS or not any(word in letters for word in _LIKE_TOPS):
            continue
        if any(_is_yaml_like(name) for _, _, names in os.walk(entry.path) for name in names):
            walk.tell("REG022", entry.path, form=CASES.form)
    for folder, below, names in os.walk(walk.root / "content"):
        inside = os.path.relpath(folder, walk.root).replace(os.sep, "/")
        below[:] = sorted(name for name in below if f"{inside}/{name}" not in (*_RECORDED, *_PUBLISHED))
        for name in sorted(filter(_is_yaml_like, names)):
            walk.tell("REG022", str(Path(folder, name)), form=_forms("content"))


def _look_into(walk: _Walk, folder: str, parts: tuple[str, ...]) -> None:
    shelf = _shelf_of("/".join((*parts, "")))
    if shelf is not None and (shelf.pictures or not _is_in_place((*parts, ""), shelf)):
        shelf = None
    for entry in _entries(walk, folder):
        if shelf is not None and _PLAIN.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
            # As nearly every file of a large registry is.
            walk.files.setdefault(shelf.base, []).append(Path(entry.path))
            continue
        here = (*parts, entry.name)
        where = "/".join(here)
        published = _top_of(where, _PUBLISHED)
        if where == published and where.startswith(_RECORDED):
            continue  # walked by itself
        if _JUNK.fullmatch(entry.name):
            continue
        if _is_unreadable(entry.name):
            walk.tell("REG024", entry.path)
        elif entry.is_symlink():
            within = str(walk.root / published) if published else walk.real_root
            _look_at_link(walk, entry.path, within, read_as=None if published else here)
        elif entry.is_dir(follow_symlinks=False):
            if entry.name.endswith(ENDING) and not published:
                walk.tell("SRC002", entry.path)
            else:
                _look_into(walk, entry.path, here)
        elif published:
            if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                walk.tell("SRC004", entry.path)
            elif _is_yaml_like(entry.name) and entry.name != _OF_THEME:
                # It would be published as it is: a record with all that is withheld in it.
                walk.tell("REG022", entry.path, form=f"{CASES.form}、{POLICIES.form}")
        elif _top_of(where, _OF_OTHERS) is None:
            _file(walk, entry.path, here)


def _entries(walk: _Walk, folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        walk.tell("SRC004", folder, reason=error.strerror or "")


def _look_at_link(walk: _Walk, path: str, within: str, read_as: tuple[str, ...] | None = None) -> None:
    """A link to a file is read like the file, within the project. What is published may be linked within
    its own folder alone: a link to a record would publish it."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(within)):
        walk.tell("SRC003", path)
    elif not target.exists():
        walk.tell("SRC001", path)
    elif target.is_dir():
        # Its files would be there twice, under two names, or without end.
        walk.tell("REG023", path)
    elif read_as is not None and _top_of("/".join(read_as), _OF_OTHERS) is None:
        _file(walk, path, read_as)


def _file(walk: _Walk, path: str, parts: tuple[str, ...]) -> None:
    """Put a file on its shelf, or tell why it lies on none."""
    where, name = "/".join(parts), parts[-1]
    shelf = _shelf_of(where)
    if where == SITE or LEDGER_FILE.fullmatch(where) or BOOK_FILE.fullmatch(where):
        return
    if _COPY.search(name):
        walk.tell("REG021", path)
    elif shelf is not None and shelf.pictures:
        if re.fullmatch(PICTURE_NAME, name) and _is_in_place(parts, shelf):
            walk.files.setdefault(shelf.base, []).append(Path(path))
        else:
            walk.tell("REG022", path, form=shelf.form)
    elif not _is_yaml_like(name):
        walk.tell("REG027", path, form=shelf.form if shelf else _forms(parts[0]))
    elif not name.endswith(ENDING) or name.startswith(".") or name == ENDING:
        walk.tell("REG020", path)
    elif shelf is None or not _is_in_place(parts, shelf):
        walk.tell("REG022", path, form=shelf.form if shelf else _forms(parts[0]))
    else:
        walk.files.setdefault(shelf.base, []).append(Path(path))


def _shelf_of(where: str) -> Shelf | None:
    """The shelf below which something lies."""
    return next((item for item in SHELVES if where.startswith(f"{item.base}/")), None)


def _is_in_place(parts: tuple[str, ...], shelf: Shelf) -> bool:
    folders = parts[shelf.base.count("/") + 1 : -1]
    return len(folders) == len(shelf.folders) and all(
        form.fullmatch(name) for form, name in zip(shelf.folders, folders, strict=True)
    )


def _is_yaml_like(name: str) -> bool:
    """Whether somebody meant the file as YAML: ``.yaml``, ``.YML``, ``.yml.txt``, ``．yml``, ``yml`` alone."""
    return re.search(r"(?:^|[.。·,、 ])ya?ml", unicodedata.normalize("NFKC", name).casefold()) is not None


def _is_unreadable(name: str) -> bool:
    """A name that is not UTF-8, or holds characters that nobody sees."""
    return not name.isprintable()


def _forms(top: str) -> str:
    return "、".join(item.form for item in SHELVES if item.base.startswith(top))


def _top_of(where: str, tops: tuple[str, ...]) -> str | None:
    """The one of ``tops`` that ``where`` is, or lies below."""
    return next((top for top in tops if where == top or where.startswith(f"{top}/")), None)
