"""测速 (bench): ``make bench``. One run writes the registries, builds them, lets the peers do the same job, and prints
the table that the project holds itself to; JSON and two plots go to ``.bench/``.

Seconds depend on the machine and on what else runs there; ratios within one run do so far less. Everything has the same
number of processors (``--jobs``, ``GOMAXPROCS``, and the processors that the kernel lets any of them have), and what
one process does is compared with one process.

Nothing is left out of what is measured: a cold build is ``yiyong build`` in a project that has never been built, with
its checks, posters, data files, certificates, store and audit; search alone is off, as no peer of it has one. Each
later build is for a later minute, as every real one is. What a build or a peer made is looked at before its time counts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from generator.outputs.search.text_blocks import ON_AVERAGE
from tests.benchmarks.bench_plots import change_plot, cost_plot
from tests.benchmarks.bench_table import markdown
from tests.benchmarks.markdown_site import ENGINES, keep_home, write_markdown
from tests.benchmarks.measure import CommandFailedError, Measured, in_turn, measured, repeated
from tests.benchmarks.synthetic import AS_OF, ROOT, TODAY, write_registry

CHECKED = 10_000
"""Records that ``yiyong check`` reads in one process, at most."""
KEPT = {"bench.md": "measured.md", "cost.svg": "measured-cost.svg", "change.svg": "measured-change.svg"}
"""What a run leaves, and what it is called beside the benchmarks."""
CLOSING = 10
"""Notices that close at midnight."""
_SOURCES = ("registry", "content", "site_config")
_HASHED = 24
"""Certificate codes that are hashed to know what one costs."""
_START = ("-c", "import pydantic, typer, yaml")


class DifferentWorkError(RuntimeError):
    """A build or a peer did not do what it is measured for: its time would mean nothing."""


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description="测速 / benchmarks")
    parser.add_argument("--sizes", default="1000,5000", help="records, smallest first")
    parser.add_argument("--repeat", type=int, default=3, help="runs of what takes seconds")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processors for everything")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench")
    parser.add_argument("--keep", action="store_true", help="keep table and plots in tests/benchmarks")
    given = parser.parse_args()
    sizes = sorted(int(size) for size in given.sizes.split(","))
    folder = given.folder.absolute()
    print(markdown(bench(folder, sizes, repeat=given.repeat, jobs=given.jobs)))
    if given.keep:
        for made, kept in KEPT.items():
            shutil.copy(folder / made, Path(__file__).parent / kept)


def bench(
    folder: Path,
    sizes: list[int],
    *,
    repeat: int,
    jobs: int,
    starts: int = 5,
    project: Path = ROOT,
    sample: Path = ROOT,
) -> dict[str, Any]:
    """Measure everything in ``folder``, which is emptied first; returns, and leaves there, all figures. Registries have
    the law and the settings of ``project``; ``sample`` is built as it is. Starts are short, so they are repeated ``starts`` times at
    least."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    jobs = _confine(jobs)
    report: dict[str, Any] = {"machine": machine(jobs), "as_of": AS_OF, "sizes": {}}
    report["start"] = bench_start(max(repeat, starts))
    report["check"] = bench_check(folder / "check", min(CHECKED, sizes[-1]), repeat, project)
    report["sample"] = bench_sample(folder / "sample", sample)
    for size in sizes:
        root = folder / str(size)
        report["sizes"][str(size)] = bench_size(root, size, repeat, jobs, project)
        if size == sizes[0]:
            report["peers"] = bench_peers(folder, root, repeat, jobs)
        _save(folder, report)
        shutil.rmtree(root)
    report["machine"]["load_after"] = _load()
    _save(folder, report)
    (folder / "bench.md").write_text(f"{markdown(report)}\n", encoding="utf-8")
    (folder / "cost.svg").write_text(cost_plot(report), encoding="utf-8")
    (folder / "change.svg").write_text(change_plot(report), encoding="utf-8")
    return report


def machine(jobs: int) -> dict[str, Any]:
    """What it ran on, and when."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.*)", info.read_text()) if info.exists() else []
    return {
        "on": f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
        "processor": names[0] if names else platform.machine(),
        "jobs": jobs,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "hugo": _version("hugo", "version"),
        "grep": _version("grep", "--version"),
        "ripgrep": _version("rg", "--version"),
        "load_before": _load(),
    }


def bench_start(repeat: int) -> dict[str, Any]:
    """The command's help beside what any command of this kind imports."""
    _say("start")
    helped, imported = in_turn(
        lambda: _run([sys.executable, "-m", "generator", "--help"]),
        lambda: _run([sys.executable, *_START]),
        repeat,
    )
    return {"help": helped.figures(), "imports": imported.figures()}


