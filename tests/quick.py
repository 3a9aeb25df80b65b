"""A whole build in milliseconds: everything but MkDocs, for tests that need thousands of sites.

Shells are rendered once by MkDocs in a real build; here a fixed one stands in, which prints the same
slots and the same site-wide facts (next change, build instant). Everything else is the real thing:
files are read, checked, disclosed, rendered, stamped, exported and audited by the code that
``yiyong build`` runs. The law is one small invented instrument, so that its pages cost nothing.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from unittest import mock

from generator.audit import Secrets
from generator.cases.case_files import find_case_files
from generator.catalogue import spoken
from generator.diagnostics import Diagnostic
from generator.outputs.poster.poster_fonts import FontPlaces
from generator.pages import templating
from generator.pages.fresh_words import day_freshness
from generator.pages.page import Page
from generator.pipeline import finish as finishing
from generator.pipeline import law_of_day, papers, prepare
from generator.pipeline.audit_step import Audited
from generator.pipeline.finish import Built, finish
from generator.pipeline.frame import read_frame
from generator.pipeline.prepare import Prepared
from generator.pipeline.private_spool import private_spool
from generator.pipeline.shell import head_of, shell_pages
from generator.pipeline.site_tree import SiteTree, Units
from generator.project.settings import LoadedSettings, Settings, load_settings
from generator.public.context import SiteContext
from generator.public.verification import slow_hash as slow
from tests.projects import AS_OF, dump, filed, write_small_project

SHELL = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="{description}">{head}</head>
<body data-as-of="{since}" data-next="{until}"><main>
<p>{fresh}</p>
{body}
</main><footer>{site}</footer></body></html>
"""


class Quick:
    """A project folder, set up once, whose cases change from build to build.

    What tells of the law alone is made once and kept, as a store would keep it. With ``law_once`` only the first site
    has its pages, which know nothing of cases.
    """

    def __init__(self, folder: Path, *, law_once: bool = False, **site: Any) -> None:
        self._law_once = law_once
        self._built = 0
        self._law_made: dict[tuple[str, bytes, object], Any] = {}
        self.root = folder / "project"
        self.out = folder / "site"
        write_small_project(self.root, site=site)
        self._settings: LoadedSettings = load_settings(self.root)
        assert self._settings.settings is not None, self._settings.diagnostics

    @property
    def settings(self) -> Settings:
        """The project's settings."""
        assert self._settings.settings is not None
        return self._settings.settings

    def check(self, cases: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
        """What ``yiyong check`` says of ``cases``."""
        write_cases(self.root, cases)
        with mock.patch.object(prepare, "load_settings", self._load):
            return prepare.check_project(self.root, AS_OF, AS_OF, 1).diagnostics

    @contextlib.contextmanager
    def prepared(
        self, cases: Mapping[str, Any], decisions: Mapping[str, Any] | None = None
    ) -> Iterator[Prepared]:
        """The public content of ``cases`` (file name below ``registry/cases`` → tree, text or bytes) and of
        ``decisions`` (file name below ``registry/decisions`` → tree)."""
        write_cases(self.root, cases)
        write_decisions(self.root, decisions or {})
        with (
            private_spool(self.root) as spool,
            mock.patch.object(prepare, "load_settings", self._load),
            # Every honour of these registries has a certificate code, and all codes are new.
            mock.patch.object(slow, "ITERATIONS", 1),
        ):
            self._built += 1
            yield prepare.prepare(self.root, AS_OF, AS_OF, spool, 1)

    def build(
        self,
        cases: Mapping[str, Any],
        *,
        audit: bool = True,
        decisions: Mapping[str, Any] | None = None,
    ) -> Built:
        """Build the whole site into :attr:`out`; raises what ``yiyong build`` reports."""
        with self.prepared(cases, decisions) as ready:
            return self.finish(ready, audit=audit)

    def finish(self, ready: Prepared, *, audit: bool = True) -> Built:
        """What follows MkDocs, in shells that stand in for those of MkDocs."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)
        rendered = self.out.with_name("rendered")
        shutil.rmtree(rendered, ignore_errors=True)
        for page in shell_pages():
            target = rendered / page.path / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(as_html(page, ready), encoding="utf-8")
        tree = SiteTree(folder=self.out, moment=ready.context.moment)
        with contextlib.ExitStack() as stack:
            stack.enter_context(mock.patch.object(law_of_day, "_kept", self._kept))
            # Posters are typeset in half a second each; the sample site has them.
            stack.enter_context(mock.patch.object(papers, "PLACES", FontPlaces(system=False)))
            if not audit:
                stack.enter_context(mock.patch.object(finishing, "audit_built", passed))
            return finish(papers.plan_papers(ready), read_frame(rendered, ()), tree)

    def _kept(
        self, prepared: Prepared, name: str, key: bytes, _: object, make: Callable[[SiteContext], Any]
    ) -> Any:
        if self._law_once and self._built > 1 and name in ("pages", "instruments"):
            return ()
        # A test may have changed the templates.
        known = (name, key, templating._environment(spoken()))
        if known not in self._law_made:
            self._law_made[known] = make(prepared.context)
        return self._law_made[known]

    def files(self) -> dict[str, bytes]:
        """Every file of the site as it stands: path → bytes."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }

    def _load(self, root: Path) -> LoadedSettings:
        assert root == self.root
        return replace(
            self._settings,
            case_files=find_case_files(root),
            decision_files=tuple(sorted(root.glob("registry/decisions/*/*/*.yml"))),
        )


def passed(ready: Prepared, site: Path, units: Units, *_: object) -> Audited:
    """What stands in for the audit where it is another test's."""
    return Audited(warnings=(), units=dict(units), searched=Secrets().searched_for())


def write_cases(root: Path, cases: Mapping[str, Any]) -> None:
    """Write exactly these case files; a tree gets the case number that its file is called after."""
    base = root / "registry/cases"
    shutil.rmtree(base, ignore_errors=True)
    for name, content in cases.items():
        path = base / filed(name, content)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            path.write_text(dump({**content, "case": path.stem}), encoding="utf-8")


def write_decisions(root: Path, decisions: Mapping[str, Any]) -> None:
    """Write exactly these decisions."""
    base = root / "registry/decisions"
    shutil.rmtree(base, ignore_errors=True)
    for name, tree in decisions.items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(tree), encoding="utf-8")


def as_html(page: Page, ready: Prepared) -> str:
    """The document that stands in for what MkDocs renders of a page or a shell."""
    context = ready.context
    fresh = page.freshness or day_freshness(context)
    return SHELL.format(
        title=escape(page.title),
        description=escape(page.description),
        head=head_of(page),
        body=page.body,
        since=fresh.since,
        until=fresh.until,
        fresh=fresh.words,
        site=context.site.name,
    )
