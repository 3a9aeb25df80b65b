"""公布登记的命令: publish, status, log, prove and verify, as staff use them."""

from __future__ import annotations

import errno
import io
import json
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import Result

from generator.outputs.poster.poster_fonts import FontPlaces, find_fonts
from generator.publication_log.publication_ledger import FOLDER, append_lines
from tests import tampers as t
from tests.commands import yiyong
from tests.log_projects import (
    codes,
    commands_by_hand,
    counted_salts,
    ledger_of,
    project,
    rewrite_case,
    run_by_hand,
)
from tests.projects import WITHHOLDING, case, honour
from tests.quick_build import no_posters, plain_host
from tests.tagged_pdf import tagged

PASSPHRASE = "四个不相干的词连在一起便是口令"
NOW = "2026-11-22T09:00+08:00"
LATER = "2026-11-23T09:00+08:00"
AFTER = "2026-11-29T09:00+08:00"


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "generator.pipeline.mkdocs_adapter.build_with_mkdocs",
            lambda prepared, staging, config: plain_host(prepared, staging),
        )
        # A page takes longer to typeset than all else here.
        patch.setattr("generator.cli.log_commands.PLACES", FontPlaces(system=False))
        patch.setenv("YIYONG_LOG_PASSPHRASE", PASSPHRASE)
        yield


def run(*arguments: str, input: str | None = None, lang: str = "zh") -> Result:
    with no_posters():
        return yiyong(*arguments, asked=input, lang=lang)


def published(root: Path, as_of: str = NOW, *more: str) -> str:
    result = run(
        "publish", "--root", str(root), "--as-of", as_of, "--yes", "--no-search", "--jobs", "1", *more
    )
    assert result.exit_code == 0, result.output
    return result.output


