"""Faults of the machine and of the command line: each is told by its code, and the old site stands."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import Result

from generator.cli import build_commands, check_command
from generator.cli import commands as cli
from generator.cli.entry import main
from generator.pipeline import build as site
from generator.pipeline import case_scan, data_step, failures, scan, stamp, whole_build
from generator.pipeline.destination import AmongSourcesError, NotASiteError, settled_site
from generator.pipeline.scan import Share
from generator.pipeline.site_tree import SiteTree
from generator.system import tree_exchange as swap
from generator.system.store import RECORDS, Store
from generator.system.tree_exchange import exchange, tree_behind
from tests.commands import yiyong
from tests.projects import AS_OF, ROOT, case, write_small_project
from tests.quick_build import build, differing, plain_host, tree, yardstick
from tests.site.build.test_incremental import synthetic_project
from tests.site.build.test_killed import left_in

NOW = ["--as-of", AS_OF.isoformat(), "--jobs", "1"]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthetic_project(tmp_path_factory.mktemp("sound") / "p", 6)


@pytest.fixture(autouse=True)
def quick_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands build without MkDocs."""

    def quick(options: site.BuildOptions) -> site.BuildResult:
        return site.build(replace(options, now=AS_OF, search=False), plain_host)

    monkeypatch.setattr(build_commands, "build_site", quick)


def run(*arguments: str | Path, lang: str = "zh") -> Result:
    return yiyong(*arguments, lang=lang)


def spoken(arguments: list[str], monkeypatch: pytest.MonkeyPatch, lang: str = "zh") -> int:
    """Run the entry point itself; its exit status."""
    monkeypatch.setattr(sys, "argv", ["yiyong", *arguments])
    monkeypatch.setenv("YIYONG_LANG", lang)
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


# --- where a site may go ------------------------------------------------------------------------------


def test_an_output_that_is_a_link_has_its_target_exchanged(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    current = tmp_path / "current"
    current.symlink_to("releases/one")
    for _ in range(2):
        assert run("build", "--root", sound, "--out", current, *NOW).exit_code == 0
        assert current.is_symlink() and (current / "api/v1/notices.json").is_file()
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == [
        ".one.behind",
        ".one.lock",
        ".one.whole",
        "one",
    ]


def test_links_in_a_circle_are_refused(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(NotASiteError):
        settled_site(sound, tmp_path / "a")


@pytest.mark.parametrize(
    "place",
    [
        "registry/new",
        "registry/cases/wuhan",
        "content",
        "generator/x",
        "site_config/theme",
        ".",
        "..",
        ".yiyong/site",
    ],
)
def test_no_output_among_the_sources(place: str, tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()})
    for name in ("generator", ".yiyong"):
        (root / name).mkdir(exist_ok=True)
    before = tree(root)
    for command in ("build", "merge"):
        more = [tmp_path] if command == "merge" else []
        done = run(command, *more, "--root", root, "--out", root / place, *NOW)
        assert done.exit_code == 2 and "BLD010" in done.stderr, done.output
    assert "BLD010" in run("stage", root / place, "--root", root).stderr
    if place not in (".", ".."):  # a sheet of paper may lie beside the sources
        assert "BLD010" in run("poster", "x", "--root", root, "--out", root / place / "x.pdf").stderr
    if not place.startswith(".y"):
        assert "BLD010" in run("build", "--shard", "1/1", "--root", root, "--out", root / place, *NOW).stderr
    assert tree(root) == before


def test_a_link_into_the_sources_is_seen_through(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()})
    (tmp_path / "innocent").symlink_to(root / "registry")
    with pytest.raises(AmongSourcesError):
        settled_site(root, tmp_path / "innocent" / "new")


def test_a_shard_does_not_go_into_a_site(sound: Path, tmp_path: Path) -> None:
    """A shard is private; a site is not."""
    build(sound, tmp_path / "site", AS_OF)
    done = run("build", "--shard", "1/1", "--root", sound, "--out", tmp_path / "site", *NOW)
    assert done.exit_code == 2 and "BLD002" in done.stderr


# --- shards -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["0/0", "0/1", "2/1", "1/99999999999", "1/513", "²/3", "-1/2", "1", "/", "1/2/3", "一/二"]
)
def test_an_absurd_shard_is_refused(text: str, sound: Path) -> None:
    assert Share.parsed(text) is None
    done = run("build", f"--shard={text}", "--root", sound)
    assert done.exit_code == 2 and "BLD011" in done.stderr


def test_the_most_shards_that_have_something_to_do() -> None:
    assert Share.parsed(f"{scan.MOST_CHUNKS}/{scan.MOST_CHUNKS}") == Share(number=512, count=512)


