"""见证的命令 (witness commands): what others than the office do to make its log credible, and how it takes that in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509 import Certificate, load_pem_x509_certificates

from generator.cli.log_commands import log_app, sound_ledger
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import Root, fail, now, project_folder
from generator.cli.signing import Passphrase, asked_passphrase, key_told, new_passphrase
from generator.diagnostics import Place, diagnose, has_errors
from generator.diagnostics.staff import staff_words
from generator.publication_log.log_keys import load_key, make_key, verifier_of
from generator.publication_log.observation import keep_observations, observe_site
from generator.publication_log.publication_ledger import FOLDER, rewrite
from generator.publication_log.sightings import Observation, read_observations
from generator.publication_log.signed_note import BadNoteError, Note
from generator.publication_log.site_reader import poster, site_fetcher
from generator.publication_log.timestamps import (
    BadTimestampError,
    ask_timestamp,
    keep_timestamp,
    timestamp_of,
)

Url = Annotated[str, typer.Argument(help="网站地址，如 https://yiyong.example/", metavar="URL")]
ObserverKey = Annotated[
    Path, typer.Option("--key", help="观察者自己的密钥；没有就造一把 / made when missing", dir_okay=False)
]
Name = Annotated[str, typer.Option("--name", help="观察者的名称，写成网址，如 news.example/observer")]
SeenFile = Annotated[
    Path, typer.Option("--file", help="观察者自己的记录，只追加 / the observer's own file", dir_okay=False)
]


def observe(
    url: Url,
    name: Name,
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="记录的编号，可以多个；默认全部正在公示的")
    ] = None,
    key: ObserverKey = Path("observer.pem"),
    file: SeenFile = Path("seen.jsonl"),
    passphrase: Passphrase = None,
) -> None:
    """由机关以外的人运行：看一次网站，与日志比较，签名记下 / see the site once, as others than the office."""
    seen = _look(url, name, ids or None, key, file, passphrase)
    words = staff_words()["log"]
    typer.echo(words["observed"].format(count=len(seen) - 1, size=seen[0].size, file=file))


@log_app.command("cosign")
def cosign(
    url: Url,
    name: Name,
    out: Annotated[Path, typer.Option("--out", help="写入签了名的检查点", dir_okay=False)] = Path("cosigned"),
    key: ObserverKey = Path("observer.pem"),
    file: SeenFile = Path("seen.jsonl"),
    passphrase: Passphrase = None,
) -> None:
    """见证：检查点是以前看到的延续，就签上名和时间 / sign a checkpoint that continues what was seen before."""
    secret = _secret(key, passphrase)
    (whole, *_) = _look(url, name, [], key, file, secret)
    data = site_fetcher(url)("log/checkpoint")
    note = Note.parse((data or b"").decode())
    if note.text.splitlines()[1:3] != [str(whole.size), whole.root]:
        fail(diagnose("PUB063", Place(path=url), terms={"file": "log/checkpoint"}))
    signed = note.cosigned(_key(key, secret), name, int(now().timestamp()))
    out.write_text(str(signed), encoding="utf-8")
    typer.echo(staff_words()["log"]["cosigned"].format(file=out))


@log_app.command("add")
def add_cosignature(
    file: Annotated[Path, typer.Argument(help="见证人签了名的检查点", dir_okay=False)], root: Root = Path()
) -> None:
    """把见证人的签名加到检查点上 / add the signatures of witnesses to a checkpoint."""
    project = project_folder(root)
    ledger = sound_ledger(project)
    place = Place(path=str(file))
    try:
        handed = Note.parse(file.read_text(encoding="utf-8"))
    except (BadNoteError, OSError, UnicodeDecodeError):
        fail(diagnose("PUB069", place))
    for number, note in enumerate(ledger.checkpoints):
        new = tuple(item for item in handed.signatures if item not in note.signatures)
        if note.text == handed.text and new:
            ledger.checkpoints[number] = Note(note.text, (*note.signatures, *new))
            rewrite(project, ledger)
            count = len(ledger.checkpoints[number].signatures)
            typer.echo(staff_words()["log"]["added"].format(count=count))
            return
    fail(diagnose("PUB069", place))


@log_app.command("accept")
def accept_observations(
    file: Annotated[Path, typer.Argument(help="观察者交来的记录", dir_okay=False, exists=True)],
    root: Root = Path(),
) -> None:
    """收下观察者交来的目击记录，以后的证明会带上 / take in what observers saw; proofs will hold it."""
    project = project_folder(root)
    sound, unsound = read_observations(file.read_bytes())
    found = [
        diagnose("PUB067", Place(path=str(file), line=number), terms={"number": number}) for number in unsound
    ]
    if found:
        print_report(tuple(found), Format.TEXT)
        raise typer.Exit(1)
    new = keep_observations(project, sound)
    typer.echo(staff_words()["log"]["accepted"].format(new=new, count=len(sound)))


@log_app.command("timestamp")
def timestamp(
    tsa: Annotated[str, typer.Option("--tsa", help="时间戳机构的地址（RFC 3161）", metavar="URL")],
    ca: Annotated[
        Path | None,
        typer.Option("--ca", help="机构的根证书（PEM），用来核对答复", dir_okay=False, exists=True),
    ] = None,
    root: Root = Path(),
) -> None:
    """给最后的检查点取一个时间戳 / have the last checkpoint timestamped."""
    project = project_folder(root)
    ledger = sound_ledger(project)
    if not ledger:
        fail(diagnose("PUB040", Place(path=FOLDER), terms={"id": "—"}))
    note = ledger.checkpoints[-1]
    roots: list[Certificate] = []
    try:
        if ca is not None:
            roots = load_pem_x509_certificates(ca.read_bytes())
        answer = ask_timestamp(note, poster(tsa, "application/timestamp-query"), roots)
    except (BadTimestampError, ValueError):
        fail(diagnose("PUB068", Place(path=tsa), terms={"name": tsa}))
    path = keep_timestamp(project, note, tsa, answer)
    moment = timestamp_of(answer, note.text.encode()).isoformat()
    typer.echo(staff_words()["log"]["stamped"].format(at=moment, file=path))


def _look(
    url: str, name: str, ids: list[str] | None, path: Path, file: Path, passphrase: str | None
) -> list[Observation]:
    """Look once, add what was seen to the observer's file, and leave with 1 when something is wrong."""
    key = _key(path, _secret(path, passphrase), name)
    before = read_observations(file.read_bytes())[0] if file.is_file() else []
    at = now().isoformat(timespec="seconds")
    seen, findings = observe_site(url, site_fetcher(url), ids, before, at, verifier_of(key, name))
    if has_errors(findings):
        print_report(tuple(findings), Format.TEXT)
        raise typer.Exit(1)
    with file.open("ab") as own:
        own.writelines(item.signed(key).written() for item in seen)
    return seen


def _secret(path: Path, passphrase: str | None) -> str:
    if passphrase is not None:
        return passphrase
    return asked_passphrase() if path.is_file() else new_passphrase(None)


def _key(path: Path, passphrase: str, name: str = "") -> Ed25519PrivateKey:
    with key_told():
        if path.is_file():
            return load_key(path, passphrase)
        made = make_key(path, passphrase)
    typer.echo(staff_words()["log"]["observer_key"].format(path=path, key=verifier_of(made, name)))
    return made
