"""办公 (the office's desk): commands that begin a project and look after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.asked_yes import confirmed
from generator.cli.file_kinds import KINDS
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    AsOf,
    Jobs,
    Root,
    asked_instant,
    fail,
    misuse,
    now,
    processes,
    project_folder,
    told,
)
from generator.desk.machine_check import machine_problems
from generator.desk.migration import NewerProjectError, NoSettingsError
from generator.desk.migration import migrate as bring_along
from generator.desk.new_project import (
    PLACE_ENDINGS,
    Answers,
    UnknownProvinceError,
    needs_province,
    places_for,
    project_files,
    provinces,
    shipped_places,
    short_name,
    slug_of,
    write_project,
)
from generator.desk.site_monitor import site_state
from generator.diagnostics import Place, diagnose, has_errors
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words
from generator.pipeline.prepare import check_project, next_change
from generator.project.discovery import SITE
from generator.project.project_format import CURRENT
from generator.publication_log.site_reader import site_fetcher
from generator.source.json_schema import write_schemas

_SLUG = re.compile("[a-z]{2,16}")
_URL = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/([!-~]*/)?")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新建的文件夹 / a new folder")],
    city: Annotated[str | None, typer.Option("--city", help="城市全称，如 长沙市")] = None,
    province: Annotated[str | None, typer.Option("--province", help="所在的省，如 湖南省")] = None,
    slug: Annotated[str | None, typer.Option("--slug", help="网址和编号里的拼音，如 changsha")] = None,
    authority: Annotated[str | None, typer.Option("--authority", help="承办机关的全称")] = None,
    name: Annotated[str | None, typer.Option("--name", help="网站的名称")] = None,
    url: Annotated[str | None, typer.Option("--url", help="网站的地址，https:// 开头")] = None,
    telephone: Annotated[str | None, typer.Option("--telephone", help="受理异议的电话")] = None,
    email: Annotated[str | None, typer.Option("--email", help="受理异议的电子邮箱")] = None,
    own_law: Annotated[
        bool | None,
        typer.Option("--own-law/--provincial-law", help="本市有自己的规定，还是直接适用省的规定"),
    ] = None,
) -> None:
    """新办一个项目：问几个问题，写好设置、机关、服务器和 CI 的文件 / begin an office's own project."""
    words = staff_words()["init"]
    target = folder.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        misuse(diagnose("DSK001", Place(path=str(folder))))
    city = _answer("--city", city, words["city"], _no_full_name)
    if needs_province(city):
        province = _answer("--province", province, words["province"], _no_province)
        if own_law is None:
            own_law = confirmed(words["own_law"].format(city=city), otherwise=None)
    known_place = shipped_places().get(city)
    if known_place is not None:
        slug = known_place.slug
    slug = _answer("--slug", slug, words["slug"], _no_slug, default=slug_of(city))
    authority = authority or typer.prompt(words["authority"])
    name = name or typer.prompt(words["name"], default=words["default_name"].format(city=short_name(city)))
    url = _answer("--url", url, words["url"], _no_url).rstrip("/") + "/"
    telephone, email = telephone or None, email or None
    while telephone is None and email is None:
        telephone = typer.prompt(words["telephone"], default="", show_default=False).strip() or None
        email = typer.prompt(words["email"], default="", show_default=False).strip() or None
        if telephone is None and email is None:
            print_report((diagnose("DSK005", Place(path="--telephone")),), Format.TEXT, err=True)
    try:
        places, shipped_law = places_for(city, slug, province, applies_above=own_law is False)
    except UnknownProvinceError as error:
        misuse(diagnose("DSK002", Place(path="--province"), terms={"found": str(error), "known": ""}))
    files = project_files(
        Answers(
            slug=slug,
            full_name=city,
            site_name=name,
            url=url,
            authority=authority,
            telephone=telephone,
            email=email,
            places=places,
            shipped_law=shipped_law,
        )
    )
    with told(target, Format.TEXT):
        write_project(target, files)
        write_schemas(target / "site_config" / "schema", KINDS)
        report = check_project(target, None, now(), 1)
    for path in files:
        typer.echo(words["wrote"].format(path=path))
    print_report(report.diagnostics, Format.TEXT)
    law = "、".join(place.full_name for place in shipped_places().values() if place.slug in shipped_law)
    typer.echo(words["done"].format(folder=folder, law=law))