def told(code: str, *arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 1 and code in result.output, result.output
    return result.output


def changed(**changes: Any) -> dict[str, Any]:
    return case(**{"honours": [honour()], **changes})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project(tmp_path_factory.mktemp("signed") / "project")
    result = run("log", "init", "--root", str(root), "--as-of", NOW)
    assert result.exit_code == 0, result.output
    published(root)
    return root


@pytest.fixture
def signed(signed_once: Path, tmp_path: Path) -> Path:
    """A project with a key that was published once."""
    return Path(shutil.copytree(signed_once, tmp_path / "project"))


def test_publish_shows_asks_and_does_nothing_without_a_yes(root: Path) -> None:
    common = ("publish", "--root", str(root), "--as-of", NOW, "--no-search", "--jobs", "1")
    refused = run(*common, input="n\n")
    assert refused.exit_code == 1 and not (root / "site").exists() and not ledger_of(root)
    assert "wuhan-2026-0001" in refused.output and "2 个事件" in refused.output
    agreed = run(*common, input="y\n")
    assert agreed.exit_code == 0 and (root / "site/log/checkpoint").is_file()
    assert ledger_of(root).size == 2
    # What the public sees change comes first, from the second time on.
    rewrite_case(root, changed(notice={"corrections": [{"corrected_on": "2026-11-22", "what": "改正"}]}))
    again = run(*common, input="n\n", lang="en")
    assert "correction 1 (corrected on 2026-11-22; what 改正)" in again.output and "amended" in again.output
    assert "更正1（更正日期 2026-11-22；更正事项 改正）" in run(*common, input="n\n").output
    assert ledger_of(root).size == 2


def test_publish_says_so_when_there_is_nothing_to_log(root: Path) -> None:
    published(root)
    again = run("publish", "--root", str(root), "--as-of", NOW, "--no-search", "--jobs", "1", input="y\n")
    assert (
        again.exit_code == 0 and "公众看到的没有变化" in again.output and "没有要登记的事件" in again.output
    )
    assert ledger_of(root).size == 2


def test_a_machine_is_not_asked(root: Path) -> None:
    refused = run("publish", "--root", str(root), "--as-of", NOW, "--format", "json")
    assert refused.exit_code == 2 and not (root / "site").exists()


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def versioned(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project in a repository of its own, whatever this machine has set up for git."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    git(root, "init", "--quiet")
    git(root, "config", "user.name", "承办人")
    git(root, "config", "user.email", "clerk@yiyong.example")
    (root / ".gitignore").write_text("site\n.yiyong\n.site.lock\n", encoding="utf-8")
    return root


def test_what_was_published_is_committed_if_asked(versioned: Path) -> None:
    (versioned / "notes.txt").write_text("not of the site", encoding="utf-8")
    assert "已提交" in published(versioned, NOW, "--commit")
    message = git(versioned, "log", "-1", "--format=%B")
    assert message.startswith("公布 2 个事件\n") and "首次公布  wuhan-2026-0001" in message
    kept = git(versioned, "ls-files").splitlines()
    assert f"{FOLDER}/2026.jsonl" in kept and not [name for name in kept if name.startswith("site/")]
    assert git(versioned, "status", "--porcelain").splitlines() == ["?? .gitignore", "?? notes.txt"]
    assert "没有要提交的改动" in published(versioned, NOW, "--commit")


def test_nothing_is_published_where_nothing_can_be_committed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    common = (
        "publish",
        "--root",
        str(root),
        "--as-of",
        NOW,
        "--yes",
        "--no-search",
        "--jobs",
        "1",
        "--commit",
    )
    told("PUB024", *common)
    monkeypatch.setenv("PATH", str(root))
    told("PUB024", *common)
    assert not (root / "site").exists() and not ledger_of(root)


def test_a_commit_that_git_refuses_takes_nothing_back(versioned: Path) -> None:
    hook = versioned / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    output = told(
        "PUB025", "publish", "--root", str(versioned), "--as-of", NOW, "--yes", "--no-search", "--jobs", "1",
        "--commit",
    )  # fmt: skip
    assert "没有公布" not in output and "公众看到的是新页面" in output and "钩子不接受" in output
    assert (versioned / "site/log/checkpoint").is_file() and ledger_of(versioned).size == 2


def test_a_site_that_cannot_be_exchanged_is_not_told_as_if_nothing_was_logged(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(root)
    before = (root / "site/log/checkpoint").read_bytes()
    rewrite_case(root, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))
    arguments = ("publish", "--root", str(root), "--as-of", LATER, "--yes", "--no-search", "--jobs", "1")
    with monkeypatch.context() as full:

        def exchange(tree: Path, out: Path) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        full.setattr("generator.pipeline.whole_build.exchange", exchange)
        result = run(*arguments)
    assert result.exit_code == 1 and "台账已登记这次公布" in result.output and "旧页面" in result.output
    assert (root / "site/log/checkpoint").read_bytes() == before and ledger_of(root).size > 2
    published(root, LATER)
    assert (root / "site/log/checkpoint").read_bytes() != before


def test_status_says_what_is_published_and_what_waits(root: Path) -> None:
    arguments = ("status", "--root", str(root), "--as-of", LATER, "--jobs", "1")
    assert "还没有登记过公布" in run(*arguments).output
    published(root)
    rewrite_case(root, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))
    assert "内容有变  wuhan-2026-0001" in run(*arguments).output
    report = json.loads(run(*arguments, "--format", "json").output)["publications"]
    assert report["published"] == ["wuhan-2026-0001", "wuhan-2026-h0001"]
    assert report["waiting"] == [{"id": "wuhan-2026-0001", "event": "amended"}]


def test_a_build_writes_out_what_the_ledger_holds(root: Path, tmp_path: Path) -> None:
    published(root)
    first = {path: path.read_bytes() for path in (root / "site/log").rglob("*") if path.is_file()}
    result = run("build", "--root", str(root), "--as-of", NOW, "--no-search", "--jobs", "1")
    assert result.exit_code == 0
    assert first == {path: path.read_bytes() for path in (root / "site/log").rglob("*") if path.is_file()}
    assert ledger_of(root).size == 2


def test_the_clock_cannot_go_back(root: Path) -> None:
    published(root, LATER)
    rewrite_case(root, changed(outcome={"kind": "withdrawn", "decided_on": "2026-11-22"}))
    told("PUB020", "publish", "--root", str(root), "--as-of", NOW, "--yes", "--no-search", "--jobs", "1")


def test_whoever_comes_second_is_told_and_publishes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(root)
    rewrite_case(root, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))

    def meanwhile(*asked: object) -> bool:
        ledger = ledger_of(root)
        event = ledger.lines[0].event
        assert event is not None
        longer, added = ledger.extended([event], counted_salts(70))
        append_lines(root, added, longer.checkpoint("yiyong.example/log"))
        return True

    monkeypatch.setattr("generator.cli.log_commands._confirmed", meanwhile)
    told("PUB023", "publish", "--root", str(root), "--as-of", LATER, "--yes", "--no-search", "--jobs", "1")
    assert ledger_of(root).size == 3


