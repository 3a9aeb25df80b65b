"""目击、见证、时间戳: what others than the office saw and signed, and what a proof says of it."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from generator.outputs.poster.poster_fonts import FontPlaces
from generator.pipeline.build import BuildOptions, build
from generator.publication_log.observation import SEEN
from generator.publication_log.publication_ledger import FOLDER
from generator.publication_log.sightings import Observation, read_observations, sightings
from generator.publication_log.signed_note import Note, Verifier
from generator.source.model.instant import SHANGHAI
from tests.commands import yiyong
from tests.log_projects import LATER, ledger_of, publish, published_project, rewrite_case
from tests.projects import AS_OF, WITHHOLDING, case, honour
from tests.quick_build import no_posters, plain_host

PASSPHRASE = "四个不相干的词连在一起便是口令"
ID = "wuhan-2026-0001"


@pytest.fixture(autouse=True)
def observer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YIYONG_LOG_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("generator.cli.log_commands.PLACES", FontPlaces(system=False))
    clock = iter(AS_OF + timedelta(hours=number) for number in range(1, 100))
    monkeypatch.setattr("generator.cli.witness_commands.now", lambda: next(clock))
    (tmp_path / "observer").mkdir()
    monkeypatch.chdir(tmp_path / "observer")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return published_project(tmp_path / "project")


def run(*arguments: str) -> Result:
    return yiyong(*arguments)


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def told(code: str, *arguments: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1 and code in result.output, result.output


def correct(root: Path) -> None:
    correction = {"corrected_on": "2026-11-22", "what": "改正"}
    rewrite_case(root, case(honours=[honour()], notice={"corrections": [correction]}))
    publish(root, LATER)


def observed(url: str, *more: str) -> str:
    return done("observe", url, "--name", "news.example/o", *more)


def seen() -> list[Observation]:
    sound, unsound = read_observations(Path("seen.jsonl").read_bytes())
    assert not unsound
    return sound


def test_an_observer_adds_a_signed_line_for_the_log_and_for_each_open_notice(
    root: Path, serve: Callable[[Path], str]
) -> None:
    url = serve(root / "site")
    observed(url)
    correct(root)
    observed(url)
    assert [(item.id, item.size) for item in seen()] == [("", 2), (ID, 2), ("", 3), (ID, 3)]
    assert seen()[1].document != seen()[3].document
    last = ledger_of(root).last_states()[ID]
    assert seen()[3].document == last.state.document


def test_an_observer_sees_a_site_that_went_back_or_forked(
    root: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    shutil.copytree(root, tmp_path / "fork")
    shutil.copytree(root / "site", tmp_path / "old")
    correct(root)
    observed(serve(root / "site"))
    told("PUB061", "observe", serve(tmp_path / "old"), "--name", "news.example/o")
    fork = tmp_path / "fork"
    rewrite_case(
        fork, case(honours=None, notice={"corrections": [{"corrected_on": "2026-11-22", "what": "别的"}]})
    )
    rewrite_case(fork, case(case="x", honours=[honour()], notice=None), "wuhan/2026/x.yml")
    publish(fork, LATER)
    told("PUB062", "observe", serve(fork / "site"), "--name", "news.example/o")
    assert len(seen()) == 2


def test_an_observer_sees_a_page_that_was_not_logged(root: Path, serve: Callable[[Path], str]) -> None:
    data = root / f"site/api/v1/notices/{ID}.json"
    data.write_bytes(data.read_bytes().replace(b"2026-11-26", b"2026-11-25"))
    told("PUB065", "observe", serve(root / "site"), "--name", "news.example/o")
    proof = root / f"site/notices/{ID}/proof"
    proof.write_bytes(b"{}")
    told("PUB063", "observe", serve(root / "site"), "--name", "news.example/o", "--id", ID)
    told("PUB066", "observe", serve(root / "registry"), "--name", "news.example/o")


def test_a_proof_says_how_often_it_was_seen_and_no_more(
    root: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    url = serve(root / "site")
    observed(url)
    observed(url, "--id", ID)
    done("observe", url, "--name", "court.example/o", "--key", "other.pem", "--file", "other.jsonl")
    for file in ("seen.jsonl", "other.jsonl"):
        done("log", "accept", file, "--root", str(root))
    assert "收下 0 条新的" in done("log", "accept", "seen.jsonl", "--root", str(root))
    as_of = AS_OF.isoformat()
    done("prove", ID, "--root", str(root), "--as-of", as_of, "--out", "proof.zip")
    output = done("verify", "proof.zip")
    assert "2 个观察者共 3 次" in output and "没有人证明" in output
    with zipfile.ZipFile("proof.zip") as archive:
        assert "2 个观察者共 3 次" in archive.read("说明.txt").decode()
    # The period began four days and ten hours before the first look.
    assert "最长 106.0 小时" in output


def test_a_sighting_that_nobody_signed_is_refused(root: Path, serve: Callable[[Path], str]) -> None:
    observed(serve(root / "site"))
    lines = Path("seen.jsonl").read_bytes()
    Path("forged.jsonl").write_bytes(lines.replace(b"T10:00", b"T11:00"))
    told("PUB067", "log", "accept", "forged.jsonl", "--root", str(root))
    Path("forged.jsonl").write_bytes(lines + b"{}\n")
    told("PUB067", "log", "accept", "forged.jsonl", "--root", str(root))
    assert not (root / SEEN).exists()


def test_what_was_seen_of_a_withheld_record_is_forgotten(root: Path, serve: Callable[[Path], str]) -> None:
    observed(serve(root / "site"))
    done("log", "accept", "seen.jsonl", "--root", str(root))
    assert ID.encode() in (root / SEEN).read_bytes()
    hidden = {**WITHHOLDING, "decided_on": "2026-11-23"}
    rewrite_case(root, case(level="confidential", withholding=hidden, honours=[honour()]))
    publish(root, LATER)
    assert ID.encode() not in (root / SEEN).read_bytes()


def test_gaps_are_counted_from_end_to_end() -> None:
    def at(hour: int, key: str = "a") -> Observation:
        moment = datetime(2026, 11, 18, hour, tzinfo=SHANGHAI)
        return Observation(
            at=moment.isoformat(), url="", origin="", size=1, root="", id="x", document="", page="", key=key
        )

    start, end = datetime(2026, 11, 18, tzinfo=SHANGHAI), datetime(2026, 11, 19, tzinfo=SHANGHAI)
    found = sightings([at(20), at(3, "b"), at(10)], start, end)
    assert (found.times, found.observers, found.longest_gap) == (3, 2, timedelta(hours=10))
    assert sightings([], start, end).longest_gap == timedelta(hours=24)
    assert sightings([at(3)], start, start + timedelta(hours=3)).times == 0


def test_a_witness_signs_what_continues_and_the_site_shows_it(
    root: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    url = serve(root / "site")
    output = done("log", "cosign", url, "--name", "witness.example/w")
    key = next(line for line in output.splitlines() if line.startswith("witness.example/w+"))
    note = Note.parse(Path("cosigned").read_text(encoding="utf-8"))
    plain = Verifier.parse(key)
    witness = Verifier(plain.name, plain.key, 4)
    assert note.is_signed_by(witness)
    done("log", "add", "cosigned", "--root", str(root))
    assert ledger_of(root).checkpoints[-1].is_signed_by(witness)
    told("PUB069", "log", "add", "cosigned", "--root", str(root))
    done("log", "accept", "seen.jsonl", "--root", str(root))
    with no_posters():
        build(BuildOptions(root=root, out=root / "site", as_of=AS_OF, now=AS_OF, search=False), plain_host)
    page = (root / "site/verify/index.html").read_text(encoding="utf-8").replace("\xa0", " ")
    assert "见证人签名：witness.example/w。" in page and "1 个观察者交来 1 条目击记录" in page
    assert (root / "site/log/checkpoint").read_text(encoding="utf-8") == str(note)
    shutil.copytree(root / "site", tmp_path / "old")
    correct(root)
    done("log", "cosign", url, "--name", "witness.example/w")
    told("PUB061", "log", "cosign", serve(tmp_path / "old"), "--name", "witness.example/w")
    Path("cosigned").write_text("x", encoding="utf-8")
    told("PUB069", "log", "add", "cosigned", "--root", str(root))


OPENSSL = """
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
[ext]
basicConstraints = CA:FALSE
extendedKeyUsage = critical,timeStamping
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[req]
distinguished_name = name
[name]
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A timestamp authority on loopback: its address, and the folder with its certificates."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "openssl.cnf").write_text(OPENSSL, encoding="ascii")
    (folder / "serial").write_text("01\n", encoding="ascii")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes", "-config", "openssl.cnf")
    openssl(
        "req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=ca", "-extensions", "ca"
    )
    openssl("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=tsa")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30")
    openssl(
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        *signed,
        "-extfile",
        "openssl.cnf",
        "-extensions",
        "ext",
        "-out",
        "tsa.pem",
    )

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            openssl("ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query", "-out", "answer")
            self.send_response(200)
            self.end_headers()
            self.wfile.write((folder / "answer").read_bytes())

        def log_message(self, format: str, *args: Any) -> None:
            """A test's output is its own."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", folder
    server.shutdown()
    server.server_close()


def test_a_checkpoint_is_timestamped_and_the_proof_holds_it(
    root: Path, authority: tuple[str, Path], tmp_path: Path
) -> None:
    url, folder = authority
    done("log", "timestamp", "--tsa", url, "--ca", str(folder / "ca.pem"), "--root", str(root))
    (kept,) = (root / FOLDER / "timestamps").iterdir()
    assert kept.name == "00000002-127.0.0.1.tsr"
    done("prove", ID, "--root", str(root), "--as-of", AS_OF.isoformat(), "--out", "proof.zip")
    assert "检查点在" in done("verify", "proof.zip")
    with zipfile.ZipFile("proof.zip") as archive:
        archive.extractall("by-hand")
    by_hand = ["openssl", "ts", "-verify", "-data", "checkpoint.txt", "-in", f"timestamps/{kept.name}"]
    subprocess.run(
        [*by_hand, "-CAfile", str(folder / "ca.pem")], cwd="by-hand", check=True, capture_output=True
    )
    # Of another checkpoint it is no proof.
    correct(root)
    shutil.copy(kept, kept.with_name("00000003-127.0.0.1.tsr"))
    done("prove", ID, "--root", str(root), "--as-of", LATER.isoformat(), "--out", "later.zip")
    told("PUB068", "verify", "later.zip")


def test_an_authority_that_is_not_the_named_one_is_refused(
    root: Path, authority: tuple[str, Path], serve: Callable[[Path], str]
) -> None:
    url = authority[0]
    other = (
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "x.key",
        "-out",
        "x.pem",
        "-subj",
        "/CN=x",
    )
    subprocess.run(["openssl", *other], check=True, capture_output=True)
    told("PUB068", "log", "timestamp", "--tsa", url, "--ca", "x.pem", "--root", str(root))
    told("PUB068", "log", "timestamp", "--tsa", serve(root / "site"), "--root", str(root))
    told("PUB068", "log", "timestamp", "--tsa", "file:///etc/hostname", "--root", str(root))
    assert not (root / FOLDER / "timestamps").exists()