@pytest.mark.parametrize("option", ["--precompress", "--no-cache"])
def test_a_shard_refuses_what_it_would_ignore(option: str, sound: Path) -> None:
    done = run("build", "--shard", "1/2", option, "--root", sound)
    assert done.exit_code == 2 and "BLD012" in done.stderr and option in done.stderr


def test_a_damaged_shard_stops_the_merge(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "shard").mkdir()
    (tmp_path / "shard" / RECORDS).write_bytes(b"damaged")
    done = run("merge", tmp_path / "shard", "--root", sound, "--out", tmp_path / "site", *NOW)
    assert done.exit_code == 1 and "BLD015" in done.stdout and RECORDS in done.stdout
    assert not (tmp_path / "site").exists()


# --- a machine that refuses ---------------------------------------------------------------------------


def no_room(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/somewhere/祁向晨")


def no_room_in_the_database(*_: Any, **__: Any) -> Any:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise full


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (Store, "_write", no_room_in_the_database),
        (stamp, "_files_of", no_room),
        (SiteTree, "made", no_room),
        (data_step, "finish_data", no_room_in_the_database),
        (SiteTree, "settle", no_room),
        (whole_build, "exchange", no_room),
    ],
    ids=lambda item: getattr(item, "__name__", item),
)
@pytest.mark.parametrize("cache", ["--cache", pytest.param("--no-cache", marks=pytest.mark.journey)])
def test_a_full_disk_is_told_and_the_old_site_stands(
    where: Any,
    name: str,
    fault: Callable[..., Any],
    cache: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()})
    out = root / "site"
    out.mkdir()
    (out / "api/v1").mkdir(parents=True)
    (out / "api/v1/notices.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr(where, name, fault)
    done = run("build", "--root", root, cache, *NOW)
    assert done.exit_code == 1 and "BLD013" in done.stdout, done.output
    assert os.strerror(errno.ENOSPC) in done.stdout and "祁向晨" not in done.output
    assert (out / "api/v1/notices.json").read_text(encoding="utf-8") == "old"
    assert left_in(root) == []
    assert list((root / ".yiyong").glob("crash-*")) == []
    monkeypatch.undo()
    build(root, out, AS_OF, cached=cache == "--cache")


def test_no_room_for_a_crash_report_either(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> None:
        raise ValueError("祁向晨")

    monkeypatch.setattr(check_command, "check_project", broken)
    monkeypatch.setattr("generator.diagnostics.crash.keep_crash", no_room)
    assert spoken(["check", "--root", str(ROOT)], monkeypatch) == 1
    out, err = capfd.readouterr()
    assert "BLD006" in err and "祁向晨" not in out + err and "Traceback" not in out + err


def test_an_error_of_ours_is_not_taken_for_the_machines(tmp_path: Path) -> None:
    assert failures.foreseen(FileNotFoundError(errno.ENOENT, "gone"), tmp_path) is None
    assert failures.foreseen(ValueError(errno.ENOSPC), tmp_path) is None


def test_a_worker_that_the_system_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    root = synthetic_project(tmp_path / "p", 12)
    monkeypatch.setattr(scan, "CHUNK", 3)
    monkeypatch.setattr(case_scan, "check_case", ended)
    done = run("check", "--root", root, "--jobs", "2")
    assert done.exit_code == 1 and "BLD014" in done.stdout, done.output


# --- what is said where, and with which status --------------------------------------------------------


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_project(
        tmp_path_factory.mktemp("warned") / "p",
        {"wuhan/2026/a.yml": case(), "wuhan/2026/b.yml": case(case="wh26-0002", level="open")},
    )


def test_findings_are_the_result_and_go_to_standard_output(warned: Path) -> None:
    for command in ("check", "status", "build"):
        done = run(command, "--root", warned, *NOW)
        assert done.exit_code == 1
        assert "错误" in done.stdout and done.stderr == "", command


def test_warnings_leave_the_status_clean(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.diagnostics import Place, diagnose

    build(sound, tmp_path / "site", AS_OF)
    warning = diagnose("PST001", Place(path="x"), terms={"package": "x"})
    assert warning.severity == "warning"
    monkeypatch.setattr(cli, "diagnostics_of", lambda _: (warning,))
    done = run("audit", tmp_path / "site", "--root", sound, *NOW)
    assert done.exit_code == 0 and "PST001" in done.stdout
    assert "PST001" not in done.stderr and done.stderr != "", "how much was read is a notice"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], ["没有 chekc 这个命令", "check"]),
        (["check", "--rot", "x"], ["没有 --rot 这个选项", "--root"]),
        (["status", "extra"], ["多出了", "extra"]),
        (["audit"], ["缺少"]),
        (["build", "--shard"], ["--shard 后面要写一个值"]),
        (["check", "--jobs", "x"], ["--jobs 的值不能用"]),
        (["check", "--as-of", "yesterday"], ["--as-of 的值不能用", "间带时区的时刻"]),
        (["check", "--jobs", "-1"], ["--jobs 的值不能用", "至少是 0"]),
        (["check", "--format", "xml"], ["--format 的值不能用", "text、github、json"]),
        (["certificate-code", "--count", "20000"], ["--count 的值不能用", "至多是 10000"]),
        (["check", "--root", "/nowhere"], ["/nowhere"]),
        (["diff", "/nowhere", "tests"], ["OLD 的值不能用", "/nowhere 不是本程序建成的站点"]),
        (["diff", "tests", "/nowhere"], ["OLD 的值不能用", "tests 不是本程序建成的站点"]),
    ],
)
def test_misuse_is_told_in_chinese_on_standard_error(
    arguments: list[str], said: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert spoken(arguments, monkeypatch) == 2
    out, err = capfd.readouterr()
    assert out == "" and "Traceback" not in err
    for words in said:
        assert words in err


def options_of_paths() -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """(words of the command, parameter, whether a folder is wanted) of every path that any command takes."""
    pending: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(cli.app))]
    while pending:
        name, command = pending.pop()
        pending += [((*name, word), inner) for word, inner in getattr(command, "commands", {}).items()]
        for parameter in () if hasattr(command, "commands") else command.params:
            described = parameter.type_descriptor
            info = described.parameter_info
            if "Path" in str(described.annotation) and info.file_okay != info.dir_okay:
                yield name, parameter.opts[0], info.dir_okay


