"""表 (table): what one run of the bench says, as Markdown. Its rows are those the project holds itself to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PHASES = {
    "scan": "read, check, disclose, certificate codes",
    "host": "the frame: MkDocs, written pages",
    "stamp": "render and stamp records' pages, their data",
    "posters": "posters",
    "data": "data files, feeds, lists",
    "search": "search",
    "audit": "audit of every byte",
    "settle": "what is kept of the tree",
    "swap": "exchange of the trees",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """一个数字: what was reached, and the bar that it should not exceed."""

    value: float
    bar: float
    unit: str = ""

    @property
    def words(self) -> str:
        """In bold where it misses its bar."""
        text = f"{_short(self.value)}{self.unit}"
        return text if self.value <= self.bar else f"**{text}**"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """一行. ``figures``: one, or one a size. ``clock``: the same by the clock. ``of``: what it was worked out from."""

    name: str
    figures: tuple[Reached, ...]
    clock: str = ""
    of: str = ""


def rows(report: Mapping[str, Any]) -> list[Row]:
    """The rows of the table, in its order. Rows on Hugo are missing where there is no Hugo, those on grep alike."""
    sizes = sorted(map(int, report["sizes"]))
    small, large = (report["sizes"][str(size)] for size in (sizes[0], sizes[-1]))
    few, many = f"{sizes[0]:,}", f"{sizes[-1]:,}"
    cold, peers = small["cold"], report["peers"]
    audit = _phases(cold, ("audit",))
    others = {key: sum(phase[key] for phase in cold["phases"]) - audit[key] for key in audit}
    hashing = small["hashing_cpu"]
    found: list[Row] = []
    if hugo := peers.get("hugo"):
        without = cold["cpu"] - audit["cpu_seconds"]
        for name, cpu, wall, bar in (
            ("without audit", without, cold["wall"] - audit["seconds"], 2.5),
            ("whole", cold["cpu"], cold["wall"], 3.5),
        ):
            found.append(
                Row(
                    name=f"{few} cold {name} / fair Hugo",
                    figures=(Reached(value=cpu / hugo["cpu"], bar=bar),),
                    clock=_short(wall / hugo["wall"]),
                    of=f"{_s(cpu)} / {_s(hugo['cpu'])}; {_s(hashing)} are certificate codes, "
                    f"without them {_short((cpu - hashing) / hugo['cpu'])}",
                )
            )
    if grep := peers.get("grep"):
        found.append(
            Row(
                name="audit / `grep -rlF` of the same words",
                figures=(Reached(value=audit["cpu_seconds"] / grep["cpu"], bar=6),),
                clock=_short(audit["seconds"] / grep["wall"]),
                of=f"{_s(audit['cpu_seconds'])} / {_s(grep['cpu'])}; {peers['words']:,} words",
            )
        )
    found.append(
        Row(
            name="audit / all other phases",
            figures=(Reached(value=audit["cpu_seconds"] / others["cpu_seconds"], bar=0.3),),
            clock=_short(audit["seconds"] / others["seconds"]),
            of=f"{_s(audit['cpu_seconds'])} / {_s(others['cpu_seconds'])}",
        )
    )
    changed = small["one_changed"]
    found += [
        Row(
            name=f"one changed record at a new minute / cold, {few}",
            figures=(Reached(value=changed["cpu"] / cold["cpu"], bar=0.03),),
            clock=_short(changed["wall"] / cold["wall"]),
            of=f"{_s(changed['cpu'])} / {_s(cold['cpu'])}",
        ),
        Row(
            name=f"the same by the clock, {few}; {many}",
            figures=(
                Reached(value=changed["wall"], bar=2, unit=" s"),
                Reached(value=large["one_changed"]["wall"], bar=3, unit=" s"),
            ),
            of=f"{_s(changed['cpu'])} and {_s(large['one_changed']['cpu'])} of processors",
        ),
        Row(
            name=f"nothing changed, a new minute, {few}",
            figures=(Reached(value=small["unchanged"]["cpu"], bar=1, unit=" s"),),
            clock=_s(small["unchanged"]["wall"]),
            of=f"{_s(large['unchanged']['cpu'])} at {many}",
        ),
        Row(
            name=f"{_counted(small['closing'])} notices close at midnight, {few}",
            figures=(Reached(value=small["closed"]["cpu"], bar=3, unit=" s"),),
            clock=_s(small["closed"]["wall"]),
            of=f"{_s(large['closed']['cpu'])} at {many}",
        ),
        Row(
            name=f"{many} / {few} cold",
            figures=(
                Reached(value=large["cold"]["cpu"] / cold["cpu"], bar=round(1.06 * sizes[-1] / sizes[0], 2)),
            ),
            clock=_short(large["cold"]["wall"] / cold["wall"]),
            of=f"{_s(large['cold']['cpu'])} / {_s(cold['cpu'])}",
        ),
        Row(
            name=f"largest process at {many}",
            figures=(Reached(value=large["cold"]["peak_mb"] / 1000, bar=0.8, unit=" GB"),),
            of=f"{_short(cold['peak_mb'] / 1000)} GB at {few}",
        ),
    ]
    start, sample, check = report["start"], report["sample"], report["check"]
    unhashed = sample["cold"]["cpu"] - sample["hashing_cpu"]
    found += [
        Row(
            name='`--help` / `python -c "import pydantic, typer, yaml"`',
            figures=(Reached(value=start["help"]["cpu"] / start["imports"]["cpu"], bar=3),),
            clock=_short(start["help"]["wall"] / start["imports"]["wall"]),
            of=f"{_s(start['help']['cpu'])} / {_s(start['imports']['cpu'])}",
        ),
        Row(
            name="sample site cold, without certificate hashing / bare `mkdocs build` of as many pages",
            figures=(Reached(value=unhashed / sample["mkdocs"]["cpu"], bar=1.5),),
            clock=_short(sample["cold"]["wall"] / sample["mkdocs"]["wall"]),
            of=f"{_s(unhashed)} / {_s(sample['mkdocs']['cpu'])}, {sample['pages']} pages; "
            f"{sample['certificates']} codes take {_s(sample['hashing_cpu'])} more",
        ),
        Row(
            name=f"check of {check['records']:,} in one process / bare parsing with CSafeLoader",
            figures=(Reached(value=check["check"]["cpu"] / check["parse"]["cpu"], bar=1.2),),
            clock=_short(check["check"]["wall"] / check["parse"]["wall"]),
            of=f"{_s(check['check']['cpu'])} / {_s(check['parse']['cpu'])}",
        ),
    ]
    return found


def markdown(report: Mapping[str, Any]) -> str:
    """The whole report: the table, what stands beside it, and phases."""
    told = report["machine"]
    lines = [
        f"{told['on']}, {told['jobs']} processors ({told['processor']}), {told['system']}, Python {told['python']}; "
        f"load {told['load_before']} before, {told.get('load_after', '?')} after. Processor time, medians of up to three; "
        "what misses its bar is bold.",
        "",
        *_table(
            ("figure", "reached", "bar", "by the clock", "from"),
            (
                (
                    row.name,
                    "; ".join(figure.words for figure in row.figures),
                    "; ".join(f"≤ {_short(figure.bar)}{figure.unit}" for figure in row.figures),
                    row.clock or "–",
                    row.of,
                )
                for row in rows(report)
            ),
        ),
        "",
        *_peers(report),
    ]
    for size, figures in report["sizes"].items():
        lines += ["", *_size(int(size), figures)]
    lines += ["", *_on_paper(report)]
    return "\n".join(lines)


def _peers(report: Mapping[str, Any]) -> list[str]:
    """What others need beside us, at the smallest size."""
    size = min(map(int, report["sizes"]))
    figures, peers = report["sizes"][str(size)], report["peers"]
    cold, megabytes = figures["cold"], figures["site_bytes"] / 1e6
    sample = report["sample"]
    told = [("ours, cold", cold, cold["cpu"], peers["html"], "page")]
    if hugo := peers.get("hugo"):
        told.append(("fair Hugo", hugo, hugo["cpu"], hugo["html"], "page"))
    told += [
        (f"{title}, {sample['pages']} pages", run, run["cpu"] - run["start_cpu"], sample["pages"], "page")
        for name, title in (("mkdocs", "MkDocs with Material"), ("zensical", "Zensical"))
        if (run := sample.get(name))
    ]
    told += [
        (name, run, run["cpu"], megabytes, "MB") for name in ("grep", "ripgrep") if (run := peers.get(name))
    ]
    told += [
        ("reading the YAML with libyaml", peers["parse"], peers["parse"]["cpu"], size, "record"),
        ("writing the same bytes", peers["write"], peers["write"]["cpu"], megabytes, "MB"),
        ("reading the same bytes", peers["read"], peers["read"]["cpu"], megabytes, "MB"),
    ]
    return _table(
        (f"beside it, {size:,} records", "processors", "clock", "each", "largest process"),
        (
            (
                name,
                _s(run["cpu"]),
                _s(run["wall"]),
                f"{_short(1000 * cpu / count)} ms a {unit}",
                f"{run['peak_mb']:.0f} MB" if run["peak_mb"] else "–",
            )
            for name, run, cpu, count, unit in told
        ),
    )


def _size(size: int, figures: Mapping[str, Any]) -> list[str]:
    """The phases of the builds of one size, in processor seconds."""
    builds = ("cold", "second_tree", "unchanged", "one_changed", "closed")
    names = list(dict.fromkeys(phase["name"] for build in builds for phase in figures[build]["phases"]))
    spent = {
        build: {phase["name"]: phase["cpu_seconds"] for phase in figures[build]["phases"]} for build in builds
    }
    lines = [
        f"{size:,} records, {figures['record_bytes'] / 1e6:.0f} MB → {figures['site_files']:,} files, "
        f"{figures['site_bytes'] / 1e6:.0f} MB; store {figures['store_bytes'] / 1e6:.0f} MB.",
        "",
    ]
    told = [
        (_PHASES.get(name, name), *(f"{spent[build].get(name, 0):.2f}" for build in builds)) for name in names
    ]
    rest = [figures[build]["cpu"] - sum(spent[build].values()) for build in builds]
    told += [
        ("start and end", *(f"{seconds:.2f}" for seconds in rest)),
        ("**processors, s**", *(f"{figures[build]['cpu']:.2f}" for build in builds)),
        ("**clock, s**", *(f"{figures[build]['wall']:.2f}" for build in builds)),
    ]
    titles = ("phase", "cold", "the other tree", "nothing changed", "one changed", "ten close")
    return [*lines, *_table(titles, told)]


def _on_paper(report: Mapping[str, Any]) -> list[str]:
    """What the figures of the smallest and the largest size come to in a straight line, at a million records and ten."""
    sizes = sorted(map(int, report["sizes"]))
    ends = (sizes[0], sizes[-1])
    at = [report["sizes"][str(size)] for size in ends]

    shares = (ends[0] / ends[1], 1.0)

    def along(figures: Sequence[float], size: int) -> float:
        few, many = figures
        if ends[0] == ends[1]:
            return many * size / ends[1]
        return max(0.0, few + (many - few) / (ends[1] - ends[0]) * (size - ends[0]))

    told: list[tuple[str, Sequence[float], float]] = [
        ("cold, hours of processors", [one["cold"]["cpu"] for one in at], 3600),
        ("nothing changed, s of processors", [one["unchanged"]["cpu"] for one in at], 1),
        ("one changed, s of processors", [one["one_changed"]["cpu"] for one in at], 1),
        ("ten close, s of processors", [one["closed"]["cpu"] for one in at], 1),
        ("files, millions", [one["site_files"] for one in at], 1e6),
        ("inodes of both trees, millions", [one["site_files"] + 2 * one["site_folders"] for one in at], 1e6),
        ("site, GB", [one["site_bytes"] for one in at], 1e9),
        ("private store, GB", [one["store_bytes"] for one in at], 1e9),
        # What is largest depends on the size, so its growth is taken from the larger one alone.
        (
            f"largest file ({at[1]['largest_file']}), GB",
            [share * at[1]["largest_file_bytes"] for share in shares],
            1e9,
        ),
        ("blocks of the search", [one["search_blocks"] for one in at], 1),
        ("largest process, GB", [one["cold"]["peak_mb"] for one in at], 1e3),
    ]
    far = (*dict.fromkeys(ends), 1_000_000, 10_000_000)
    return _table(
        ("on paper", *(f"{size:,}" for size in far)),
        ((name, *(_short(along(figures, size) / unit) for size in far)) for name, figures, unit in told),
    )


def _phases(build: Mapping[str, Any], names: Sequence[str]) -> dict[str, float]:
    chosen = [phase for phase in build["phases"] if phase["name"] in names]
    return {key: sum(phase[key] for phase in chosen) for key in ("seconds", "cpu_seconds")}


def _table(titles: Sequence[str], told: Any) -> list[str]:
    return [
        f"| {' | '.join(titles)} |",
        f"|{'---|' * len(titles)}",
        *(f"| {' | '.join(map(str, cells))} |" for cells in told),
    ]


def _counted(count: int) -> str:
    return "ten" if count == 10 else str(count)


def _s(seconds: float) -> str:
    return f"{_short(seconds)} s"


def _short(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
