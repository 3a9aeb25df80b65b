"""公平的 Hugo (fair Hugo): the registry as Hugo gets it, to do the same job from the same YAML.

Each published notice and honour becomes a content file whose front matter is the record's own YAML, as it lies in the
registry; offices, cities, provisions and holidays are Hugo's data. The templates in ``hugo/`` work out days, states,
masked names, retention, law of the day, seven citations and JSON-LD, and write pages, JSON a record and as lists,
paged lists by city and year, and RSS.

What it is spared: reading strictly, checks, law beyond a look-up, the gate (which records and honours are public is
told by which files there are), drawing the honour's square code (given to it finished), XLSX, CSV, SQLite, calendars,
posters, certificates, search and audit.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chinese_calendar
import yaml

TEMPLATES = Path(__file__).parent / "hugo"
SECTIONS = {"notices": "公示", "honours": "光荣榜"}
_NO_RECORD = frozenset({"statistics"})
_CODE = re.compile(r'<figure class="yy-print yy-seal">(<svg.*?</svg>)', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """一个内容文件: its section, id, city, year and day, and the text of its record."""

    section: str
    id: str
    city: str
    dated: str
    text: str

    @property
    def year(self) -> str:
        """The year its address tells, as in wuhan-2024-h00001."""
        return self.id.split("-")[-2]


def write_hugo(root: Path, folder: Path) -> int:
    """Write the project ``folder`` for the registry ``root``, whose site has been built; returns how many records'
    pages it is to have."""
    site = root / "site"
    shutil.copytree(TEMPLATES, folder)
    _write_chrome(site, folder / "layouts" / "partials")
    _write_data(root, folder / "data")
    shutil.copytree(site / "assets", folder / "static" / "assets")
    titles = {
        entry["slug"]: entry["name"] for entry in _settings(root / "site_config" / "jurisdictions").values()
    }
    count = 0
    listed: dict[Path, str] = {Path(section): title for section, title in SECTIONS.items()}
    for content in _contents(root, site):
        city = Path(content.section, content.city)
        listed |= {
            city: titles[content.city],
            city / content.year: f"{titles[content.city]} {content.year} 年",
        }
        target = folder / "content" / city / content.year / f"{content.id}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f"---\ndate: {content.dated}\n{_code(site, content)}{content.text}---\n", encoding="utf-8"
        )
        count += 1
    for path, title in listed.items():
        index = folder / "content" / path / "_index.html"
        index.parent.mkdir(parents=True, exist_ok=True)
        index.write_text(f"---\ntitle: {title}\n---\n", encoding="utf-8")
    return count


def record_pages(folder: Path, section: str) -> dict[str, Path]:
    """Id → page of the notices or the honours in a built site, ours or a peer's."""
    return {
        path.name: path / "index.html"
        for path in (folder / section).iterdir()
        if "-" in path.name and (path / "index.html").is_file()
    }


def _contents(root: Path, site: Path) -> Iterator[Content]:
    """Of every record the notice and the honours that have pages."""
    shown = {section: frozenset(record_pages(site, section)) for section in SECTIONS}
    for path in sorted((root / "registry" / "cases").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        case = yaml.load(text, Loader=yaml.CSafeLoader)
        city = case["jurisdiction"]
        notice = case.get("notice")
        if notice and notice["id"] in shown["notices"]:
            dated = f"{notice['published_at']}:00+08:00"
            yield Content(section="notices", id=notice["id"], city=city, dated=dated, text=text)
        for honour in case.get("honours", ()):
            if honour["id"] in shown["honours"]:
                dated = str(honour["published_on"])
                yield Content(section="honours", id=honour["id"], city=city, dated=dated, text=text)


def _code(site: Path, content: Content) -> str:
    """The finished square code of an honour, as a line of its front matter."""
    if content.section != "honours":
        return ""
    page = (site / "honours" / content.id / "index.html").read_text(encoding="utf-8")
    found = _CODE.search(page)
    return f"code: {json.dumps(found[1], ensure_ascii=False)}\n" if found else ""


def _write_chrome(site: Path, partials: Path) -> None:
    """What all pages of a section share, from our own: the lines of two heads that are the same, and what stands before
    and after the article."""
    for section in SECTIONS:
        pages = record_pages(site, section)
        # Of different cities, so that nothing of one is taken for everybody's.
        names = list({name.split("-")[0]: name for name in sorted(pages)}.values())
        first, second = (pages[name].read_text(encoding="utf-8") for name in (names[0], names[-1]))
        others = frozenset(_between(second, "<head>", "</head>").splitlines())
        head = [line for line in _between(first, "<head>", "</head>").splitlines() if line in others]
        parts = {
            "head": "\n".join(head),
            "top": _between(first, "</head>", "<article"),
            "bottom": first.rpartition("</article>")[2],
        }
        for name, text in parts.items():
            text = text.replace("{{", "{{`{{`}}")
            (partials / f"chrome-{name}-{section}.html").write_text(text, encoding="utf-8")


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def _write_data(root: Path, data: Path) -> None:
    data.mkdir()
    for name in ("authorities", "jurisdictions"):
        shutil.copytree(root / "site_config" / name, data / name)
    policies = json.loads((root / "site" / "api" / "v1" / "policies.json").read_text(encoding="utf-8"))
    for row in policies:
        # Hugo compares no null with a day.
        row["in_force_from"] = row["in_force_from"] or ""
    _write_json(data / "policies.json", policies)
    _write_json(
        data / "holidays.json",
        {
            "holidays": {
                str(day): chinese_calendar.Holiday(name).chinese
                for day, name in chinese_calendar.holidays.items()
            },
            "workdays": {str(day): True for day in chinese_calendar.workdays},
        },
    )


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _settings(folder: Path) -> Mapping[str, Any]:
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for path in sorted(folder.glob("*.yml"))
    }


def main() -> None:
    """``python -m tests.benchmarks.fair_hugo ROOT FOLDER``: prints the number of records' pages."""
    print(write_hugo(*map(Path, sys.argv[1:])))


if __name__ == "__main__":
    main()
