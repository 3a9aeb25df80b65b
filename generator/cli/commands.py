"""命令 (commands): what each does with a project. Here alone the clock is read.

Exit status, in every command: 0 clean, warnings included; 1 findings; 2 misuse; 128 and the number of the signal
that stopped it. Results go to standard output; progress, notices and misuse to standard error.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from generator.cli.build_commands import build, merge
from generator.cli.check_command import check
from generator.cli.desk_commands import doctor, init, migrate, monitor, next_moment
from generator.cli.file_kinds import FIELD_GUIDE, KINDS
from generator.cli.form_command import desk
from generator.cli.handbook_command import handbook
from generator.cli.holiday_commands import holidays
from generator.cli.live_preview import FOLDER, serve_live
from generator.cli.log_commands import log_app, prove, publish, verify
from generator.cli.new_commands import new
from generator.cli.office_printing import ReviewFormat, print_diff, print_law_changes, print_status
from generator.cli.outbox_commands import outbox_app
from generator.cli.printing import Format, print_report, print_written
from generator.cli.renumber_command import renumber_record
from generator.cli.shared_options import AsOf, Jobs, Root
from generator.cli.shared_options import asked_instant as _instant
from generator.cli.shared_options import build_site as _build
from generator.cli.shared_options import fail as _fail
from generator.cli.shared_options import misuse as _misuse
from generator.cli.shared_options import now as _now
from generator.cli.shared_options import processes as _jobs
from generator.cli.shared_options import project_folder as _root
from generator.cli.shared_options import read_project as _read
from generator.cli.shared_options import told as _told
from generator.cli.sheet_commands import export, import_sheet, template
from generator.cli.withdrawal_commands import withdraw_person
from generator.cli.witness_commands import observe
from generator.desk.deploy_pack import MANIFEST, PACK, NoSiteError, StrangeFileError, write_pack
from generator.desk.overdue_steps import overdue_steps
from generator.desk.site_diff import NoSuchSiteError, diff_sites
from generator.desk.status import site_status
from generator.diagnostics import Diagnostic, Place, Severity, diagnose, has_errors
from generator.diagnostics.crash import crash_diagnostic
from generator.diagnostics.exit_status import FINDINGS, MISUSE
from generator.diagnostics.explain import UnknownCodeError
from generator.diagnostics.explain import explain as explain_code
from generator.diagnostics.report import format_text
from generator.diagnostics.staff import staff_language, staff_words
from generator.law.instruments import changes_between
from generator.outputs.poster.poster_fonts import find_fonts
from generator.outputs.poster.poster_sheet import is_posted, poster_sheet
from generator.outputs.poster.press import print_sheets
from generator.pages.page import ENGLISH
from generator.pipeline.audit_step import audit_built, audit_report, diagnostics_of
from generator.pipeline.build import BuildOptions
from generator.pipeline.destination import away_from_sources, settled_empty
from generator.pipeline.failures import foreseen
from generator.pipeline.papers import PLACES, missing_characters, no_fonts
from generator.pipeline.prepare import all_records
from generator.pipeline.render import index_pages, record_pages, record_pictures
from generator.pipeline.rollback import roll_back
from generator.pipeline.staged_markdown import as_markdown, markdown_path
from generator.project.layers import page_files
from generator.project.settings import load_settings
from generator.public.public_case import PublicNotice
from generator.public.verification.certificate_code import new_code
from generator.source.json_schema import render_guide, write_schemas
from generator.system.tree_exchange import put_in_place, staging_for

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
"""Every command; ``yiyong`` itself is :mod:`generator.cli.entry`."""
app.add_typer(log_app, name="log")
app.add_typer(outbox_app, name="outbox")
for command in (check, build, merge, publish, prove, verify, observe):
    app.command()(command)
app.command()(init)
app.command()(doctor)
app.command()(migrate)
app.command("next")(next_moment)
app.command()(template)
app.command("import")(import_sheet)
app.command()(export)
app.command()(holidays)
app.command()(new)
app.command()(desk)
app.command()(monitor)
app.command()(handbook)
app.command("withdraw")(withdraw_person)
app.command("renumber")(renumber_record)

law_app = typer.Typer(no_args_is_help=True, help="法规文本 / texts of law")
app.add_typer(law_app, name="law")


@app.command()
def status(root: Root = Path(), as_of: AsOf = None, format: Format = Format.TEXT, jobs: Jobs = 0) -> None:
    """办理情况：正在公示、即将期满、等待决定、已逾期，以及下一次页面变化的时刻."""
    project = _root(root)
    with _told(project, format), _read(project, as_of, jobs) as prepared:
        today = prepared.context.as_of.date()
        overdue = overdue_steps(project, today, _jobs(jobs))
        report = site_status(
            prepared.notice_rows,
            prepared.context,
            prepared.diagnostics,
            overdue,
            prepared.coming,
            prepared.publications,
        )
    print_status(report, format)
    if overdue.faults:
        print_report(overdue.faults, Format.TEXT, err=True)
        raise typer.Exit(FINDINGS)


@app.command()
def audit(
    site: Annotated[Path, typer.Argument(help="建成的站点文件夹", file_okay=False)],
    root: Root = Path(),
    as_of: AsOf = None,
    format: Format = Format.TEXT,
    jobs: Jobs = 0,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="每个文件都从头读到尾，慢几倍，结论应当一样")
    ] = False,
) -> None:
    """单独审核一个建成的站点 / the leak audit alone."""
    project = _root(root)
    if not site.is_dir():
        raise typer.BadParameter(staff_words()["no_site"].format(folder=site), param_hint="SITE")
    with _told(site, format), _read(project, as_of, jobs) as prepared:
        report = audit_report(prepared, site, thorough=thorough)
    found = diagnostics_of(report)
    print_report(found, format)
    if format is Format.TEXT:
        typer.echo(staff_words()["audited"].format(files=report.files, bytes=report.bytes_read), err=True)
    raise typer.Exit(FINDINGS if has_errors(found) else 0)


@app.command()
def pack(
    folder: Annotated[Path, typer.Argument(help="放部署包的空文件夹", file_okay=False)],
    site: Annotated[
        Path | None, typer.Option("--site", help="建成的站点，默认为项目下的 site", file_okay=False)
    ] = None,
    root: Root = Path(),
    as_of: AsOf = None,
    format: Format = Format.TEXT,
    jobs: Jobs = 0,
) -> None:
    """把站点打成一个部署包，另附每个文件的摘要，供网页防篡改核对 / one file for the web server, and its digests."""
    project = _root(root)
    source = site or project / "site"
    if not source.is_dir():
        raise typer.BadParameter(staff_words()["no_site"].format(folder=source), param_hint="--site")
    with _told(folder, format), ExitStack() as stack:
        out = settled_empty(project, folder)
        # What leaves the office is judged by what is withheld today, not on the day it was built.
        prepared = stack.enter_context(_read(project, as_of, jobs))
        found = diagnostics_of(audit_report(prepared, source))
        if has_errors(found):
            print_report(found, format)
            raise typer.Exit(FINDINGS)
        staged = stack.enter_context(staging_for(out))
        try:
            count = write_pack(source, staged)
        except NoSiteError:
            raise typer.BadParameter(
                staff_words()["no_site"].format(folder=source), param_hint="--site"
            ) from None
        except StrangeFileError as error:
            _fail(diagnose("AUD007", Place(path=str(error))))
        put_in_place(staged, out)
    words = staff_words()["packed"].format(count=count, folder=folder, pack=PACK, manifest=MANIFEST)
    print_written(words, format, files=count, pack=str(out / PACK), manifest=str(out / MANIFEST))


@app.command()
def rollback(
    root: Root = Path(),
    out: Annotated[Path | None, typer.Option("--out", help="站点文件夹，默认为项目下的 site")] = None,
    as_of: AsOf = None,
    format: Format = Format.TEXT,
    jobs: Jobs = 0,
) -> None:
    """换回上一次建成的站点，先按今天须保密的内容审核 / show the site of the build before again, audited for today."""
    project = _root(root)
    target = out or project / "site"
    with _told(target, format):
        shown = roll_back(project, target, _instant(as_of), _now(), _jobs(jobs))
    if format is Format.JSON:
        typer.echo(json.dumps({"as_of": shown.as_of, "out": str(target), "warnings": len(shown.warnings)}))
        return
    if shown.warnings:
        print_report(shown.warnings, format)
    typer.echo(staff_words()["rolled_back"].format(out=target, as_of=shown.as_of), err=True)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="旧站点", file_okay=False)],
    new: Annotated[Path, typer.Argument(help="新站点", file_okay=False)],
    format: ReviewFormat = ReviewFormat.TEXT,
) -> None:
    """发布之前看清楚公众将看到的变化，新公开的内容在前 / what the public will see change."""
    try:
        changes = diff_sites(old, new)
    except NoSuchSiteError as error:
        hint = "OLD" if str(error) == str(old) else "NEW"
        raise typer.BadParameter(staff_words()["no_site"].format(folder=error), param_hint=hint) from None
    print_diff(changes, old, new, format)
    raise typer.Exit(FINDINGS if changes else 0)


@app.command()
def poster(
    id: Annotated[str, typer.Argument(help="公示编号，如 wuhan-2026-0007", metavar="ID")],
    root: Root = Path(),
    out: Annotated[Path | None, typer.Option("--out", help="PDF 文件，默认为当前文件夹下的 ID.pdf")] = None,
    as_of: AsOf = None,
    format: Format = Format.TEXT,
    jobs: Jobs = 0,
) -> None:
    """印一份公示单：正在公示或者即将开始的 / print the poster of one notice, open or about to open."""
    project = _root(root)
    target = out or Path(f"{id}.pdf")
    with _told(target, format, err=True):
        away_from_sources(project, target)
        with _read(project, as_of, jobs) as prepared:
            notice = next((item for item in all_records(prepared) if item.id == id), None)
    terms = {"id": id}
    if not isinstance(notice, PublicNotice):
        _misuse(diagnose("PST004", Place(path=id), terms=terms))
    if not is_posted(notice):
        _fail(diagnose("PST005", Place(path=id), terms=terms))
    fonts = find_fonts(PLACES)
    if fonts is None:
        _fail(no_fonts())
    with _told(target, format, err=True):
        (printed,) = print_sheets([(poster_sheet(notice, prepared.context), target)], fonts)
    if printed.missing:
        print_report((missing_characters(printed),), format, err=True)
    print_written(str(target), format, id=id, out=str(target))


@app.command()
def stage(
    folder: Annotated[Path, typer.Argument(help="写入 Markdown 的空文件夹")],
    root: Root = Path(),
    as_of: AsOf = None,
    format: Format = Format.TEXT,
    jobs: Jobs = 0,
) -> None:
    """写出 Markdown 页，供其他站点生成器使用 / write the Markdown tree for another engine."""
    project = _root(root)
    with _told(folder, format), ExitStack() as stack:
        out = settled_empty(project, folder)
        prepared = stack.enter_context(_read(project, as_of, jobs))
        pages = [*index_pages(prepared)]
        pages += record_pages(prepared)
        staged = stack.enter_context(staging_for(out))
        english = prepared.context.site.english is not None
        for name, path in page_files(project).items():
            if name.startswith(ENGLISH) and not english:
                continue
            target = staged / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        for page in pages:
            target = staged / markdown_path(page)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(as_markdown(page), encoding="utf-8")
        for name, data in record_pictures(prepared):
            (staged / name).write_bytes(data)
        audit_built(prepared, staged)
        put_in_place(staged, out)
    words = staff_words()["staged"].format(count=len(pages), folder=folder)
    print_written(words, format, pages=len(pages), out=str(out))


@app.command()
def serve(
    root: Root = Path(),
    address: Annotated[str, typer.Option("--address", help="监听地址")] = "127.0.0.1:8000",
) -> None:
    """本机预览，文件一改就重建 / build, watch, reload."""
    project = _root(root)
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise typer.BadParameter(address, param_hint="--address")
    site = project / FOLDER
    options = BuildOptions(root=project, out=site, as_of=None, now=_now(), cached=True)
    warned: list[tuple[Diagnostic, ...]] = [()]

    def build_again() -> str:
        began = time.monotonic()
        try:
            result = _build(replace(options, now=_now()))
        except Exception as error:
            failure = foreseen(error, site)
            found = failure.diagnostics if failure is not None else (crash_diagnostic(error, project),)
            print_report(found, Format.TEXT, err=True)
            return format_text(
                tuple(item for item in found if item.severity is Severity.ERROR), lang=staff_language()
            )
        warnings = result.built.warnings
        if warnings != warned[-1]:
            print_report(warnings, Format.TEXT, err=True)
            warned[:] = [warnings]
        words = staff_words()["shown"].format(seconds=round(time.monotonic() - began, 1), address=address)
        typer.echo(words, err=True)
        return ""

    with _told(site, Format.TEXT):
        serve_live(project, site, (host or "127.0.0.1", int(port)), build_again, Event())


@app.command()
def explain(code: Annotated[str, typer.Argument(help="诊断代码，如 CLK001")]) -> None:
    """说明一个诊断代码 / what a diagnostic means, why, how to mend it."""
    try:
        typer.echo(explain_code(code, staff_language()), nl=False)
    except UnknownCodeError as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(MISUSE) from None


@app.command("certificate-code")
def certificate_code(
    count: Annotated[int, typer.Option("--count", min=1, max=10_000, help="个数 / how many")] = 1,
) -> None:
    """产生印在证书上的随机证书号，一行一个 / new random codes to print on certificates, one a line."""
    for _ in range(count):
        typer.echo(new_code(secrets.choice))


@app.command()
def schema(root: Root = Path()) -> None:
    """写出各种文件的 JSON Schema，供编辑器补全和检查 / write the JSON Schemas for editors."""
    for path in write_schemas(_root(root) / "site_config" / "schema", KINDS):
        typer.echo(path.name)
    handbook = _root(root) / "content" / "handbook"
    if handbook.is_dir():
        (handbook / FIELD_GUIDE).write_text(render_guide(KINDS), encoding="utf-8", newline="\n")
        typer.echo(FIELD_GUIDE)


@law_app.command("diff")
def law_diff(
    text: Annotated[str, typer.Argument(metavar="辖区/文件", help="如 wuhan/tiaoli-2015")],
    earlier: Annotated[str, typer.Argument(metavar="A", help="版本，如 2019")],
    later: Annotated[str, typer.Argument(metavar="B", help="版本，如 2025")],
    root: Root = Path(),
    format: Format = Format.TEXT,
) -> None:
    """一部文本从版本 A 到版本 B 改了什么，逐句说 / what changed in a text from one version to another."""
    loaded = load_settings(_root(root))
    if loaded.settings is None:
        print_report(loaded.diagnostics, format)
        raise typer.Exit(FINDINGS)
    texts = {f"{item.jurisdiction}/{item.slug}": item for item in loaded.settings.library.instruments}
    if text not in texts:
        _misuse(diagnose("LAW117", Place(path=text), terms={"asked": text, "known": "、".join(texts)}))
    versions = {version.slug: version for version in texts[text].versions}
    for asked in (earlier, later):
        if asked not in versions:
            terms = {"asked": f"{text} {asked}", "known": "、".join(versions)}
            _misuse(diagnose("LAW117", Place(path=text), terms=terms))
    print_law_changes(changes_between(versions[earlier], versions[later]), format)
