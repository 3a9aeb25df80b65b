"""Builders of whole projects: a folder with settings, policies and the cases that a test is about."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from generator.source.model.instant import SHANGHAI

ROOT = Path(__file__).parent.parent
AS_OF = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)

SITE: dict[str, Any] = {
    "name": "测试义勇录",
    "tagline": "测试站点",
    "base_url": "https://yiyong.example/",
    "owner": "测试编辑室",
    "licence": "CC-BY-4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "retention": {"identity_days": "36500", "tombstone_names": "false"},
    "masking": {"age": "decade", "place": "district", "unit": "none"},
    "lists": {"per_page": "50", "feed_entries": "50", "smallest_cell": "3"},
    "holiday_roll_over": "true",
    "undated_amendments_count_from": "approval",
    "version_selected_by": "application",
}

AUTHORITY: dict[str, Any] = {
    "slug": "wuhan-test",
    "jurisdiction": "wuhan",
    "name": "武汉市测试机关（示例）",
    "channels": {
        "web_form": "https://forms.example/objection?notice={notice_id}",
        "email": "objection@yiyong.example",
        "telephone": ["027-00000000"],
        "post": {
            "recipient": "测试机关异议受理处",
            "address": "武汉市示例路1号",
            "postcode": "430000",
            "counts_by": "sent",
        },
    },
}

WITHHOLDING: dict[str, Any] = {
    "ground": "safety",
    "article": "第十一条第一款",
    "decided_by": "武汉市测试机关（示例）",
    "decided_on": "2026-10-21",
}


INSTRUMENT: dict[str, Any] = {
    "jurisdiction": "wuhan",
    "slug": "shili",
    "title": "示例见义勇为条例",
    "kind": "regulation",
    "versions": [
        {
            "slug": "original",
            "label": "制定文本",
            "kind": "enacted",
            "adopted_on": "2010-01-01",
            "in_force_from": "2010-03-01",
            "in_force_until": "open",
            "text_at_hand": "whole",
            "sections": ["第十一条"],
            "last_verified_on": "2026-11-22",
            "provisions": [
                {
                    "topic": "publicity_period",
                    "article": "第十一条第一款",
                    "value": {
                        "days": "7",
                        "day_unit": "unspecified",
                        "comparison": "at_least",
                        "from": "publicity_open",
                        "to": "publicity_close",
                    },
                    "summary": "示例：至少七日。",
                },
                {
                    "topic": "confidentiality_exception",
                    "article": "第十一条第一款",
                    "value": {
                        "conditions": ["为了人员及其近亲属的安全", "有其他需要保密的情况"],
                        "joined": "any",
                        "grounds": ["safety"],
                        "withholding": "may",
                    },
                    "summary": "示例：为安全可以不公示。",
                },
            ],
        }
    ],
}
"""One short invented text of Wuhan: its pages cost nothing, and loading it neither."""


def person(**changes: Any) -> dict[str, Any]:
    """One person, shown in full."""
    return merged(
        {"key": "p1", "name": "封玉琢", "disclosure": "full", "sex": "男", "born": "1985-04"}, changes
    )


def case(**changes: Any) -> dict[str, Any]:
    """A public case of Wuhan with a notice that is open at :data:`AS_OF`, closing on 26 November.

    A keyword replaces what stands under that key; a nested mapping is merged; None removes the key.
    """
    return merged(
        {
            "case": "wh26-0001",
            "jurisdiction": "wuhan",
            "level": "public",
            "authority": "wuhan-test",
            "act": {
                "happened_on": "2026-09-12",
                "kind": "water_rescue",
                "district": "汉阳区",
                "summary": "跳入湖中救起一名落水者",
                "narrative": "2026年9月12日，封玉琢在湖边听见呼救，跳入水中救起一人。\n\n获救者无恙。",
                "verification": "经走访目击者核实。",
            },
            "persons": [person()],
            "procedure": {
                "applied_on": "2026-09-20",
                "accepted_on": "2026-09-23",
                "opinion_on": "2026-09-25",
                "proposed_on": "2026-10-20",
            },
            "notice": {
                "id": "wuhan-2026-0001",
                "published_at": "2026-11-18T09:00",
                "order": "before_decision",
                "period": {"opens_on": "2026-11-18", "closes_on": "2026-11-26"},
            },
        },
        changes,
    )


def honour(**changes: Any) -> dict[str, Any]:
    """One honour of the person ``p1``."""
    return merged(
        {
            "id": "wuhan-2026-h0001",
            "published_on": "2026-11-20",
            "recipients": ["p1"],
            "verb": "授予",
            "title": "见义勇为先进个人",
            "level": "city",
            "grantor": "武汉市测试机关（示例）",
            "basis": "测试奖励办法（示例）",
            "decided_on": "2026-11-19",
        },
        changes,
    )


def decision(**changes: Any) -> dict[str, Any]:
    """A decision that gives ``wuhan-2026-h0001`` to the person ``p1`` of the case ``wh26-0001``."""
    return merged(
        {
            "id": "wuhan-2026-d0001",
            "jurisdiction": "wuhan",
            "title": "武汉市测试机关（示例）关于表彰见义勇为先进个人的决定",
            "number": "武测试〔2026〕7号",
            "organs": ["武汉市测试机关（示例）"],
            "level": "city",
            "signed_on": "2026-11-19",
            "published_on": "2026-11-20",
            "basis": "测试奖励办法（示例）",
            "tiers": [
                {
                    "title": "见义勇为先进个人",
                    "verb": "授予",
                    "grants": [{"id": "wuhan-2026-h0001", "case": "wh26-0001", "recipients": ["p1"]}],
                }
            ],
        },
        changes,
    )


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with ``changes`` laid over it."""
    result = copy.deepcopy(dict(base))
    for key, value in changes.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = copy.deepcopy(value)
    return result


