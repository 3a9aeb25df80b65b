"""公布登记的命令 (log commands): publish, prove, verify, and ``yiyong log``."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from generator.cli.asked_yes import confirmed
from generator.cli.office_printing import ReviewFormat, event_name, print_diff, waiting_lines
from generator.cli.printing import Format, print_report, print_summary, print_written
from generator.cli.shared_options import (
    AsOf,
    Jobs,
    Out,
    Precompress,
    Root,
    Search,
    UseCache,
    asked_instant,
    build_site,
    fail,
    now,
    processes,
    project_folder,
    read_project,
    told,
)
from generator.cli.signing import (
    Device,
    Key,
    Passphrase,
    asked_passphrase,
    key_told,
    new_passphrase,
    signing,
)
from generator.desk.site_diff import NoSuchSiteError, diff_sites
from generator.diagnostics import Diagnostic, Place, diagnose, has_errors
from generator.diagnostics.staff import staff_words
from generator.outputs.poster.poster_fonts import find_fonts
from generator.pipeline.build import BuildOptions
from generator.pipeline.destination import away_from_sources
from generator.pipeline.papers import PLACES, no_fonts
from generator.pipeline.prepare import Prepared, all_records, chosen_instant
from generator.pipeline.publish_step import (
    ClockBackError,
    LedgerMovedError,
    NotConfirmedError,
    Publishing,
    Reached,
    grown_ledger,
    log_origin,
    save,
)
from generator.project.settings import load_settings
from generator.public.decision_document import decision_document
from generator.public.documents import plain
from generator.public.honour_document import honour_document
from generator.public.notice_document import notice_document
from generator.public.public_case import PublicHonour, PublicNotice
from generator.public.public_decision import PublicDecision
from generator.publication_log.ledger_check import fault_diagnostic
from generator.publication_log.log_keys import (
    KEY_FILE,
    KeyProblemError,
    Signer,
    key_event,
    load_key,
    make_key,
    refuse_public_place,
    verifier_of,
)
from generator.publication_log.mend_ledger import mend_ledger
from generator.publication_log.proof_bundle import make_bundle, read_bundle
from generator.publication_log.proof_check import Verdict, check_bundle, check_site
from generator.publication_log.proof_sheet import print_proof_sheet
from generator.publication_log.publication_event import Event, digest_of, logged_document
from generator.publication_log.publication_ledger import (
    FOLDER,
    SALT_SIZE,
    KeyEvent,
    Ledger,
    read_ledger,
    rewrite,
)
from generator.publication_log.record_bundle import record_bundle
from generator.publication_log.record_proof import BadProofError
from generator.publication_log.signed_note import BadNoteError, Verifier
from generator.publication_log.site_reader import site_fetcher
from generator.publication_log.waiting_events import Waiting
from generator.source.model.published import instant
from generator.source.model.site_settings import Site
from generator.system.version_control import GitError, is_versioned
from generator.system.version_control import commit as commit_paths

log_app = typer.Typer(no_args_is_help=True, help="公布日志：密钥、补登、修复 / the log of what was published")
"""``yiyong log``."""

COMMITTED = (
    "registry/cases",
    "registry/decisions",
    "registry/portraits",
    "registry/publications",
    "registry/approvals",
    "content",
    "site_config",
    "mkdocs.yml",
)
"""What a site is made of, and who approved it. Drafts of the desk are no part of it."""
Yes = Annotated[bool, typer.Option("--yes", help="不再询问 / do not ask")]


def publish(
    root: Root = Path(),
    out: Out = None,
    as_of: AsOf = None,
    jobs: Jobs = 0,
    format: Format = Format.TEXT,
    search: Search = True,
    precompress: Precompress = False,
    cache: UseCache = True,
    key: Key = None,
    passphrase: Passphrase = None,
    device: Device = None,
    commit: Annotated[
        bool,
        typer.Option("--commit", help="公布以后提交到版本库（git） / commit to version control afterwards"),
    ] = False,
    yes: Yes = False,
) -> None:
    """公布：构建，审核，看清变化，登记，换上 / build, audit, show what the public will see change, log, exchange."""
    project = project_folder(root)
    target = (out or project / "site").absolute()
    if format is not Format.TEXT and not yes:
        raise typer.BadParameter(staff_words()["log"]["needs_yes"], param_hint="--format")
    if commit and not is_versioned(project):
        fail(diagnose("PUB024", Place(path=str(project))))
    publishing = Publishing(
        root=project,
        salt=new_salt,
        sign=signing(project, key, passphrase, device),
        confirm=lambda site, waiting: _confirmed(target, site, waiting, format, yes),
    )
    options = BuildOptions(
        root=project,
        out=target,
        as_of=asked_instant(as_of),
        now=now(),
        jobs=processes(jobs),
        search=search,
        precompressed=precompress,
        cached=cache,
        publishing=publishing,
    )
    try:
        with key_told(), told(target, format):
            result = build_site(options)
    except NotConfirmedError:
        typer.echo(staff_words()["log"]["not_published"], err=True)
        raise typer.Exit(1) from None
    except LedgerMovedError:
        fail(diagnose("PUB023", Place(path=FOLDER)))
    except ClockBackError as error:
        fail(diagnose("PUB020", Place(path=FOLDER), terms={"last": str(error)}))
    except BaseException:
        if publishing.reached is Reached.LOGGED:
            typer.echo(staff_words()["log"]["logged"], err=True)
        raise
    print_summary(result, target, (now() - options.now).total_seconds(), format)
    if result.messages and format is Format.TEXT:
        typer.echo(staff_words()["outbox"]["waiting"].format(count=len(result.messages)), err=True)
    if commit:
        _commit(project, publishing.waiting)


def prove(
    id: Annotated[str, typer.Argument(help="公示、荣誉或者决定的编号，如 wuhan-2026-0007", metavar="ID")],
    root: Root = Path(),
    out: Annotated[
        Path | None, typer.Option("--out", help="zip 文件，默认为当前文件夹下的 ID-proof.zip")
    ] = None,
    as_of: AsOf = None,
    format: Format = Format.TEXT,
    jobs: Jobs = 0,
) -> None:
    """出一份公布证明：一个 zip，和一张说明它的 PDF / make one file that proves what was published, and a page about it."""
    project = project_folder(root)
    target = out or Path(f"{id}-proof.zip")
    place = Place(path=id)
    with told(project, format, err=True):
        away_from_sources(project, target)
        with read_project(project, as_of, jobs) as prepared:
            document = _document(prepared, id)
    found = record_bundle(prepared.publications, project, id)
    if found is None or document is None:
        fail(diagnose("PUB040", place, terms={"id": id}))
    bundle, last = found
    if digest_of(logged_document(document)) != last.state.document:
        fail(diagnose("PUB041", place, terms={"id": id}))
    target.write_bytes(make_bundle(bundle, document))
    fonts = find_fonts(PLACES)
    if fonts is None:
        print_written(str(target), format, proof=str(target), sheet=None)
        print_report((no_fonts(),), format, err=True)
        return
    sheet, url = target.with_suffix(".pdf"), prepared.context.absolute("verify/")
    with told(sheet, format, err=True):
        print_proof_sheet(bundle, document, target.name, url, fonts, sheet)
    print_written(f"{target}\n{sheet}", format, proof=str(target), sheet=str(sheet))


def verify(
    file: Annotated[
        Path,
        typer.Argument(help="yiyong prove 写的 .zip，或者从网站下载的 .json", dir_okay=False),
    ],
    site: Annotated[
        str | None, typer.Option("--site", help="再与这个网站现在的日志核对 / compare with a site")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", help="机关的公钥，从别处得到的 / the office's public key")
    ] = None,
    format: Format = Format.TEXT,
) -> None:
    """核对一份公布证明；不给 --site 就不连网 / check a proof; offline unless --site is given."""
    trusted = None
    if key is not None:
        try:
            trusted = Verifier.parse(key)
        except BadNoteError:
            raise typer.BadParameter(staff_words()["log"]["bad_key"], param_hint="--key") from None
    try:
        bundle = read_bundle(file.read_bytes())
    except (BadProofError, OSError):
        fail(diagnose("PUB050", Place(path=str(file))))
    verdict = check_bundle(bundle, str(file), trusted)
    if site is not None and not has_errors(verdict.findings):
        with_site = check_site(bundle, site, site_fetcher(site))
        verdict.findings += with_site.findings
        verdict.statements += with_site.statements
    _print_verdict(verdict, format)
    raise typer.Exit(1 if has_errors(verdict.findings) else 0)


@log_app.command("init")
def init_key(
    root: Root = Path(),
    key: Key = None,
    passphrase: Passphrase = None,
    as_of: AsOf = None,
    device: Device = None,
) -> None:
    """造第一把密钥，以后的检查点由它签名 / make the first key."""
    project = project_folder(root)
    ledger = sound_ledger(project)
    path = key or project / KEY_FILE
    with key_told():
        refuse_public_place(path, project)
        if ledger.key is not None:
            raise KeyProblemError("PUB033", str(path))
        made = make_key(path, new_passphrase(passphrase))
        origin = _origin(project, ledger)
        event = key_event(made, None, origin, _moment(project, as_of))
        _append(project, ledger, event, Signer(origin, made, device))
    typer.echo(staff_words()["log"]["key_made"].format(path=path, key=verifier_of(made, origin)))


@log_app.command("rotate")
def rotate_key(
    root: Root = Path(),
    key: Key = None,
    passphrase: Passphrase = None,
    as_of: AsOf = None,
    device: Device = None,
) -> None:
    """更换密钥：旧密钥签名交接，旧文件改名留存 / change the key; the old one signs the handover."""
    project = project_folder(root)
    ledger = sound_ledger(project)
    path = key or project / KEY_FILE
    with key_told():
        secret = passphrase if passphrase is not None else asked_passphrase()
        old = load_key(path, secret)
        origin = _origin(project, ledger)
        if ledger.key != verifier_of(old, origin):
            raise KeyProblemError("PUB033", str(path))
        kept = path.with_name(f"{path.stem}-{verifier_of(old, origin).key_id.hex()}{path.suffix}")
        path.rename(kept)
        try:
            new = make_key(path, secret)
            event = key_event(new, old, origin, _moment(project, as_of))
            _append(project, ledger, event, Signer(origin, new, device))
        except BaseException:
            kept.replace(path)
            raise
    words = staff_words()["log"]["key_changed"]
    typer.echo(words.format(path=path, kept=kept, key=verifier_of(new, origin)))


@log_app.command("import")
def import_published(
    root: Root = Path(),
    as_of: AsOf = None,
    jobs: Jobs = 0,
    key: Key = None,
    passphrase: Passphrase = None,
    device: Device = None,
    yes: Yes = False,
) -> None:
    """把登记之前就已公布的记录补登一次 / enter once what was public before there was a log."""
    project = project_folder(root)
    with told(project, Format.TEXT), read_project(project, as_of, jobs, logging=True) as prepared:
        ledger, waiting = prepared.publications.ledger, prepared.publications.waiting
    if any(isinstance(line.event, Event) or line.event is None for line in ledger.lines):
        fail(diagnose("PUB021", Place(path=FOLDER), terms={"size": str(ledger.size)}))
    _refuse_earlier(ledger, instant(prepared.context.as_of))
    words = staff_words()["log"]
    if not yes and not confirmed(words["import"].format(count=len(waiting.events))):
        typer.echo(words["not_published"], err=True)
        raise typer.Exit(1)
    with key_told():
        sign = signing(project, key, passphrase, device)
        longer, added = grown_ledger(ledger, waiting, prepared.context, new_salt, sign)
    save(project, longer, added, forgot=False)
    typer.echo(words["imported"].format(count=len(added)))


@log_app.command("mend")
def mend(root: Root = Path(), key: Key = None, passphrase: Passphrase = None, device: Device = None) -> None:
    """合并分支以后理出一个先后，或者补上没有做完的检查点 / one order again after branches were merged."""
    project = project_folder(root)
    mended, faults = mend_ledger(project)
    words = staff_words()["log"]
    if mended is None:
        print_report((*map(fault_diagnostic, faults), diagnose("PUB022", Place(path=FOLDER))), Format.TEXT)
        raise typer.Exit(1)
    ledger = mended.ledger
    rewrite(project, ledger)
    note = ledger.checkpoint(_origin(project, ledger))
    if ledger and (not ledger.checkpoints or ledger.checkpoints[-1].text != note.text):
        with key_told():
            ledger.checkpoints.append(signing(project, key, passphrase, device)(note))
        rewrite(project, ledger)
    typer.echo(words["mended"].format(size=ledger.size, moved=mended.moved, left_out=mended.left_out))
    for void in mended.void:
        typer.echo(words["void"].format(note=str(void).rstrip()))


def _confirmed(target: Path, site: Path, waiting: Waiting, format: Format, yes: bool) -> bool:
    words = staff_words()["log"]
    if format is Format.TEXT:
        try:
            print_diff(diff_sites(target, site), target, site, ReviewFormat.TEXT)
        except NoSuchSiteError:
            typer.echo(words["first_site"])
        for line in waiting_lines(waiting):
            typer.echo(line)
    question = words["confirm"].format(count=len(waiting.events)) if waiting else words["confirm_nothing"]
    return yes or confirmed(question)


def _commit(project: Path, waiting: Waiting) -> None:
    """Commit what was published. The site stands by now, so what git refuses is told and nothing is taken back."""
    words = staff_words()["log"]
    lines = [words["commit"].format(count=len(waiting.events)), "", *waiting_lines(waiting)]
    try:
        done = commit_paths(project, COMMITTED, "\n".join(lines).rstrip() + "\n")
    except GitError as error:
        fail(uncommitted(project, error))
    typer.echo(words["committed" if done else "nothing_to_commit"], err=True)


def uncommitted(project: Path, error: GitError) -> Diagnostic:
    """没有提交, though all is published: why, and what git said, which may name what is not public."""
    place = Place(path=str(project), shown=False)
    facts = {"said": error.said} if error.said else {}
    return diagnose("PUB025", place, facts=facts, terms={"cause": f"git_{error.cause}"})


def _print_verdict(verdict: Verdict, format: Format) -> None:
    words = staff_words()["log"]
    if format is Format.JSON:
        print_report(tuple(verdict.findings), format)
        return
    for name, values in verdict.statements:
        told = {"name": event_name(values["event"], values["ending"], words)} if name == "event" else {}
        typer.echo(words["statements"][name].format(**values, **told))
    if verdict.findings or format is Format.GITHUB:
        print_report(tuple(verdict.findings), format)


def _document(prepared: Prepared, record_id: str) -> dict[str, Any] | None:
    """The document of one record as the log knows it: by itself, whatever replaced it since."""
    for record in all_records(prepared):
        if record.id == record_id and isinstance(record, PublicNotice):
            return plain(notice_document(replace(record, replaced_by=None), prepared.context))
        if record.id == record_id and isinstance(record, PublicHonour):
            return plain(honour_document(record, prepared.context))
        if record.id == record_id and isinstance(record, PublicDecision):
            return plain(decision_document(record, prepared.context))
    return None


def _append(project: Path, ledger: Ledger, event: KeyEvent, signer: Signer) -> None:
    """Log a change of key, with a checkpoint that the new key signs."""
    _refuse_earlier(ledger, event.at)
    longer, added = ledger.extended([event], new_salt)
    longer.checkpoints.append(signer.sign(longer.checkpoint(signer.name)))
    save(project, longer, added, forgot=False)


def _refuse_earlier(ledger: Ledger, at: str) -> None:
    """Nothing is logged of before what is logged already."""
    if ledger.last_at is not None and at < ledger.last_at:
        fail(diagnose("PUB020", Place(path=FOLDER), terms={"last": ledger.last_at}))


def sound_ledger(project: Path) -> Ledger:
    ledger, faults = read_ledger(project)
    if faults:
        print_report(tuple(map(fault_diagnostic, faults)), Format.TEXT)
        raise typer.Exit(1)
    return ledger


def _origin(project: Path, ledger: Ledger) -> str:
    return ledger.origin or log_origin(_site(project).base_url)


def _moment(project: Path, as_of: str | None) -> str:
    return instant(chosen_instant(asked_instant(as_of), _site(project), now()))


def _site(project: Path) -> Site:
    loaded = load_settings(project)
    if loaded.settings is None:
        print_report(loaded.diagnostics, Format.TEXT)
        raise typer.Exit(1)
    return loaded.settings.site


def new_salt() -> bytes:
    """Chance for one event of the log."""
    return secrets.token_bytes(SALT_SIZE)
