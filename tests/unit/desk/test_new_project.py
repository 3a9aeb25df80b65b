"""An office on its first day: an empty folder, a few answers, a project that is sound at once."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import yaml

from generator.desk.new_project import provinces, shipped_places, slug_of
from generator.project.layers import page_files, theme_folders
from generator.project.settings import load_settings
from generator.system.shipped import shipped_folder
from tests.offices import begin, office, yiyong
from tests.projects import ROOT


def test_the_new_project_has_no_fault_and_no_sample(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    checked = yiyong("check", "--root", project)
    assert (checked.exit_code, checked.stdout.strip()) == (0, "没有发现问题。")
    assert not list((project / "registry").rglob("*.yml"))
    text = "".join(path.read_text(encoding="utf-8") for path in project.rglob("*") if path.is_file())
    assert "<<" not in text.replace("<< ", "") and "<%" not in text


def test_it_knows_the_place_and_takes_the_law_of_the_software(tmp_path: Path) -> None:
    settings = load_settings(office(tmp_path / "jyyw")).settings
    assert settings is not None
    assert settings.jurisdictions["changsha"].parent == "hunan"
    assert settings.jurisdictions["hunan"].parent == "quanguo"
    assert not settings.jurisdictions["hunan"].keeps_register
    assert {item.jurisdiction for item in settings.instruments} == {"quanguo"}
    assert [item.jurisdiction for item in settings.authorities.values()] == ["changsha"]


def test_a_city_of_the_library_brings_its_own_law_and_that_above_it(tmp_path: Path) -> None:
    result = begin(tmp_path / "wh", city="武汉市", slug="ignored")
    assert result.exit_code == 0, result.output
    loaded = load_settings(tmp_path / "wh")
    assert loaded.settings is not None
    assert set(loaded.settings.jurisdictions) == {"wuhan", "hubei", "quanguo"}
    assert {item.jurisdiction for item in loaded.settings.instruments} == {"wuhan", "hubei", "quanguo"}
    assert not list((tmp_path / "wh" / "site_config").glob("jurisdictions/*"))


def test_a_city_of_a_province_in_the_library_applies_its_law(tmp_path: Path) -> None:
    answers = {"city": "荆州市", "province": "湖北", "slug": "jingzhou"}
    assert begin(tmp_path / "jz", "--provincial-law", **answers).exit_code == 0
    settings = load_settings(tmp_path / "jz").settings
    assert settings is not None
    assert settings.jurisdictions["jingzhou"].applies_province
    assert {item.jurisdiction for item in settings.instruments} == {"hubei", "quanguo"}


def test_an_own_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    assert begin(tmp_path / "wh", city="武汉市").exit_code == 0
    own = tmp_path / "wh/site_config/jurisdictions/wuhan.yml"
    own.parent.mkdir(exist_ok=True)
    original = (shipped_folder() / "site_config/jurisdictions/wuhan.yml").read_text(encoding="utf-8")
    own.write_text(original.replace("order: 10", "order: 77"), encoding="utf-8")
    settings = load_settings(tmp_path / "wh").settings
    assert settings is not None
    assert settings.jurisdictions["wuhan"].order == 77
    page = tmp_path / "wh/content/pages/about.md"
    page.write_text("# 关于我们\n", encoding="utf-8")
    assert page_files(tmp_path / "wh")["about.md"] == page
    assert page_files(tmp_path / "wh")["objections.md"].is_relative_to(shipped_folder())
    (tmp_path / "wh/site_config/theme").mkdir()
    assert theme_folders(tmp_path / "wh")[0] == tmp_path / "wh/site_config/theme"


def test_pages_of_the_software_are_staged_and_nothing_hidden(tmp_path: Path) -> None:
    staged = yiyong("stage", tmp_path / "markdown", "--root", office(tmp_path / "jyyw"))
    assert staged.exit_code == 0, staged.output
    names = {
        path.relative_to(tmp_path / "markdown").as_posix() for path in (tmp_path / "markdown").rglob("*")
    }
    assert {"objections.md", "about.md", "index.md"} <= names
    assert not [name for name in names if name.startswith(".")]


def test_a_place_that_nobody_brings_is_told(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    site = project / "site_config/site.yml"
    text = site.read_text(encoding="utf-8").replace("[quanguo]", "[quanguo, hunnan]")
    site.write_text(text, encoding="utf-8")
    result = yiyong("check", "--root", project)
    assert result.exit_code == 1
    assert "REG040" in result.output and "hunnan" in result.output and "hubei" in result.output


def test_questions_are_asked_in_chinese_and_their_answers_are_taken(tmp_path: Path) -> None:
    typed = "长沙市\n湖南\ny\n\n长沙市见义勇为办公室\n\nhttps://changsha.yiyong.example\n0731-00000000\n\n"
    result = yiyong("init", tmp_path / "asked", asked=typed)
    assert result.exit_code == 0, result.output
    assert "哪个城市" in result.output and "[changsha]" in result.output
    site = yaml.load((tmp_path / "asked/site_config/site.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert site["name"] == "长沙见义勇为公示"
    assert site["base_url"] == "https://changsha.yiyong.example/"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"city": "长沙"}, "DSK006"),
        ({"province": "湖东省"}, "DSK002"),
        ({"slug": "chang-sha"}, "DSK003"),
        ({"slug": "长沙"}, "DSK003"),
        ({"url": "http://changsha.example/"}, "DSK004"),
        ({"url": "jyyw"}, "DSK004"),
    ],
)
def test_an_answer_that_cannot_be_is_misuse_and_nothing_is_written(
    tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    result = begin(tmp_path / "jyyw", **changes)
    assert result.exit_code == 2
    assert code in result.output
    assert not (tmp_path / "jyyw").exists()


def test_a_slip_of_the_pen_is_asked_again_and_the_other_answers_stay(tmp_path: Path) -> None:
    said = [
        "长沙",
        "长沙市",
        "湖东",
        "湖南",
        "也许",
        "是",
        "chang-sha",
        "",
        "办公室",
        "",
        "www.a.example",
        "https://a.example",
    ]
    result = yiyong("init", tmp_path / "jyyw", asked="\n".join([*said, "", "", "", "a@a.example"]) + "\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("请回答“是”或者“否”") == 1
    for code in ("DSK006", "DSK002", "DSK003", "DSK004", "DSK005"):
        assert result.output.count(code) == 1, code
    site = yaml.load((tmp_path / "jyyw/site_config/site.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert site["base_url"] == "https://a.example/" and "a@a.example" in site["contact"]


def test_without_a_channel_nobody_could_object(tmp_path: Path) -> None:
    answers = ("--city", "武汉市", "--authority", "办公室", "--name", "站", "--url", "https://a.example/")
    for given in ((), ("--telephone", "")):
        result = yiyong("init", tmp_path / "jyyw", *answers, *given, asked="\n\n")
        assert result.exit_code == 1  # nobody answers when asked again
        assert "DSK005" in result.output
        assert not (tmp_path / "jyyw").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("留着", encoding="utf-8")
    result = begin(tmp_path)
    assert result.exit_code == 2
    assert "DSK001" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_names_with_quotes_and_colons_stay_what_they_are(tmp_path: Path) -> None:
    name = '长沙："见义勇为" #1 \\ 公示'
    assert begin(tmp_path / "jyyw", name=name, authority="办公室: 甲").exit_code == 0
    settings = load_settings(tmp_path / "jyyw").settings
    assert settings is not None
    assert settings.site.name == name
    assert [item.name for item in settings.authorities.values()] == ["办公室: 甲"]


def test_files_for_machines_can_be_read_by_them(tmp_path: Path) -> None:
    project = office(tmp_path / "jyyw")
    for path in (".github/workflows/site.yml", ".gitea/workflows/site.yml"):
        workflow = yaml.load((project / path).read_text(encoding="utf-8"), yaml.CSafeLoader)
        runs = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
        order = [
            next(n for n, run in enumerate(runs) if word in run)
            for word in ("yiyong check", "yiyong build", "yiyong diff")
        ]
        assert order == sorted(order)
    gitlab = yaml.load((project / ".gitlab-ci.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert gitlab["stages"] == ["check", "build", "diff", "publish"]
    assert gitlab["publish"]["rules"][0]["when"] == "manual"
    gitee = yaml.load((project / ".workflow/site.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert [(stage["name"], stage["trigger"]) for stage in gitee["stages"]] == [
        ("check", "auto"),
        ("publish", "manual"),
    ]
    owners = (project / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = {line.split()[0].strip("/") for line in owners if line.startswith("/")}
    assert {"registry", "site_config", "content/policies", "content/pages"} < owned
    editor = json.loads((project / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert all((project / schema).is_file() for schema in editor["yaml.schemas"])
    assert (project / "site_config/deploy/nginx/site.conf").is_file()


def test_registry_is_for_its_owner(tmp_path: Path) -> None:
    assert not (office(tmp_path / "jyyw") / "registry").stat().st_mode & 0o007


def test_every_province_has_its_own_pinyin() -> None:
    slugs = [row["slug"] for row in provinces().values()]
    assert len(set(slugs)) == 31
    assert provinces()["陕西"]["slug"] != provinces()["山西"]["slug"]
    named = {place.full_name: place.slug for place in shipped_places().values() if place.level == "province"}
    assert {name: provinces()[name]["slug"] for name in named} == named


@pytest.mark.parametrize(
    ("name", "slug"),
    [("长沙市", "changsha"), ("重庆市", "chongqing"), ("厦门市", "xiamen"), ("叶县", "yexian")],
)
def test_a_slug_is_proposed_by_pinyin(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_the_wheel_carries_what_a_checkout_reads_in_place() -> None:
    included = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]["wheel"]["force-include"]
    assert all(target == f"generator/defaults/{source}" for source, target in included.items())
    assert set(included) == {
        "mkdocs.yml",
        "content/english",
        "content/handbook",
        "content/pages",
        "content/policies",
        "site_config/deploy",
        "site_config/jurisdictions",
        "site_config/theme",
    }
    assert all((shipped_folder() / source).exists() for source in included)
