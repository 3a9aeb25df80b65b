"""测速 (bench): ``make bench``. One run writes the registries, builds them, lets the peers build the same
pages, and prints the table of ratios; JSON and a plot go to ``.bench/``.

Seconds depend on the machine and on what else runs there; ratios within one run do so far less. Both
the clock's and the processors' are given: on a busy machine the latter are the ones to read.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Measured, measured, typical
from tests.benchmarks.plot import cost_plot
from tests.benchmarks.synthetic import AS_OF, ROOT, write_registry

MKDOCS_PAGES = 2_000
"""Pages given to MkDocs and Zensical, whose time for one page rises with their number; for more pages
their time is taken to grow in proportion, which flatters them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """一条标准: the ratio reached, by the clock and of processors, and what it must not exceed."""

    figure: str
    limit: float
    wall: float
    cpu: float


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description="测速 / benchmarks")
    parser.add_argument("--sizes", default="20000,100000", help="records, smallest first")
    parser.add_argument("--repeat", type=int, default=3, help="runs of what takes less than a minute")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    folder: Path = options.folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report: dict[str, Any] = {"as_of": AS_OF, "sizes": {}}
    for size in sizes:
        report["sizes"][size] = bench_size(folder, size, options.repeat, first=size == sizes[0])
        save(folder, report)
    if not options.no_peers:
        report["peers"] = bench_peers(folder, sizes[0], options.repeat)
    report["bars"] = [asdict(bar) for bar in bars(report, sizes)]
    save(folder, report)
    (folder / "cost.svg").write_text(cost_plot(report), encoding="utf-8")
    print(table(report))


def bench_size(folder: Path, size: int, repeat: int, *, first: bool) -> dict[str, Any]:
    """Our own figures for one size."""
    root = folder / f"r{size}"
    say(f"{size} records")
    written = write_registry(root, size)
    figures: dict[str, Any] = {"record_bytes": written}
    if first:
        say("parse only")
        parse = [sys.executable, "-m", "tests.benchmarks.parse_only", str(root)]
        figures["parse"] = figure(typical([measured(parse, ROOT) for _ in range(repeat)]))
        say("check")
        check = yiyong("check", root, "--format", "json")
        figures["check"] = figure(typical([measured(check, ROOT) for _ in range(repeat)]))
    say("cold build")
    cold = measured(yiyong("build", root, "--no-search", "--no-cache", "--format", "json"), ROOT)
    figures["cold"] = figure(cold) | summary(cold)
    if first:
        say("build that fills the cache")
        build = yiyong("build", root, "--no-search", "--format", "json")
        filled = measured(build, ROOT)
        figures["cold_with_cache"] = figure(filled) | summary(filled)
        changed: list[Measured] = []
        for number in range(repeat):
            change_one_record(root, number)
            say("one changed record")
            changed.append(measured(build, ROOT))
        figures["one_changed"] = figure(typical(changed)) | summary(changed[-1])
    figures["site_bytes"], figures["site_files"] = tree_size(root / "site")
    return figures


def bench_peers(folder: Path, size: int, repeat: int) -> dict[str, Any]:
    """Hugo on all pages, MkDocs and Zensical on :data:`MKDOCS_PAGES` of them."""
    root = folder / f"r{size}"
    hugo, markdown = folder / "hugo", folder / "markdown"
    say("pages for the peers")
    write = [sys.executable, "-m", "tests.benchmarks.peers", str(root), AS_OF]
    pages = int(measured([*write, str(hugo), "-", "1000000000"], ROOT).output)
    few = int(measured([*write, "-", str(markdown), str(MKDOCS_PAGES)], ROOT).output)
    found: dict[str, Any] = {"pages": pages, "mkdocs_pages": few}
    commands = {
        "hugo": (["hugo", "--quiet"], hugo),
        "mkdocs": ([sys.executable, "-m", "mkdocs", "build", "--quiet"], markdown),
        "zensical": ([sys.executable, "-m", "zensical", "build"], markdown),
    }
    for name, (command, where) in commands.items():
        if name == "hugo" and shutil.which("hugo") is None:
            continue
        runs = []
        for _ in range(repeat if name == "hugo" else 1):
            for output in ("public", "resources", "site", ".cache"):
                shutil.rmtree(where / output, ignore_errors=True)
            say(name)
            try:
                runs.append(measured(command, where))
            except RuntimeError as error:
                say(f"{name}: {error}")
                break
        if runs:
            found[name] = figure(typical(runs))
    return found


