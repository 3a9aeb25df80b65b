"""设置 (settings): everything but the cases, read once and shared from then on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.law.instruments import LibrarySettings, PolicyLibrary, build_library
from generator.law.instruments.english_law import words_to_render
from generator.law.instruments.text_checks import check_text
from generator.law.workdays import WorkCalendar, build_calendar, statutory_days_left_out
from generator.project.discovery import (
    ASSETS,
    AUTHORITIES,
    CASES,
    DECISIONS,
    ENGLISH,
    HOLIDAYS,
    JURISDICTIONS,
    POLICIES,
    PORTRAITS,
    SITE,
    discover,
)
from generator.project.layers import jurisdiction_file, law_file, layer_of, shipped_files
from generator.project.project_format import CURRENT
from generator.source.load import load_file
from generator.source.locate import locator
from generator.source.model.authority import Authority, Channels
from generator.source.model.english import English
from generator.source.model.holiday_year import HolidayYear
from generator.source.model.instrument import InstrumentEntry
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.scalars import Entry
from generator.source.model.site_settings import Site
from generator.source.near import nearest
from generator.spellings.identifiers import find_identifiers

M = TypeVar("M", bound=Entry)

OWN_ADDRESSES = frozenset(
    {"archive", "codebook", "compare", "decisions", "honours", "kinds", "notices", "statistics"}
)
"""What stands beside the places below ``feeds/``, ``calendar/``, ``honours/`` and ``policies/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """设置 of one project folder. All of it may be shown to the public."""

    root: Path
    site: Site
    jurisdictions: Mapping[str, Jurisdiction]
    authorities: Mapping[str, Authority]
    instruments: tuple[InstrumentEntry, ...]
    library: PolicyLibrary
    calendar: WorkCalendar
    office_identifiers: frozenset[str]
    """Numbers and addresses that offices publish as their own."""
    english: Mapping[str, str]
    """英文译文: Chinese words of the law to English ones; empty where the site has no English pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """读取结果. ``settings`` is None when an error leaves nothing to go on with.

    ``case_files``, ``decision_files`` and ``portrait_files`` are the files of all records, sorted by path; ``diagnostics`` tell of every other file
    that is not read as well.
    """

    settings: Settings | None
    diagnostics: tuple[Diagnostic, ...]
    case_files: tuple[Path, ...]
    decision_files: tuple[Path, ...] = ()
    portrait_files: tuple[Path, ...] = ()


def load_settings(root: Path) -> LoadedSettings:
    """Read ``site_config/`` and ``content/policies/`` below ``root``; every problem of every file."""
    files = discover(root)
    found: list[Diagnostic] = []
    site = _one(root / SITE, root, Site, found)
    if site is not None and site.look.logo is not None and not (root / ASSETS / site.look.logo).is_file():
        place = Place(path=SITE, field="look.logo")
        found.append(diagnose("DSK083", place, facts={"found": site.look.logo}))
    places = _shipped_places(root, site.shipped_law if site is not None else (), found)
    if site is not None and (site.project_format or 0) > CURRENT:
        terms = {"made": site.project_format, "current": CURRENT}
        found.append(diagnose("DSK019", Place(path=SITE, field="project_format"), terms=terms))
    jurisdictions = _named(
        dict.fromkeys((*files.on(JURISDICTIONS), *places.values())),
        root,
        Jurisdiction,
        found,
        lambda item: item.slug,
    )
    authorities = _named(files.on(AUTHORITIES), root, Authority, found, lambda item: item.slug)
    holidays = _named(files.on(HOLIDAYS), root, HolidayYear, found, lambda item: str(item.year))
    for place, item in holidays.values():
        for day, name in statutory_days_left_out(item):
            found.append(diagnose("CLK106", place, facts={"day": day.isoformat(), "holiday": name}))
    texts = (path for slug in places for path in shipped_files(root, POLICIES, f"{slug}/*.yml"))
    instruments = _instruments((*files.on(POLICIES), *texts), root, found)
    english = _english(
        (
            *files.on(ENGLISH),
            *(path for slug in places for path in shipped_files(root, ENGLISH, f"{slug}.yml")),
        ),
        root,
        found,
    )
    for entry in instruments.values():
        found += placed(check_text(entry), entry, root)
    unread = {path.stem for path in files.on(JURISDICTIONS)} - {
        Path(place.real_path).stem for place, _ in jurisdictions.values()
    }
    _cross_check(jurisdictions, authorities, instruments, unread, found)
    if site is not None and site.english is not None:
        found += _check_english(english, instruments.values(), jurisdictions)
    if site is None or any(item.severity == "error" for item in found):
        return LoadedSettings(
            settings=None,
            diagnostics=(*files.problems, *found),
            case_files=files.on(CASES),
            decision_files=files.on(DECISIONS),
            portrait_files=files.on(PORTRAITS),
        )
    library = build_library(
        instruments.values(),
        parents={slug: item.parent for slug, (_, item) in jurisdictions.items() if item.parent is not None},
        applying=(slug for slug, (_, item) in jurisdictions.items() if item.applies_province),
        levels={slug: item.level for slug, (_, item) in jurisdictions.items()},
        names={slug: item.full_name for slug, (_, item) in jurisdictions.items()},
        settings=LibrarySettings(
            undated_amendments_count_from=site.undated_amendments_count_from,
            assumed_in_force_from=site.assumed_in_force_from,
        ),
    )
    return LoadedSettings(
        settings=Settings(
            root=root,
            site=site,
            jurisdictions={slug: item for slug, (_, item) in sorted(jurisdictions.items())},
            authorities={slug: item for slug, (_, item) in sorted(authorities.items())},
            instruments=tuple(instruments.values()),
            library=library,
            calendar=build_calendar(item for _, item in holidays.values()),
            office_identifiers=office_identifiers(site, (item for _, item in authorities.values())),
            english=english if site.english is not None else {},
        ),
        diagnostics=(*files.problems, *found),
        case_files=files.on(CASES),
        decision_files=files.on(DECISIONS),
        portrait_files=files.on(PORTRAITS),
    )


def _one(path: Path, root: Path, model: type[M], found: list[Diagnostic]) -> M | None:
    result = load_file(path, layer_of(path, root), model, is_public=lambda _tree: True)
    found += result.diagnostics
    return result.value


def _named(
    paths: Iterable[Path], root: Path, model: type[M], found: list[Diagnostic], slug_of: Callable[[M], str]
) -> dict[str, tuple[Place, M]]:
    """One file an entry; the file is named after the entry's slug."""
    entries: dict[str, tuple[Place, M]] = {}
    for path in paths:
        item = _one(path, root, model, found)
        if item is None:
            continue
        place = Place(path=path.relative_to(layer_of(path, root)).as_posix())
        if slug_of(item) != path.stem:
            found.append(diagnose("REG001", place, terms={"slug": slug_of(item), "name": path.name}))
        entries[slug_of(item)] = (place, item)
    return entries