_Fault = Callable[[str], tuple[str, Mapping[str, str]] | None]
"""What is wrong with an answer: the code and its terms."""


def _answer(option: str, given: str | None, ask: str, fault: _Fault, default: str | None = None) -> str:
    """An answer that can be used: the one given on the command line, or else asked for until one can."""
    while True:
        said = (given or typer.prompt(ask, default=default)).strip()
        found = fault(said)
        if found is None:
            return said
        wrong = diagnose(found[0], Place(path=option), terms={"found": said, **found[1]})
        if given:
            misuse(wrong)
        print_report((wrong,), Format.TEXT, err=True)


def _no_full_name(city: str) -> tuple[str, Mapping[str, str]] | None:
    return None if city.endswith(PLACE_ENDINGS) else ("DSK006", {})


def _no_province(name: str) -> tuple[str, Mapping[str, str]] | None:
    known = "、".join(dict.fromkeys(row["name"] for row in provinces().values()))
    return None if name in provinces() else ("DSK002", {"known": known})


def _no_slug(slug: str) -> tuple[str, Mapping[str, str]] | None:
    return None if _SLUG.fullmatch(slug) else ("DSK003", {})


def _no_url(url: str) -> tuple[str, Mapping[str, str]] | None:
    return None if _URL.fullmatch(url.rstrip("/") + "/") else ("DSK004", {})


def doctor(root: Root = Path(), format: Format = Format.TEXT) -> None:
    """这台机器缺什么，怎样补上：字体、编码、磁盘、权限、放假安排 / what this machine lacks."""
    folder = root.absolute()
    project = folder if (folder / "site_config").is_dir() else None
    problems = machine_problems(project, now().date())
    print_report(problems, format)
    raise typer.Exit(FINDINGS if has_errors(problems) else 0)


def migrate(root: Root = Path()) -> None:
    """软件升级以后，把项目也带到新的格式 / bring a project to what this version expects."""
    project = project_folder(root)
    words = staff_words()["migrate"]
    place = Place(path=SITE)
    try:
        with told(project, Format.TEXT):
            changes = bring_along(project)
            write_schemas(project / "site_config" / "schema", KINDS)
    except NewerProjectError as error:
        fail(diagnose("DSK019", place, terms={"made": str(error), "current": CURRENT}))
    except NoSettingsError:
        fail(diagnose("DSK017", place))
    for change in changes:
        typer.echo(words[change.kind].format(path=change.path))
    typer.echo(words["done"].format(format=CURRENT))


def monitor(
    url: Annotated[str, typer.Argument(metavar="URL", help="网站的地址")],
    max_age: Annotated[float, typer.Option("--max-age", min=0.1, help="最多多少小时没有构建")] = 26.0,
) -> None:
    """网站是否过时：过时或者打不开，退出状态是 1 / whether a site is kept up."""
    state = site_state(site_fetcher(url), now(), timedelta(hours=max_age))
    if state.problem is not None:
        fail(diagnose(state.problem, Place(path=url), terms=state.facts))
    typer.echo(staff_words()["monitor"].format(**state.facts))


class NextFormat(StrEnum):
    """``yiyong next``: 写法. ``systemd`` is an ``OnCalendar`` expression, in UTC."""

    TEXT = "text"
    SYSTEMD = "systemd"


def next_moment(
    root: Root = Path(),
    as_of: AsOf = None,
    jobs: Jobs = 0,
    format: Annotated[NextFormat, typer.Option("--format")] = NextFormat.TEXT,
) -> None:
    """下一次有页面自己变化的时刻，届时应重新构建；没有就什么也不写 / when to build again, for a scheduler."""
    project = project_folder(root)
    with told(project, Format.TEXT, err=True):
        moment = next_change(project, asked_instant(as_of), now(), processes(jobs))
    if moment is None:
        return
    if format is NextFormat.SYSTEMD:
        typer.echo(moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"))
    else:
        typer.echo(moment.isoformat(timespec="minutes"))