def bars(report: dict[str, Any], sizes: list[int]) -> list[Bar]:
    """The ratios, as far as the run gives them."""
    small = report["sizes"][sizes[0]]
    cold, peers = small["cold"], report.get("peers", {})
    found: list[Bar] = []

    def add(
        name: str, limit: float, one: dict[str, float], other: dict[str, float], scale: float = 1
    ) -> None:
        found.append(
            Bar(
                figure=name,
                limit=limit,
                wall=round(one["wall"] / (other["wall"] * scale), 3),
                cpu=round(one["cpu"] / (other["cpu"] * scale), 3),
            )
        )

    if "hugo" in peers:
        add(f"{sizes[0]} cold / Hugo", 1.0, cold, peers["hugo"])
    for name, limit in (("mkdocs", 0.1), ("zensical", 1.0)):
        if name in peers:
            scale = peers["pages"] / peers["mkdocs_pages"]
            add(f"{sizes[0]} cold / {name} × {scale:.1f}", limit, cold, peers[name], scale)
    if len(sizes) > 1:
        add(f"{sizes[1]} / {sizes[0]}", 5.5, report["sizes"][sizes[1]]["cold"], cold)
        peak = report["sizes"][sizes[1]]["cold"]["peak_mb"] / 1000
        found.append(Bar(figure=f"GB at {sizes[1]}", limit=1.5, wall=peak, cpu=peak))
    add("check / CSafeLoader", 1.5, small["check"], small["parse"])
    add("one changed record / cold", 0.1, small["one_changed"], cold)
    phases = {phase["name"]: phase for phase in cold["phases"]}
    made = [phases[name] for name in ("stamp", "posters", "data", "host")]
    writing = {key: sum(phase[key] for phase in made) for key in ("seconds", "cpu_seconds")}
    audit = phases["audit"]
    add(
        "audit / writing the site",
        1.0,
        {"wall": audit["seconds"], "cpu": audit["cpu_seconds"]},
        {"wall": writing["seconds"], "cpu": writing["cpu_seconds"]},
    )
    return found


def table(report: dict[str, Any]) -> str:
    """The table of ratios and the phases, as Markdown."""
    lines = ["| figure | bar | by the clock | of processors |", "|---|---|---|---|"]
    lines += [
        f"| {bar['figure']} | ≤ {bar['limit']} | {bar['wall']} | {bar['cpu']} |" for bar in report["bars"]
    ]
    for size, figures in report["sizes"].items():
        cold = figures["cold"]
        lines += [
            "",
            f"{size} records, {figures['record_bytes'] / 1e6:.0f} MB → {figures['site_files']} files, "
            f"{figures['site_bytes'] / 1e6:.0f} MB: {cold['wall']:.0f} s ({cold['cpu']:.0f} s of processors), "
            f"{cold['peak_mb']:.0f} MB",
            "",
            "| phase | s | processors |",
            "|---|---|---|",
            *(f"| {p['name']} | {p['seconds']:.1f} | {p['cpu_seconds']:.1f} |" for p in cold["phases"]),
        ]
    return "\n".join(lines)


def yiyong(command: str, root: Path, *options: str) -> list[str]:
    """The command line of ``yiyong``."""
    return [sys.executable, "-m", "generator", command, "--root", str(root), "--as-of", AS_OF, *options]


def change_one_record(root: Path, number: int) -> None:
    """Another word in one public narrative."""
    for path in sorted((root / "registry").rglob("*.yml"))[1000 * number :]:
        text = path.read_text(encoding="utf-8")
        if "level: public" in text and "没有犹豫" in text and "notice:" in text:
            path.write_text(text.replace("没有犹豫", "毫不犹豫", 1), encoding="utf-8")
            return
    raise RuntimeError("no record to change")


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
    report["written"] = datetime.fromisoformat(AS_OF).isoformat()
    (folder / "bench.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def say(text: str) -> None:
    """Progress, on the error stream."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