def _shipped_places(root: Path, asked: Iterable[str], found: list[Diagnostic]) -> dict[str, Path]:
    """The file of every place that is ``asked`` for, and of those above it."""
    places: dict[str, Path] = {}
    waiting = list(asked)
    while waiting:
        slug = waiting.pop()
        path = jurisdiction_file(root, slug)
        if slug in places:
            continue
        if not path.is_file():
            known = "、".join(path.stem for path in shipped_files(root, JURISDICTIONS, "*.yml"))
            place = Place(path=SITE, field="shipped_law")
            found.append(diagnose("REG040", place, terms={"slug": slug, "known": known}))
            continue
        places[slug] = path
        item = load_file(path, layer_of(path, root), Jurisdiction, is_public=lambda _tree: True).value
        if item is not None and item.parent is not None:
            waiting.append(item.parent)
    return places


def _instruments(
    paths: Iterable[Path], root: Path, found: list[Diagnostic]
) -> dict[tuple[str, str], InstrumentEntry]:
    entries: dict[tuple[str, str], InstrumentEntry] = {}
    for path in paths:
        item = _one(path, root, InstrumentEntry, found)
        if item is None:
            continue
        if (item.jurisdiction, item.slug) != (path.parent.name, path.stem):
            place = Place(path=path.relative_to(layer_of(path, root)).as_posix())
            found.append(
                diagnose(
                    "REG001", place, terms={"slug": f"{item.jurisdiction}/{item.slug}", "name": path.name}
                )
            )
        entries[item.jurisdiction, item.slug] = item
    return entries


