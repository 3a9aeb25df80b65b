"""新项目 (a new project): an office's own folder, from a few answers.

The files are templates in ``generator/desk/project/``, with ``<<…>>`` where an answer goes and ``dot-`` where a
name begins with a dot. No sample is among them: the first case is the office's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pypinyin import lazy_pinyin

from generator import __version__
from generator.project.discovery import JURISDICTIONS
from generator.project.project_format import CURRENT
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.yaml_reader import read_tree
from generator.system.shipped import shipped_folder

_TEMPLATES = Path(__file__).parent / "project"
_PROVINCES = Path(__file__).parent / "provinces.yml"
_NATION = "quanguo"
_MADE_BY_HAND = ("site_config/authority.yml", "site_config/jurisdiction.yml")
"""Templates that make files of other names."""
PLACE_ENDINGS = ("市", "州", "盟", "地区", "县", "区", "旗")
"""How full names of places end that keep a register."""
_LEVELS = {"municipality": "shi", "city": "shi", "county": "xian", "province": "sheng"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """新登记的辖区, as its file will say."""

    slug: str
    name: str
    full_name: str
    level: str
    parent: str | None
    order: int
    keeps_register: bool = True
    applies_above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """开办时的回答.

    ``places`` are those that the software does not bring, the office's own among them unless it does;
    ``shipped_law`` the lowest of those that it brings.
    """

    slug: str
    full_name: str
    site_name: str
    url: str
    """Address of the site, ending with a slash."""
    authority: str
    telephone: str | None
    email: str | None
    places: tuple[NewPlace, ...]
    shipped_law: tuple[str, ...]


class UnknownProvinceError(Exception):
    """没有这个省级行政区: the name as asked."""


@cache
def provinces() -> Mapping[str, Mapping[str, str]]:
    """省级行政区 by full name; each also by its short name."""
    rows = yaml.load(_PROVINCES.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return {key: row for row in rows for key in (row["name"], row["full_name"])}


@cache
def shipped_places() -> Mapping[str, Jurisdiction]:
    """Places whose law comes with the software, by full name."""
    files = sorted((shipped_folder() / JURISDICTIONS.base).glob("*.yml"))
    places = (Jurisdiction.model_validate(read_tree(path.read_bytes())) for path in files)
    return {place.full_name: place for place in places}


def slug_of(full_name: str) -> str:
    """标识 by pinyin, as a proposal: 长沙市 → changsha."""
    return "".join(lazy_pinyin(short_name(full_name))).lower()


def short_name(full_name: str) -> str:
    """长沙市 → 长沙; 县 and 区 of one character keep their ending (叶县)."""
    stem = full_name.removesuffix("市").removesuffix("县").removesuffix("区")
    return stem if len(stem) > 1 else full_name


def needs_province(full_name: str) -> bool:
    """Whether the software cannot tell by itself in which province the place lies."""
    return full_name not in shipped_places() and provinces().get(full_name, {}).get("level") != "municipality"


def places_for(
    full_name: str, slug: str, province: str | None, *, applies_above: bool
) -> tuple[tuple[NewPlace, ...], tuple[str, ...]]:
    """The places to register for an office in ``full_name``, and those whose law comes with the software.

    Raises :class:`UnknownProvinceError` for a name that is no province's.
    """
    if (own := shipped_places().get(full_name)) is not None:
        return (), (own.slug,)
    if province is None:
        place = NewPlace(
            slug=slug,
            name=short_name(full_name),
            full_name=full_name,
            level="municipality",
            parent=_NATION,
            order=10,
        )
        return (place,), (_NATION,)
    if province not in provinces():
        raise UnknownProvinceError(province)
    above = provinces()[province]
    own_place = NewPlace(
        slug=slug,
        name=short_name(full_name),
        full_name=full_name,
        level="city" if full_name.endswith(("市", "州", "盟", "地区")) else "county",
        parent=above["slug"],
        order=10,
        applies_above=applies_above,
    )
    if above["full_name"] in shipped_places():
        return (own_place,), (above["slug"],)
    parent = NewPlace(
        slug=above["slug"],
        name=above["name"],
        full_name=above["full_name"],
        level=above.get("level", "province"),
        parent=_NATION,
        order=100,
        keeps_register=False,
    )
    return (own_place, parent), (_NATION,)


def project_files(answers: Answers) -> dict[str, bytes]:
    """Every file of the new project by its path below the folder."""
    level = next((place.level for place in answers.places if place.slug == answers.slug), None)
    level = level or shipped_places()[answers.full_name].level
    authority_slug = f"{answers.slug}-{_LEVELS[level]}"
    names = {place.slug: place.full_name for place in shipped_places().values()}
    facts: dict[str, object] = {
        "slug": answers.slug,
        "name": answers.site_name,
        "owner": answers.authority,
        "url": answers.url,
        "contact": _contact(answers),
        "authority": answers.authority,
        "authority_slug": authority_slug,
        "telephone": answers.telephone,
        "email": answers.email,
        "shipped_law": answers.shipped_law,
        "law_words": "、".join(names[slug] for slug in answers.shipped_law),
        "format": CURRENT,
        "version": __version__,
    }
    made = {_target(name): _filled(name, facts) for name in _template_names() if name not in _MADE_BY_HAND}
    made[f"site_config/authorities/{authority_slug}.yml"] = _filled("site_config/authority.yml", facts)
    for place in answers.places:
        filled = _filled("site_config/jurisdiction.yml", {"place": place})
        made[f"site_config/jurisdictions/{place.slug}.yml"] = filled
    files = {name: text.encode() for name, text in made.items()}
    return dict(sorted({**_deployment(), **files}.items()))


def write_project(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` below ``folder``, with the folders for cases and pages. Writes over nothing."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    for name in ("registry/cases", "registry/publications", "content/pages"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / ".gitkeep").touch()
    (folder / "registry").chmod(0o750)


def _contact(answers: Answers) -> str | None:
    parts = [f"电话 {answers.telephone}" if answers.telephone else "", answers.email or ""]
    return "，".join(part for part in parts if part) or None


def _template_names() -> Iterator[str]:
    for path in sorted(_TEMPLATES.rglob("*")):
        if path.is_file():
            yield path.relative_to(_TEMPLATES).as_posix()


def _target(template: str) -> str:
    return "/".join(f".{part[4:]}" if part.startswith("dot-") else part for part in template.split("/"))


def _filled(template: str, facts: Mapping[str, object]) -> str:
    return _templates().get_template(template).render(facts)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Not HTML: a value goes through ``yaml`` where quoting matters.
    )
    # A text in double quotes is JSON and YAML alike.
    environment.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    return environment


def _deployment() -> dict[str, bytes]:
    """Server settings as they come with the software, for an administrator to change."""
    base = shipped_folder() / "site_config" / "deploy"
    return {
        f"site_config/deploy/{path.relative_to(base).as_posix()}": path.read_bytes()
        for path in base.rglob("*")
        if path.is_file()
    }
