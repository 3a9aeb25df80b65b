"""没有办完的公布: whatever failed, the desk says what the public sees now."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.cli.desk_publishing import DeskPublishing
from generator.cli.log_commands import uncommitted
from generator.desk.desk_pages import DeskPages
from generator.diagnostics.phrasing import words_of
from generator.pipeline.build_options import BuildOptions
from generator.pipeline.publish_step import Reached
from generator.system.version_control import GitError, commit
from tests.desks import desk_project, desk_work
from tests.projects import AS_OF


@pytest.fixture
def versioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a repository of its own whose hook takes no commit."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    root = desk_project(tmp_path)
    for words in (
        ("init", "--quiet"),
        ("config", "user.name", "承办人"),
        ("config", "user.email", "a@b.example"),
    ):
        subprocess.run(["git", "-C", str(root), *words], check=True)
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 卷宗号没有写 >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    return root


def published(
    root: Path, monkeypatch: pytest.MonkeyPatch, reached: Reached, error: Exception | None = None
) -> str:
    """What the desk's page says after a publication that came so far."""

    def build(options: BuildOptions) -> None:
        assert options.publishing is not None
        options.publishing.reached = reached
        if error is not None:
            raise error

    monkeypatch.setattr("generator.cli.desk_publishing.build_site", build)
    publishing = DeskPublishing(root, root / "site", lambda job: job())
    assert publishing.begin("", AS_OF)
    pages = DeskPages(work=desk_work(root), base="/", site=root / "site")
    return pages.publishing(**publishing.page_state())


def test_a_commit_that_fails_is_not_told_as_no_publication(
    versioned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = published(versioned, monkeypatch, Reached.SHOWN)
    assert "没有公布" not in said and "公众看到的是新页面" in said and "台账已登记" in said
    assert "钩子不接受" in said and "卷宗号没有写" in said and "再用 git 自己提交" in said
    assert "不要再公布一次" in said and "PUB025" in said


def test_nothing_is_said_to_be_as_it_was_once_the_ledger_has_grown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = desk_project(tmp_path)
    full = OSError(28, "No space left on device")
    said = published(root, monkeypatch, Reached.LOGGED, full)
    assert "一切照旧" not in said and "已经登进台账" in said and "旧页面" in said and "马上再公布一次" in said
    assert "没有公布，一切照旧" in published(root, monkeypatch, Reached.NOTHING, full)


def test_why_git_did_not_commit_is_told_in_both_languages(
    versioned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> GitError:
        with pytest.raises(GitError) as raised:
            commit(versioned, ("registry/cases",), "公布")
        return raised.value

    found = [refused()]
    lock = versioned / ".git/index.lock"
    lock.touch()
    found.append(refused())
    lock.unlink()
    (versioned / ".git/hooks/pre-commit").unlink()
    for name in ("user.name", "user.email"):
        subprocess.run(["git", "-C", str(versioned), "config", "--unset", name], check=True)
    subprocess.run(["git", "-C", str(versioned), "config", "user.useConfigOnly", "true"], check=True)
    found.append(refused())
    monkeypatch.setenv("PATH", str(versioned))
    found.append(refused())
    assert [error.cause for error in found] == ["refused", "locked", "nameless", "missing"]
    for error in found:
        item = uncommitted(versioned, error)
        english, chinese = words_of(item, "en").message, words_of(item, "zh").message
        assert "the public sees the new pages" in english and "公众看到的是新页面" in chinese
        assert "git_" not in english + chinese and "卷宗号" not in english + chinese