def test_what_stood_before_the_log_is_entered_once(root: Path) -> None:
    arguments = ("log", "import", "--root", str(root), "--as-of", NOW, "--jobs", "1")
    assert run(*arguments, input="n\n").exit_code == 1 and not ledger_of(root)
    assert run(*arguments, "--yes").exit_code == 0
    assert ledger_of(root).size == 2 and codes(root) == []
    told("PUB021", *arguments, "--yes")


def test_the_key_is_its_owners_alone_and_out_of_sight(root: Path) -> None:
    path = root / ".yiyong/keys/log.pem"
    output = run("log", "init", "--root", str(root), "--as-of", NOW).output
    assert "yiyong.example/log+" in output and PASSPHRASE not in output
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in path.read_bytes()
    told("PUB033", "log", "init", "--root", str(root), "--as-of", NOW)
    for folder in ("registry", "site", "content"):
        told("PUB032", "log", "init", "--root", str(root), "--key", str(root / folder / "k.pem"))


def test_a_short_passphrase_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIYONG_LOG_PASSPHRASE", "短口令")
    told("PUB031", "log", "init", "--root", str(root), "--as-of", NOW)
    assert not (root / ".yiyong/keys/log.pem").exists()


def test_a_signed_log_is_published_with_its_key_or_not_at_all(
    signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite_case(signed, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))
    common = ("publish", "--root", str(signed), "--as-of", LATER, "--yes", "--no-search", "--jobs", "1")
    before = (signed / "site/log/checkpoint").read_bytes()
    told("PUB030", *common, "--key", str(signed / "nowhere.pem"))
    monkeypatch.setenv("YIYONG_LOG_PASSPHRASE", "别的口令别的口令别的口令")
    told("PUB034", *common)
    assert (signed / "site/log/checkpoint").read_bytes() == before
    assert ledger_of(signed).size == 3


def test_another_key_does_not_sign(signed: Path, tmp_path: Path) -> None:
    other = project(tmp_path / "other")
    run("log", "init", "--root", str(other), "--as-of", NOW)
    rewrite_case(signed, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))
    told(
        "PUB033", "publish", "--root", str(signed), "--as-of", LATER, "--yes", "--no-search", "--jobs", "1",
        "--key", str(other / ".yiyong/keys/log.pem"),
    )  # fmt: skip


def test_the_offices_device_signs_beside_the_key(root: Path) -> None:
    device = "sh -c 'cat >/dev/null; printf seal'"
    run("log", "init", "--root", str(root), "--as-of", NOW, "--device", device)
    published(root, NOW, "--device", device)
    lines = (root / "site/log/checkpoint").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6 and lines[5].startswith("\u2014 yiyong.example/log/device ")
    rewrite_case(root, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))
    common = ("publish", "--root", str(root), "--as-of", LATER, "--yes", "--no-search", "--jobs", "1")
    for broken in ("false", "true", "/nowhere"):
        told("PUB035", *common, "--device", broken)


def proved(root: Path, out: Path, record: str = "wuhan-2026-0001", as_of: str = NOW) -> Path:
    result = run("prove", record, "--root", str(root), "--as-of", as_of, "--out", str(out))
    assert result.exit_code == 0, result.output
    return out


def test_three_steps_are_proved_offline_and_by_hand(signed: Path, tmp_path: Path) -> None:
    corrections = [{"corrected_on": "2026-11-23", "what": "改正"}]
    rewrite_case(signed, changed(notice={"corrections": corrections}))
    published(signed, LATER)
    decided = {"kind": "confirmed", "decided_on": "2026-11-28"}
    rewrite_case(signed, changed(notice={"corrections": corrections}, outcome=decided))
    published(signed, AFTER)
    file = proved(signed, tmp_path / "proof.zip", as_of=AFTER)
    shutil.move(signed, tmp_path / "elsewhere")
    result = run("verify", str(file))
    assert result.exit_code == 0 and "3 个事件都登记在日志" in result.output, result.output
    folder = tmp_path / "by-hand"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    readme = (folder / "说明.txt").read_text(encoding="utf-8")
    assert "1. 2026年11月22日 09:00  首次登记，截止日 2026-11-26" in readme
    assert "第 2 次登记：2026-11-2" in result.output and "/notices/wuhan-2026-0001/" in result.output
    steps = commands_by_hand(readme)
    last = json.loads((folder / "events/3.json").read_text(encoding="utf-8"))
    assert run_by_hand(steps["第一步"], folder) == [last["document"]]
    stated = (folder / "checkpoint.txt").read_text(encoding="utf-8").splitlines()[2]
    for number in (1, 2, 3):
        script = steps["第二步"].replace("n=1", f"n={number}")
        assert run_by_hand(script, folder) == [stated]
    assert "Verified Successfully" in run_by_hand(steps["第三步"], folder)[0]
    # The same commands tell when something was changed.
    event = folder / "events/2.json"
    event.write_bytes(event.read_bytes().replace(b"2026-11-26", b"2026-11-27"))
    assert run_by_hand(steps["第二步"].replace("n=1", "n=2"), folder) != [stated]