def bench_check(root: Path, size: int, repeat: int, project: Path) -> dict[str, Any]:
    """Checks beside bare parsing, both in one process."""
    _say(f"check of {size}, one process")
    write_registry(root, size, project=project)
    checked, parsed = in_turn(
        lambda: _run(_yiyong("check", root, "--jobs", "1", "--format", "json")),
        lambda: _run(_module("floors", "parse", root)),
        repeat,
    )
    shutil.rmtree(root)
    return {"records": size, "check": checked.figures(), "parse": parsed.figures()}


def bench_sample(folder: Path, sample: Path) -> dict[str, Any]:
    """The sample site with its search, from nothing, beside a bare MkDocs of as many pages, and Zensical; all in one
    process. What the two need to start is told by a site of one page."""
    _say("sample site")
    root = folder / "project"
    for name in _SOURCES:
        shutil.copytree(sample / name, root / name)
    shutil.copy(sample / "mkdocs.yml", root)
    run = _run(_yiyong("build", root, "--jobs", "1", "--format", "json"))
    pages = sum(1 for _ in (root / "site").rglob("*.html"))
    codes = _certificates(root)
    hashing = _hashing(codes, 1)
    _run(_yiyong("stage", root, folder / "staged"))
    write_markdown(folder / "staged", folder / "bare", pages)
    engines: dict[str, dict[str, float]] = {}
    for name in ENGINES:
        try:
            engines[name] = _engine(name, folder / "bare", pages).figures()
        except CommandFailedError as error:
            _say(f"{name}: {error}")
    keep_home(folder / "bare")
    for name, figures in engines.items():
        figures["start_cpu"] = _engine(name, folder / "bare", 1).cpu
    shutil.rmtree(folder)
    return {
        "pages": pages,
        "cold": run.figures() | _summary(run),
        "certificates": codes,
        "hashing_cpu": hashing,
    } | engines