PATHS = sorted(options_of_paths())


@pytest.mark.parametrize(
    ("command", "parameter", "folder"), PATHS, ids=[f"{' '.join(name)} {of}" for name, of, _ in PATHS]
)
def test_a_file_for_a_folder_is_told_in_chinese_and_of_which_parameter(
    command: tuple[str, ...],
    parameter: str,
    folder: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    bad = tmp_path if not folder else tmp_path / "x"
    if folder:
        bad.write_text("", encoding="utf-8")
    given = [parameter, str(bad)] if parameter.startswith("-") else [str(bad)]
    if parameter == "new":
        given = [str(tmp_path), str(bad)]
    assert spoken([*command, *given], monkeypatch) == 2
    err = capfd.readouterr().err
    named = parameter if parameter.startswith("-") else parameter.upper()
    reason = "是文件，这里要写文件夹" if folder else "是文件夹，这里要写文件"
    assert f"{named} 的值不能用：{bad} {reason}" in err


def test_every_command_that_takes_paths_is_among_them() -> None:
    assert len(PATHS) > 30 and ("merge",) in {name for name, _, _ in PATHS}


def test_misuse_is_told_in_english_when_asked(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert spoken(["chekc"], monkeypatch, "en") == 2
    err = capfd.readouterr().err
    assert err == "There is no command chekc.\nDid you mean check?\nSee yiyong --help\n"


def test_a_reader_that_goes_away_is_no_crash() -> None:
    program = "import sys; from generator.cli.entry import main; sys.argv = ['yiyong', 'certificate-code', '--count', '10000']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_once_the_new_site_stands_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store without room does not turn a published site into a failure."""
    root = synthetic_project(tmp_path / "p", 4)
    build(root, root / "site", AS_OF, cached=True)
    path = next(p for p in sorted((root / "registry").rglob("*.yml")) if "没有犹豫" in p.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("没有犹豫", "毫不犹豫"), encoding="utf-8")
    whole = whole_build.exchange

    def then_full(staging: Path, out: Path) -> None:
        whole(staging, out)
        monkeypatch.setattr(Store, "keep_only", no_room_in_the_database)

    monkeypatch.setattr(whole_build, "exchange", then_full)
    build(root, root / "site", AS_OF, cached=True)
    monkeypatch.undo()
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(root / "site", tmp_path / "clean") == []
    build(root, root / "site", AS_OF, cached=True)
    assert differing(root / "site", tmp_path / "clean") == []


def test_where_the_second_rename_fails_the_old_site_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site[1]"
    out.mkdir()
    (out / "index.html").write_text("old", encoding="utf-8")
    (tmp_path / ".site[1].new-dead").mkdir()
    monkeypatch.setattr(swap, "_exchanged", lambda *_: False)
    whole = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name.endswith(".behind"):
            raise PermissionError(errno.EACCES, "in use")
        return whole(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(PermissionError), tree_behind(out) as tree_of_now:
        exchange(tree_of_now, out)
    assert (out / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site[1].behind", ".site[1].lock", "site[1]"]