def copy_project(folder: Path) -> Path:
    """A copy of this repository's own content, to change at will."""
    for name in ("registry", "content", "site_config"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def write_project(
    folder: Path,
    cases: Mapping[str, Mapping[str, Any] | str | bytes] | None = None,
    *,
    site: Mapping[str, Any] | None = None,
    authority: Mapping[str, Any] | None = None,
    decisions: Mapping[str, Mapping[str, Any]] | None = None,
) -> Path:
    """Write a project into ``folder``.

    ``cases`` maps a path below ``registry/cases`` to a tree, or to the text or bytes of the file; a
    tree gets the case number that its file is called after. ``decisions`` maps a path below
    ``registry/decisions`` to a tree. Policies,
    jurisdictions, theme and hand-written pages are those of the sample site.
    """
    for name in ("content", "site_config/jurisdictions", "site_config/theme"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    _write_rest(folder, cases, site, authority)
    for name, tree in (decisions or {}).items():
        write_yaml(folder / "registry/decisions" / name, tree)
    return folder


def write_small_project(
    folder: Path,
    cases: Mapping[str, Mapping[str, Any] | str | bytes] | None = None,
    *,
    site: Mapping[str, Any] | None = None,
    authority: Mapping[str, Any] | None = None,
    themed: bool = False,
) -> Path:
    """As :func:`write_project`, with Wuhan alone, and :data:`INSTRUMENT` for its law.

    It is checked and built in a tenth of the time. ``themed``: with what MkDocs needs.
    """
    if themed:
        for name in ("content/pages", "site_config/theme"):
            shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
        shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    wuhan = {"slug": "wuhan", "name": "武汉", "full_name": "武汉市", "level": "city", "order": "10"}
    write_yaml(folder / "site_config/jurisdictions/wuhan.yml", wuhan)
    write_yaml(folder / "content/policies/wuhan/shili.yml", INSTRUMENT)
    _write_rest(folder, cases, site, authority)
    return folder


def _write_rest(
    folder: Path,
    cases: Mapping[str, Mapping[str, Any] | str | bytes] | None,
    site: Mapping[str, Any] | None,
    authority: Mapping[str, Any] | None,
) -> None:
    write_yaml(folder / "site_config/site.yml", merged(SITE, site or {}))
    written = merged(AUTHORITY, authority or {})
    write_yaml(folder / f"site_config/authorities/{AUTHORITY['slug']}.yml", written)
    for name, content in (cases or {}).items():
        path = folder / "registry/cases" / filed(name, content)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            write_yaml(path, {**content, "case": path.stem})


def filed(name: str, content: Mapping[str, Any] | str | bytes) -> str:
    """``name``, in the folder of a year of the case: tests give most of theirs 2026 and dates of any year."""
    if not isinstance(content, Mapping):
        return name
    jurisdiction, year, file = name.split("/")
    notice, honours, act = content.get("notice"), content.get("honours"), content.get("act")
    days = [act["happened_on"]] if act else []
    days += [notice["published_at"]] if notice else []
    days += [day for item in honours or () for day in (item.get("published_on"), item["decided_on"]) if day]
    years = {str(day)[:4] for day in days}
    return name if not years or year in years else f"{jurisdiction}/{max(years)}/{file}"


def write_yaml(path: Path, tree: Mapping[str, Any]) -> None:
    """Write a tree of text as YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(tree), encoding="utf-8")


def dump(tree: Mapping[str, Any]) -> str:
    """A tree as YAML, by libyaml, which is ten times as fast."""
    text: str = yaml.dump(
        dict(tree), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return text
