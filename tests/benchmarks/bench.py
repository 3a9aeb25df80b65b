"""测速 (bench): ``make bench``. One run writes the registries, builds them, lets the peers build the same
pages, and prints the table of ratios; JSON and a plot go to ``.bench/``.

Seconds depend on the machine and on what else runs there; ratios within one run do so far less. Both the
clock's and the processors' are given: on a busy machine the latter are the ones to read.

Nothing is left out of what is measured: a cold build is ``yiyong build`` without a cache, as it stands,
with its checks, posters, data files and audit; only search is off, as no peer has one. What each peer
builds is compared with our own pages before its time counts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import CommandFailedError, Measured, measured, same_pages, typical
from tests.benchmarks.plot import cost_plot
from tests.benchmarks.synthetic import AS_OF, ROOT, write_registry

MKDOCS_PAGES = 2_000
"""Pages given to MkDocs and Zensical. Their time for more is taken to grow in proportion, without the time
they need for a single page; it really grows faster, so this flatters them."""
STAGED_RECORDS = 2_000
"""Records of the build in one process that tells the stages apart."""
WRITING = ("host", "stamp", "posters", "data")
"""Phases of a build that write the site, to compare the audit with."""


class DifferentPagesError(RuntimeError):
    """A peer did not build the same pages: its time would mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """一条标准: the ratio reached, by the clock and of processors, and what it should not exceed."""

    figure: str
    limit: float | None
    wall: float
    cpu: float


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description="测速 / benchmarks")
    parser.add_argument("--sizes", default="20000,100000", help="records, smallest first")
    parser.add_argument("--repeat", type=int, default=3, help="runs of what takes seconds")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    folder: Path = options.folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report: dict[str, Any] = {"as_of": AS_OF, "sizes": {}}
    report["stages"] = bench_stages(folder, min(STAGED_RECORDS, sizes[0]))
    small = folder / str(sizes[0])
    report["sizes"][sizes[0]] = bench_cold(small, sizes[0])
    report["peers"] = bench_peers(folder, small, options.repeat)
    report |= bench_small(small, options.repeat)
    save(folder, report)
    for size in sizes[1:]:
        report["sizes"][size] = bench_cold(folder / str(size), size)
        save(folder, report)
    report["bars"] = [asdict(bar) for bar in bars(report, sizes)]
    save(folder, report)
    (folder / "cost.svg").write_text(cost_plot(report), encoding="utf-8")
    text = table(report)
    (folder / "bench.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


def bench_stages(folder: Path, size: int) -> dict[str, Any]:
    """Processor seconds of each stage, in one process, with search."""
    root = folder / "stages"
    write_registry(root, size)
    say(f"{size} records: stages, one process")
    run = measured([sys.executable, "-m", "tests.benchmarks.stages", str(root), AS_OF], ROOT)
    return {"records": size, "seconds": json.loads(run.output.splitlines()[-1])}


def bench_cold(root: Path, size: int) -> dict[str, Any]:
    """A registry of ``size`` records and its cold build without search."""
    say(f"{size} records: writing them")
    written = write_registry(root, size)
    say(f"{size} records: cold build")
    command = yiyong("build", root, "--no-search", "--no-cache", "--format", "json")
    cold = measured(command, ROOT)
    site_bytes, site_files = tree_size(root / "site")
    return {
        "record_bytes": written,
        "site_bytes": site_bytes,
        "site_files": site_files,
        "cold": figure(cold) | summary(cold),
    }


def bench_small(root: Path, repeat: int) -> dict[str, Any]:
    """Checks against bare parsing, in turn; then nothing and one record changed, again and again."""
    parse, check = [], []
    parsing = [sys.executable, "-m", "tests.benchmarks.parse_only", str(root)]
    for _ in range(repeat):
        say("parse only, check")
        parse.append(measured(parsing, ROOT))
        check.append(measured(yiyong("check", root, "--format", "json"), ROOT))
    say("build that fills the cache")
    minutes = itertools.count()

    def build() -> Measured:
        """At the next minute: nobody builds twice for the same one."""
        as_of = datetime.fromisoformat(AS_OF) + timedelta(minutes=next(minutes))
        options = ("--no-search", "--format", "json")
        return measured(yiyong("build", root, *options, as_of=as_of.isoformat()), ROOT)

    filled = build()
    build()  # the second one makes the tree behind
    unchanged, changed = [], []
    for number in range(repeat):
        say("nothing changed")
        unchanged.append(build())
        change_one_record(root, number)
        say("one changed record")
        changed.append(build())
    return {
        "parse": figure(typical(parse)),
        "check": figure(typical(check)),
        "fills_cache": figure(filled) | summary(filled),
        "unchanged": figure(typical(unchanged)) | summary(unchanged[-1]),
        "one_changed": figure(typical(changed)) | summary(changed[-1]),
    }


def bench_peers(folder: Path, root: Path, repeat: int) -> dict[str, Any]:
    """Hugo on all pages, MkDocs and Zensical on :data:`MKDOCS_PAGES` of them. ``root`` has been built."""
    hugo, markdown = folder / "hugo", folder / "markdown"
    say("pages for the peers")
    write = [sys.executable, "-m", "tests.benchmarks.peers", str(root), AS_OF, str(hugo), str(markdown)]
    pages, few = map(int, measured([*write, str(MKDOCS_PAGES)], ROOT).output.split())
    found: dict[str, Any] = {"pages": pages, "mkdocs_pages": few}
    if shutil.which("hugo") is None:
        say("no hugo: apt-get install hugo")
    else:
        runs = [peer("hugo", hugo, "--quiet") for _ in range(repeat)]
        built, differing = same_pages(root / "site", hugo / "public")
        if built != pages or differing:
            raise DifferentPagesError(
                f"hugo: {built} of {pages} pages, {len(differing)} differ: {differing[:3]}"
            )
        found["hugo"] = figure(typical(runs))
    engines = {"mkdocs": ("-m", "mkdocs", "build", "--quiet"), "zensical": ("-m", "zensical", "build")}
    for name, options in engines.items():
        try:
            found[name] = figure(peer(sys.executable, markdown, *options))
        except CommandFailedError as error:
            say(f"{name}: {error}")
            continue
        built = len(list((markdown / "site").rglob("index.html")))
        if built != few:
            raise DifferentPagesError(f"{name}: {built} of {few} pages")
    for name in ("notices", "honours"):
        shutil.rmtree(markdown / "docs" / name)
    for name in engines.keys() & found.keys():
        found[f"{name}_one_page"] = figure(peer(sys.executable, markdown, *engines[name]))
    return found


def peer(command: str, folder: Path, *options: str) -> Measured:
    """A clean build of ``folder`` by another generator."""
    for output in ("public", "resources", "site", ".cache"):
        shutil.rmtree(folder / output, ignore_errors=True)
    say(" ".join((Path(command).name, *options)))
    return measured([command, *options], folder)


def bars(report: dict[str, Any], sizes: list[int]) -> list[Bar]:
    """The seven ratios of the bench, and Zensical's, as far as the run gives them."""
    cold, peers = report["sizes"][sizes[0]]["cold"], report["peers"]
    found: list[Bar] = []

    def add(name: str, limit: float | None, one: dict[str, float], other: dict[str, float]) -> None:
        found.append(
            Bar(
                figure=name,
                limit=limit,
                wall=round(one["wall"] / other["wall"], 3),
                cpu=round(one["cpu"] / other["cpu"], 3),
            )
        )

    if "hugo" in peers:
        add(f"cold build of {sizes[0]} / Hugo", 1.0, cold, peers["hugo"])
    for name, label, limit in (("mkdocs", "MkDocs with Material", 0.1), ("zensical", "Zensical", None)):
        if name in peers:
            add(f"cold build of {sizes[0]} / {label}", limit, cold, scaled(peers, name))
    for size in sizes[1:]:
        larger = report["sizes"][size]["cold"]
        limit = round(1.1 * size / sizes[0], 1)
        add(f"cold build of {size} / of {sizes[0]}", limit, larger, cold)
        peak = round(larger["peak_mb"] / 1000, 2)
        found.append(Bar(figure=f"GB of the largest process at {size}", limit=1.5, wall=peak, cpu=peak))
    add(f"check of {sizes[0]} / yaml.CSafeLoader", 1.5, report["check"], report["parse"])
    add("nothing changed, a new minute / cold build", None, report["unchanged"], cold)
    add("one changed record, a new minute / cold build", 0.03, report["one_changed"], cold)
    add("audit / writing the site", 1.0, phases_of(cold, ("audit",)), phases_of(cold, WRITING))
    return found


def scaled(peers: dict[str, Any], name: str) -> dict[str, float]:
    """What a peer would take for all pages: its start once, the rest in proportion."""
    start, run = peers[f"{name}_one_page"], peers[name]
    times = peers["pages"] / peers["mkdocs_pages"]
    return {key: start[key] + (run[key] - start[key]) * times for key in ("wall", "cpu")}


def phases_of(cold: dict[str, Any], names: tuple[str, ...]) -> dict[str, float]:
    """Time of some phases of a build together."""
    chosen = [phase for phase in cold["phases"] if phase["name"] in names]
    return {
        "wall": sum(phase["seconds"] for phase in chosen),
        "cpu": sum(phase["cpu_seconds"] for phase in chosen),
    }


def table(report: dict[str, Any]) -> str:
    """The table of ratios, of runs, of phases and of stages, as Markdown."""
    lines = ["| figure | bar | by the clock | of processors |", "|---|---|---|---|"]
    for bar in report["bars"]:
        limit = "—" if bar["limit"] is None else f"≤ {bar['limit']}"
        lines.append(f"| {bar['figure']} | {limit} | {bar['wall']} | {bar['cpu']} |")
    lines += ["", "| run | s | processors, s | MB |", "|---|---|---|---|"]
    runs = {name: report[name] for name in ("parse", "check", "fills_cache", "unchanged", "one_changed")}
    runs |= {name: found for name, found in report["peers"].items() if isinstance(found, dict)}
    lines += [
        f"| {name} | {run['wall']:.1f} | {run['cpu']:.1f} | {run['peak_mb']:.0f} |"
        for name, run in runs.items()
    ]
    for size, figures in report["sizes"].items():
        cold = figures["cold"]
        lines += [
            "",
            f"{size} records, {figures['record_bytes'] / 1e6:.0f} MB → {figures['site_files']} files, "
            f"{figures['site_bytes'] / 1e6:.0f} MB: {cold['wall']:.0f} s ({cold['cpu']:.0f} s of processors), "
            f"{cold['peak_mb']:.0f} MB",
            "",
            "| phase | s | processors, s |",
            "|---|---|---|",
            *(f"| {p['name']} | {p['seconds']:.1f} | {p['cpu_seconds']:.1f} |" for p in cold["phases"]),
        ]
    stages = report["stages"]
    lines += ["", f"{stages['records']} records in one process", "", "| stage | ms a record |", "|---|---|"]
    lines += [
        f"| {name} | {1000 * seconds / stages['records']:.2f} |"
        for name, seconds in stages["seconds"].items()
    ]
    return "\n".join(lines)


def yiyong(command: str, root: Path, *options: str, as_of: str = AS_OF) -> list[str]:
    """The command line of ``yiyong``."""
    return [sys.executable, "-m", "generator", command, "--root", str(root), "--as-of", as_of, *options]


def change_one_record(root: Path, number: int) -> None:
    """Another word in one public narrative."""
    public = (
        path
        for path in sorted((root / "registry").rglob("*.yml"))[100 * number :]
        if "level: public" in (text := path.read_text(encoding="utf-8"))
        and "没有犹豫" in text
        and "notice:" in text
    )
    path = next(public)
    path.write_text(path.read_text(encoding="utf-8").replace("没有犹豫", "毫不犹豫", 1), encoding="utf-8")


def figure(run: Measured) -> dict[str, float]:
    """What is kept of a run."""
    return {"wall": run.wall, "cpu": run.cpu, "peak_mb": run.peak_mb}


def summary(run: Measured) -> dict[str, Any]:
    """What ``yiyong build --format json`` said."""
    said: dict[str, Any] = json.loads(run.output.strip().splitlines()[-1])
    return {key: said[key] for key in ("notices", "honours", "pages", "files", "linked", "phases")}


def tree_size(folder: Path) -> tuple[int, int]:
    """Bytes and files below ``folder``."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def save(folder: Path, report: dict[str, Any]) -> None:
    """Keep what there is, should a later step fail."""
    (folder / "bench.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def say(text: str) -> None:
    """Progress, on the error stream."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