def _english(paths: Iterable[Path], root: Path, found: list[Diagnostic]) -> dict[str, str]:
    """Every rendering of every place; of one sentence rendered twice the last."""
    files = _named(paths, root, English, found, lambda item: item.slug)
    return {said.zh: said.en for _, item in files.values() for said in item.words}


def _check_english(
    english: Mapping[str, str],
    instruments: Iterable[InstrumentEntry],
    jurisdictions: Mapping[str, tuple[Place, Jurisdiction]],
) -> Iterator[Diagnostic]:
    """Places whose digests are not wholly rendered."""
    for slug, (_, place) in jurisdictions.items():
        wanted = dict.fromkeys((place.name, place.full_name))
        for entry in instruments:
            if entry.jurisdiction == slug:
                wanted |= dict.fromkeys(words_to_render(entry))
        missing = [words for words in wanted if words not in english]
        if missing:
            terms = {"name": place.name, "slug": slug, "missing": len(missing), "first": missing[0]}
            yield diagnose("LAW125", Place(path=f"{ENGLISH.base}/{slug}.yml"), terms=terms)


def _cross_check(
    jurisdictions: Mapping[str, tuple[Place, Jurisdiction]],
    authorities: Mapping[str, tuple[Place, Authority]],
    instruments: Collection[tuple[str, str]],
    unread: Collection[str],
    found: list[Diagnostic],
) -> None:
    """``unread``: places whose own file could not be read, which is told of that file and nowhere else."""
    for place, slug in _named_places(jurisdictions, authorities, instruments):
        if slug not in jurisdictions and slug not in unread:
            near = nearest(slug, jurisdictions)
            terms = {
                "slug": slug,
                "known": "、".join(sorted(jurisdictions)),
                **({"near": near} if near else {}),
            }
            found.append(diagnose("REG002", place, terms=terms))
    for place, item in jurisdictions.values():
        if item.slug in OWN_ADDRESSES:
            found.append(diagnose("REG043", replace(place, field="slug"), terms={"slug": item.slug}))
        own = any(jurisdiction == item.slug for jurisdiction, _ in instruments)
        if item.applies_province and (item.parent is None or own):
            found.append(
                diagnose("LAW116", replace(place, field="applies_province"), terms={"name": item.name})
            )


def _named_places(
    jurisdictions: Mapping[str, tuple[Place, Jurisdiction]],
    authorities: Mapping[str, tuple[Place, Authority]],
    instruments: Collection[tuple[str, str]],
) -> Iterator[tuple[Place, str]]:
    """(where, slug) of every place that a setting or a text names."""
    for place, item in jurisdictions.values():
        if item.parent is not None:
            yield replace(place, field="parent"), item.parent
    for place, authority in authorities.values():
        yield replace(place, field="jurisdiction"), authority.jurisdiction
    for jurisdiction, slug in instruments:
        yield Place(path=f"content/policies/{jurisdiction}/{slug}.yml"), jurisdiction


def placed(found: Iterable[Diagnostic], entry: InstrumentEntry, root: Path) -> list[Diagnostic]:
    """Problems of one text at their lines."""
    problems = list(found)
    if not problems:
        return problems
    path = law_file(root, entry.jurisdiction, entry.slug)
    where = locator(path, layer_of(path, root), InstrumentEntry, shown=True)
    return [replace(item, place=where.place(item.place.field or "")) for item in problems]


def office_identifiers(site: Site, authorities: Iterable[Authority]) -> frozenset[str]:
    """已公布的办公渠道: what offices, and the site's owner, publish as their own."""
    contact = site.contact or ""
    allowed = {contact[hit.start : hit.end] for hit in find_identifiers(contact, allowed=frozenset())}
    for authority in authorities:
        allowed.update(channel_identifiers(authority.channels))
    return frozenset(allowed)


def channel_identifiers(channels: Channels) -> Iterator[str]:
    """Numbers and addresses of the ways to object, which the office publishes as its own."""
    yield from channels.telephone
    yield from channels.fax
    if channels.email is not None:
        yield channels.email
    if channels.post is not None:
        yield from (channels.post.address, channels.post.postcode)
    if channels.in_person is not None:
        yield channels.in_person.address