def bench_size(root: Path, size: int, repeat: int, jobs: int, project: Path = ROOT) -> dict[str, Any]:
    """One registry: built from nothing; then, always at a later minute, with nothing changed, with one record changed,
    and past a midnight at which ten notices close."""
    _say(f"{size} records: writing them")
    closing = min(CLOSING, size // 4)
    written = write_registry(root, size, closing=closing, project=project)
    minute = itertools.count()
    start = datetime.fromisoformat(AS_OF)
    midnight = datetime.combine(TODAY + timedelta(days=1), datetime.min.time(), start.tzinfo)

    def build(said: str, as_of: datetime | None = None) -> Measured:
        moment = as_of or start + timedelta(minutes=next(minute))
        _say(f"{size} records: {said}")
        options = ("--no-search", "--jobs", str(jobs), "--format", "json")
        return _run(_yiyong("build", root, *options, as_of=moment))

    def begin() -> Measured:
        # One that was built is made new: the tree that is shown, the one behind, and the store go.
        for path in root.iterdir():
            if path.is_dir() and path.name not in _SOURCES:
                shutil.rmtree(path)
        return build("cold")

    cold = repeated(begin, repeat)
    _hold(_summary(cold)["notices"] > 0, f"{size}: no notice was built")
    site_bytes, site_files = _tree_size(root / "site")
    largest = max((path for path in (root / "site").rglob("*") if path.is_file()), key=_size)
    codes = _certificates(root)
    second = build("the other tree")
    unchanged = repeated(lambda: build("nothing changed"), repeat)
    changes = _changes(root)

    def change() -> Measured:
        page = next(changes)
        run = build("one record changed")
        _hold("毫不犹豫" in page.read_text(encoding="utf-8"), f"{page} has not changed")
        return run

    changed = repeated(change, repeat)
    notices = _closing_notices(root)

    build("the evening before", midnight - timedelta(minutes=2))
    _hold(_states(root, notices) == {"open"}, "a notice closed before its time")
    # Once: of a second time the tree behind would have the lists of the next day.
    closed = build(f"{closing} notices close", midnight + timedelta(minutes=1))
    _hold(_states(root, notices) == {"awaiting"}, "a notice is open after its last moment")
    return {
        "record_bytes": written,
        "site_bytes": site_bytes,
        "site_files": site_files,
        "site_folders": sum(1 for path in (root / "site").rglob("*") if path.is_dir()),
        "largest_file": largest.relative_to(root / "site").as_posix(),
        "largest_file_bytes": _size(largest),
        "search_blocks": sum(_summary(cold)[kind] for kind in ("notices", "honours")) / ON_AVERAGE,
        "store_bytes": _tree_size(root / ".yiyong")[0],
        "closing": len(notices),
        "certificates": codes,
        "hashing_cpu": _hashing(codes, jobs),
        "cold": cold.figures() | _summary(cold),
        "second_tree": second.figures() | _summary(second),
        "unchanged": unchanged.figures() | _summary(unchanged),
        "one_changed": changed.figures() | _summary(changed),
        "closed": closed.figures() | _summary(closed),
    }


def bench_peers(folder: Path, root: Path, repeat: int, jobs: int) -> dict[str, Any]:
    """What others need for the registry ``root``, whose site has been built, and what nobody can go below."""
    found: dict[str, Any] = {"html": sum(1 for _ in (root / "site").rglob("*.html"))}
    found |= _searched(folder, root, repeat, jobs)
    for floor in ("parse", "read", "write"):
        _say(f"floor: {floor}")
        found[floor] = repeated(partial(_floor, floor, root, jobs), repeat).figures()
    shutil.rmtree(root / "written")
    if shutil.which("hugo") is None:
        _say("no hugo: apt-get install hugo")
    else:
        found["hugo"] = bench_hugo(folder / "hugo", root, repeat, jobs)
    return found


def bench_hugo(folder: Path, root: Path, repeat: int, jobs: int) -> dict[str, Any]:
    """Hugo from the same YAML, for the same instant."""
    _say("hugo: its project")
    pages = int(_run(_module("fair_hugo", root, folder)).output)
    moment = _moment_of(root / "site")

    def build() -> Measured:
        _say("hugo")
        for output in ("public", "resources"):
            shutil.rmtree(folder / output, ignore_errors=True)
        environment = {
            "GOMAXPROCS": str(jobs),
            "HUGO_PARAMS_MOMENT": moment,
            "HUGO_NUMWORKERMULTIPLIER": str(jobs),
        }
        return measured(["hugo", "--quiet"], folder, environment)

    run = repeated(build, repeat)
    size, files = _tree_size(folder / "public")
    html = sum(1 for _ in (folder / "public").rglob("*.html"))
    records = sum(
        1
        for section in ("notices", "honours")
        for path in (folder / "public" / section).glob("*-*/index.html")
    )
    _hold(records == pages, f"hugo: {records} of {pages} pages")
    shutil.rmtree(folder)
    return run.figures() | {"records": pages, "html": html, "files": files, "bytes": size}


def _searched(folder: Path, root: Path, repeat: int, jobs: int) -> dict[str, Any]:
    """grep and ripgrep with the withheld words over the whole site. grep has one thread: as many of it run side by side
    as everything else has processors, each over everything, and the share of one counts."""
    site, words = root / "site", folder / "words"
    count = int(_run(_module("withheld_list", root, _moment_of(site), words, jobs)).output)
    given = f"-f {shlex.quote(str(words))} {shlex.quote(str(site))}"
    # grep would stop at the first word found if nobody read what it says.
    commands = {
        "grep": f"grep -rlF {given} | wc -l & " * jobs + "wait",
        "ripgrep": f"rg --threads {jobs} -l -F --text --no-ignore --hidden {given} | wc -l",
    }
    found: dict[str, Any] = {"words": count}
    for name, command in commands.items():
        if not _version("rg" if name == "ripgrep" else name, "--version"):
            _say(f"no {name}")
            continue
        _say(name)
        run = repeated(partial(measured, ["sh", "-c", command], folder, {"LC_ALL": "C"}), repeat)
        found[name] = run.figures() | {"cpu": run.cpu / (jobs if name == "grep" else 1)}
    words.unlink()
    return found


def _moment_of(site: Path) -> str:
    """The instant for which ``site`` was built."""
    status = json.loads((site / "api" / "v1" / "status.json").read_text(encoding="utf-8"))
    return str(status["as_of"])


def _engine(name: str, folder: Path, pages: int) -> Measured:
    """A clean build of a Markdown site of ``pages`` pages."""
    for output in ("site", ".cache"):
        shutil.rmtree(folder / output, ignore_errors=True)
    _say(f"{name}: {pages} pages")
    run = measured([sys.executable, *ENGINES[name]], folder, {"NO_MKDOCS_2_WARNING": "1"})
    built = sum(1 for _ in (folder / "site").rglob("index.html"))
    _hold(built == pages, f"{name}: {built} of {pages} pages")
    return run


def _floor(floor: str, root: Path, jobs: int) -> Measured:
    shutil.rmtree(root / "written", ignore_errors=True)
    return _run(_module("floors", floor, root, "--jobs", jobs))


def _hashing(codes: int, jobs: int) -> float:
    """Processor seconds that ``codes`` certificate codes take, measured on few of them."""
    if not codes:
        return 0.0
    few = min(codes, _HASHED)
    none, some = (_run(_module("floors", "hash", count, "--jobs", jobs)).cpu for count in (0, few))
    return round((some - none) / few * codes, 3)


def _certificates(root: Path) -> int:
    """Honours of the built site that can be checked by a code."""
    documents = (root / "site" / "api" / "v1" / "honours").glob("*-*.json")
    return sum('"certificate_check":null' not in path.read_text(encoding="utf-8") for path in documents)


def _changes(root: Path) -> Iterator[Path]:
    """Change another word in the public narrative of another record each time; yields the page that must show it."""
    for path in sorted((root / "registry").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        found = re.search(r"^notice:\n  id: (\S+)$", text, re.MULTILINE)
        page = found and root / "site" / "notices" / found[1] / "index.html"
        if page and page.is_file() and "没有犹豫" in text and "没有犹豫" in page.read_text(encoding="utf-8"):
            path.write_text(text.replace("没有犹豫", "毫不犹豫", 1), encoding="utf-8")
            yield page


def _closing_notices(root: Path) -> list[str]:
    """Ids of the notices whose last day is :data:`TODAY`."""
    return [
        re.findall(r"^notice:\n  id: (\S+)$", text, re.MULTILINE)[0]
        for path in sorted((root / "registry" / "cases").rglob("*.yml"))
        if f"closes_on: {TODAY}\n" in (text := path.read_text(encoding="utf-8"))
    ]


def _states(root: Path, notices: list[str]) -> set[str]:
    return {
        json.loads((root / "site" / "api" / "v1" / "notices" / f"{name}.json").read_text(encoding="utf-8"))[
            "status"
        ]
        for name in notices
    }


def _yiyong(command: str, root: Path, *options: object, as_of: datetime | None = None) -> list[str]:
    moment = (as_of or datetime.fromisoformat(AS_OF)).isoformat(timespec="minutes")
    whole = (command, "--root", root, "--as-of", moment, *options)
    return [sys.executable, "-m", "generator", *map(str, whole)]


def _module(name: str, *options: object) -> list[str]:
    return [sys.executable, "-m", f"tests.benchmarks.{name}", *map(str, options)]


def _run(command: list[str]) -> Measured:
    return measured(command, ROOT)


def _summary(run: Measured) -> dict[str, Any]:
    """What ``yiyong build --format json`` said."""
    said: dict[str, Any] = json.loads(run.output.strip().splitlines()[-1])
    return {key: said[key] for key in ("notices", "honours", "pages", "files", "linked", "phases")}


def _hold(holds: bool, otherwise: str) -> None:
    if not holds:
        raise DifferentWorkError(otherwise)


def _confine(jobs: int) -> int:
    """Let this process and all it starts have ``jobs`` processors; returns how many there are."""
    if not hasattr(os, "sched_setaffinity"):
        return jobs
    allowed = sorted(os.sched_getaffinity(0))[:jobs]
    os.sched_setaffinity(0, allowed)
    return len(allowed)


def _version(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return ""
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()[0]


def _load() -> float:
    return round(os.getloadavg()[0], 2)


def _size(path: Path) -> int:
    return path.stat().st_size


def _tree_size(folder: Path) -> tuple[int, int]:
    """Bytes and files below ``folder``."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def _save(folder: Path, report: dict[str, Any]) -> None:
    """Keep what there is, should a later step fail."""
    (folder / "bench.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def _say(text: str) -> None:
    """Progress, on the error stream."""
    print(f"{datetime.now().astimezone():%H:%M:%S} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
