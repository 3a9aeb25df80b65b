"""所问 (asked): options that commands share, what they stand for, and the one way to build a site."""

from __future__ import annotations

import getpass
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from generator.cli.printing import Format, may_reveal, print_report
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.diagnostics.exit_status import FINDINGS, MISUSE
from generator.diagnostics.staff import staff_words
from generator.pipeline.build import BuildOptions, BuildResult, build
from generator.source.model.instant import SHANGHAI, BadInstantError, parse_instant

if TYPE_CHECKING:
    from generator.pipeline.frame import Host
    from generator.pipeline.prepare import Prepared

Root = Annotated[Path, typer.Option("--root", help="项目文件夹 / project folder", file_okay=False)]
AsOf = Annotated[str | None, typer.Option("--as-of", help="截至时刻，如 2026-11-22T09:00+08:00")]
UseCache = Annotated[
    bool, typer.Option("--cache/--no-cache", help="是否用上次构建的缓存；结果相同 / same result either way")
]
Out = Annotated[Path | None, typer.Option("--out", help="站点文件夹，默认为项目下的 site")]
Search = Annotated[bool, typer.Option("--search/--no-search", help="是否带检索 / with search or without")]
Precompress = Annotated[
    bool,
    typer.Option("--precompress", help="另写 .gz 和 .br，供网页服务器直接发送 / write .gz and .br twins"),
]
Jobs = Annotated[int, typer.Option("--jobs", min=0, help="进程数；0 为全部核心 / processes, 0 for all cores")]
Show = Annotated[
    bool,
    typer.Option(
        "--show",
        help="连同不公开的内容一起显示，只在本人的终端上 / show what is not public too, on your own terminal only",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出来，什么也不写 / tell, and write nothing")]
Who = Annotated[
    str | None, typer.Option("--as", metavar="姓名", help="您是谁；送审和批准时记下 / who you are")
]

_LONGEST_NAME = 40
"""Characters of the name of whoever submits and approves."""


def refuse_to_show(show: bool, format: Format = Format.TEXT) -> None:
    """Leave where ``--show`` was asked for, and what may not be told would go elsewhere than to somebody's own terminal."""
    if show and not may_reveal(format):
        raise typer.BadParameter(staff_words()["no_show"], param_hint="--show")


def asked_name(who: str | None) -> str:
    """The name of ``--as``, or what is typed where it was not given; leaves where it cannot be one."""
    name = (who or typer.prompt(staff_words()["desk"]["who"])).strip()
    if not name or not name.isprintable() or len(name) > _LONGEST_NAME:
        misuse(diagnose("DSK113", Place(path="--as"), terms={"found": name}))
    return name


def system_account() -> str:
    """系统账户 in which this program runs, 账户@机器: as the system says, where it does, and not as a variable does."""
    try:
        import pwd
    except ImportError:  # Windows
        return f"{getpass.getuser()}@{platform.node()}"
    try:
        return f"{pwd.getpwuid(os.getuid()).pw_name}@{platform.node()}"
    except KeyError:
        return f"{os.getuid()}@{platform.node()}"


def project_folder(root: Path) -> Path:
    """The project in ``root``; leaves when there is none."""
    project = root.absolute()
    if not (project / "site_config").is_dir():
        typer.echo(staff_words()["no_project"].format(folder=project), err=True)
        raise typer.Exit(MISUSE)
    return project


@contextmanager
def told(target: Path, format: Format, *, err: bool = False, reveal: bool = False) -> Iterator[None]:
    """Tell every failure that was foreseen, and end with its exit status. ``err``: not on standard output,
    which is for another result."""
    try:
        yield
    except Exception as error:
        # To know every failure is to load all that may fail.
        from generator.pipeline.failures import foreseen

        failure = foreseen(error, target)
        if failure is None:
            raise
        print_report(failure.diagnostics, format, err=err or failure.status == MISUSE, reveal=reveal)
        raise typer.Exit(failure.status) from None


def fail(problem: Diagnostic) -> NoReturn:
    """Tell what was found and leave."""
    print_report((problem,), Format.TEXT, err=True)
    raise typer.Exit(FINDINGS)


def misuse(problem: Diagnostic) -> NoReturn:
    """Tell how the command was used wrongly and leave."""
    print_report((problem,), Format.TEXT, err=True)
    raise typer.Exit(MISUSE)


def now() -> datetime:
    """The clock, in Beijing time."""
    return datetime.now(SHANGHAI)


def processes(jobs: int) -> int:
    """How many processes, where 0 is one for each core."""
    return jobs or os.cpu_count() or 1


@contextmanager
def read_project(project: Path, as_of: str | None, jobs: int, *, logging: bool = False) -> Iterator[Prepared]:
    """What the public may see of ``project``, for a command that builds no site; ``as_of`` and ``jobs`` are its options.
    Raises what :func:`generator.pipeline.prepare.prepare` raises."""
    # To read records is to load all that understands them, which saying what there is does not need.
    from generator.pipeline.prepare import prepared_alone

    with prepared_alone(project, asked_instant(as_of), now(), processes(jobs), logging=logging) as prepared:
        yield prepared


def build_site(options: BuildOptions) -> BuildResult:
    """Build a site with the host that is in use. Raises what :func:`generator.pipeline.build.build` raises."""
    return build(options, site_host(options.root))


def site_host(root: Path) -> Host:
    """The host that is in use, for the project in ``root``."""

    def host(prepared: Prepared, staging: Path) -> list[str]:
        # It takes a second to load, and most commands build nothing.
        from generator.pipeline.mkdocs_adapter import build_with_mkdocs

        return build_with_mkdocs(prepared, staging, root / "mkdocs.yml")

    return host


def asked_instant(text: str | None) -> datetime | None:
    """The instant of ``--as-of``; None when it was not given."""
    if text is None:
        return None
    try:
        return parse_instant(text)
    except BadInstantError:
        raise typer.BadParameter(
            staff_words()["bad_instant"].format(text=text), param_hint="--as-of"
        ) from None