def test_a_proof_is_made_of_what_was_logged_alone(signed: Path, tmp_path: Path) -> None:
    told("PUB040", "prove", "wuhan-2026-0009", "--root", str(signed), "--as-of", NOW)
    rewrite_case(signed, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))
    told("PUB041", "prove", "wuhan-2026-0001", "--root", str(signed), "--as-of", LATER)


def test_the_same_proof_is_the_same_file(signed: Path, tmp_path: Path) -> None:
    one, other = proved(signed, tmp_path / "1.zip"), proved(signed, tmp_path / "2.zip")
    assert one.read_bytes() == other.read_bytes()


def test_a_page_for_people_goes_with_the_proof(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_fonts(FontPlaces()) is None:
        pytest.skip("no Chinese font is installed: apt-get install fonts-noto-cjk")
    monkeypatch.setattr("generator.cli.log_commands.PLACES", FontPlaces())
    page = proved(signed, tmp_path / "1.zip").with_suffix(".pdf")
    text = "".join(sheet.extract_text() for sheet in PdfReader(page).pages).replace("\n", "")
    last = ledger_of(signed).last_states()["wuhan-2026-0001"]
    assert last.state.document in text and str(ledger_of(signed).key) in text
    assert "它不说明网页一直开着" in text and "没有观察者" in text and "1.zip" in text
    assert len(PdfReader(page).pages) == 1
    told = tagged(page)
    assert told.headings == (1,) and told.names.count("P") > 10
    before = page.read_bytes()
    proved(signed, tmp_path / "1.zip")
    assert page.read_bytes() == before


def test_a_log_without_a_key_works_and_says_so(root: Path, tmp_path: Path) -> None:
    published(root)
    file = proved(root, tmp_path / "proof.zip")
    result = run("verify", str(file))
    assert result.exit_code == 0 and "PUB057" in result.output and "都登记在日志" in result.output
    with zipfile.ZipFile(file) as archive:
        assert "没有签名" in archive.read("说明.txt").decode()


def test_a_new_key_is_handed_over_by_the_old(signed: Path, tmp_path: Path) -> None:
    old = str(ledger_of(signed).key)
    early = proved(signed, tmp_path / "early.zip")
    result = run("log", "rotate", "--root", str(signed), "--as-of", LATER)
    assert result.exit_code == 0, result.output
    new = str(ledger_of(signed).key)
    assert old != new and new in result.output
    rewrite_case(signed, changed(notice={"corrections": [{"corrected_on": "2026-11-23", "what": "改正"}]}))
    published(signed, LATER)
    late = proved(signed, tmp_path / "late.zip", as_of=LATER)
    assert run("verify", str(early), "--key", old).exit_code == 0
    assert run("verify", str(late), "--key", new).exit_code == 0
    told("PUB059", "verify", str(late), "--key", old)


def test_the_proof_of_the_site_is_checked_too(
    signed: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    url = serve(signed / "site")
    file = proved(signed, tmp_path / "proof.zip")
    result = run("verify", str(file), "--site", url)
    assert result.exit_code == 0 and "是文件里那个检查点（3 个事件）的延续" in result.output, result.output
    served = run(
        "verify", str(signed / "site/notices/wuhan-2026-0001/proof"), "--key", str(ledger_of(signed).key)
    )
    assert served.exit_code == 0, served.output
    told("PUB066", "verify", str(file), "--site", f"{url}nowhere/")


def test_what_is_no_proof_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("proof.json", "{}")
    proof = t.bundle_of(t.logged(t.events_of(t.STEPS))).proof.written()
    odd = (proof.replace(b"2026-11-26", b"2026-13-26"), proof.replace(b"+08:00", b""))
    for data in (b"", b"{}", b"PK", b"[" * 5000, archive.getvalue(), *odd):
        path.write_bytes(data)
        told("PUB050", "verify", str(path))
    told("PUB050", "verify", str(tmp_path / "missing.zip"))


def branch(root: Path, folder: Path, number: str, **changes: Any) -> Path:
    """A copy of the project in which another case was published."""
    shutil.copytree(root, folder)
    tree = changed(case=f"wh26-{number}", notice={"id": f"wuhan-2026-{number}"}, honours=None, **changes)
    rewrite_case(folder, tree, f"wuhan/2026/wh26-{number}.yml")
    published(folder, LATER)
    return folder


def merged(one: Path, other: Path) -> None:
    """What a merge of two branches leaves: both cases, and the lines of both in conflict."""
    for path in (other / "registry/cases").rglob("*.yml"):
        target = one / path.relative_to(other)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for path in (other / FOLDER).glob("*.jsonl"):
        ours = (one / FOLDER / path.name).read_bytes().splitlines(keepends=True)
        theirs = path.read_bytes().splitlines(keepends=True)
        same = [line for line in ours if line in theirs]
        conflict = [
            b"<<<<<<< HEAD\n",
            *ours[len(same) :],
            b"=======\n",
            *theirs[len(same) :],
            b">>>>>>> other\n",
        ]
        (one / FOLDER / path.name).write_bytes(b"".join([*same, *conflict]))


def test_two_branches_are_told_and_mended(signed: Path, tmp_path: Path) -> None:
    one = branch(signed, tmp_path / "one", "0002")
    other = branch(signed, tmp_path / "other", "0003")
    # The other branch went further, so it is the one that goes on.
    rewrite_case(
        other, changed(honours=[honour(corrections=[{"corrected_on": "2026-11-23", "what": "改正"}])])
    )
    published(other, LATER)
    merged(one, other)
    assert set(codes(one)) == {"PUB003"}
    result = run("log", "mend", "--root", str(one))
    assert result.exit_code == 0 and "另一支的 1 个接在后面" in result.output, result.output
    assert "已经作废" in result.output
    assert codes(one) == []
    ledger = ledger_of(one)
    assert set(ledger.last_states()) == {
        "wuhan-2026-0001", "wuhan-2026-0002", "wuhan-2026-0003", "wuhan-2026-h0001",
    }  # fmt: skip
    assert ledger.key is not None and ledger.checkpoints[-1].is_signed_by(ledger.key)
    assert ledger.checkpoints[:-1] == ledger_of(other).checkpoints
    published(one, LATER)


def test_a_half_finished_publication_is_finished_by_mend(signed: Path) -> None:
    path = signed / FOLDER / "checkpoints.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert codes(signed) == ["PUB007"]
    assert run("log", "mend", "--root", str(signed)).exit_code == 0
    assert codes(signed) == []


def test_what_is_missing_cannot_be_made_up(signed: Path) -> None:
    path = signed / FOLDER / "2026.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    output = told("PUB022", "log", "mend", "--root", str(signed))
    assert "PUB002" in output
    assert path.read_bytes() == lines[0] + lines[2]


def test_what_is_withheld_leaves_a_hash_alone(signed: Path, tmp_path: Path) -> None:
    early = proved(signed, tmp_path / "early.zip", "wuhan-2026-h0001")
    entry = (signed / "site/log/tile/entries/000.p/3").read_bytes()
    hidden = {**WITHHOLDING, "decided_on": "2026-11-23"}
    rewrite_case(signed, changed(level="confidential", withholding=hidden))
    other = changed(case="wh26-0002", notice={"id": "wuhan-2026-0002"}, honours=None)
    rewrite_case(signed, other, "wuhan/2026/wh26-0002.yml")
    # A build before the publication tells nothing of it either.
    built = run("build", "--root", str(signed), "--as-of", LATER, "--no-search", "--jobs", "1")
    assert built.exit_code == 0, built.output
    assert not list((signed / "site").rglob("wuhan-2026-0001*"))
    output = published(signed, LATER)
    assert "将忘记    2 个事件" in output
    site = signed / "site"
    assert (site / "log/tile/entries/000.p/4").read_bytes()[: len(entry)] == entry
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix in ("", ".json", ".jsonl")]
    assert not [path for path in files if b"wuhan-2026-0001" in path.read_bytes()]
    assert (site / "notices/wuhan-2026-0002/proof").is_file()
    for path in (signed / FOLDER).glob("2026*"):
        assert b"wuhan-2026-0001" not in path.read_bytes() and b"h0001" not in path.read_bytes()
    assert len((signed / FOLDER / "2026.salts.jsonl").read_bytes().splitlines()) == 2
    assert codes(signed) == []
    assert run("verify", str(early)).exit_code == 0
    assert run("verify", str(proved(signed, tmp_path / "2.zip", "wuhan-2026-0002", LATER))).exit_code == 0
