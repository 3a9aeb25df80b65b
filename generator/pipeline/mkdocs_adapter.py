"""MkDocs 适配 (adapter): the only module that knows MkDocs.

As a plugin it makes plain ``mkdocs build --strict`` and ``mkdocs serve`` give the whole site. As a
host (:func:`build_with_mkdocs`) it builds the pages of a site that :mod:`generator.pipeline.build` has
prepared. Either way the work is done elsewhere; here it is only handed over.

MkDocs prints the traceback of whatever goes wrong, and a traceback can quote a record. So no error leaves this
module but as a message by its code: each event is guarded, and :meth:`YiyongPlugin.on_build_error` guards
what MkDocs does between them.
"""

from __future__ import annotations

import atexit
import logging
import os
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from click import ClickException
from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import base, load_config
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from rcssmin import cssmin  # type: ignore[import-untyped]
from rjsmin import jsmin  # type: ignore[import-untyped]

from generator.catalogue import Language, speaking, wording
from generator.diagnostics.crash import crash_diagnostic
from generator.diagnostics.report import format_text
from generator.diagnostics.staff import staff_language, staff_words
from generator.pages.office_look import STYLESHEET, look_css
from generator.pages.page import ENGLISH
from generator.pages.templating import script_json
from generator.pipeline.csp import with_policy
from generator.pipeline.destination import settled_site
from generator.pipeline.failures import foreseen
from generator.pipeline.finish import finish
from generator.pipeline.frame import FRAME, HostError, read_frame
from generator.pipeline.joined_scripts import join_scripts
from generator.pipeline.joined_styles import join_styles
from generator.pipeline.papers import plan_papers
from generator.pipeline.prepare import Prepared, prepare
from generator.pipeline.private_spool import private_spool
from generator.pipeline.shell import TOKENS, shell_pages
from generator.pipeline.site_tree import SiteTree, files_in
from generator.pipeline.staged_markdown import as_markdown, markdown_path
from generator.project.discovery import ASSETS
from generator.project.layers import mkdocs_file, page_files, page_folders, theme_folders
from generator.source.model.instant import SHANGHAI, BadInstantError, parse_instant
from generator.system.tree_exchange import exchange, tree_behind

_INDEX = "index.md"
_LINK = re.compile(r"\]\(([^()\s#:]+index\.md)[)#]")
WATCHED = ("registry", "content", "site_config")


P = ParamSpec("P")
T = TypeVar("T")


def _guarded(
    event: Callable[Concatenate[YiyongPlugin, P], T],
) -> Callable[Concatenate[YiyongPlugin, P], T]:
    """Let an event fail with nothing but a message by its code."""

    @wraps(event)
    def guarded(self: YiyongPlugin, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return event(self, *args, **kwargs)
        except MkDocsException:
            raise
        except Exception as error:
            if self.hosted:
                raise  # build_with_mkdocs has a guard of its own above it
            raise PluginError(self.told(error)) from None

    return guarded


def _without_details(record: logging.LogRecord) -> bool:
    """Of a page that MkDocs could not read or build, its log names the page and quotes no exception."""
    said = str(record.msg)
    if said.startswith(("Error reading page", "Error building page")):
        record.msg, record.args = said.partition("': ")[0] + "'", ()
    return True


class YiyongConfig(base.Config):  # type: ignore[no-untyped-call]
    """插件设置 in mkdocs.yml."""

    as_of = options.Optional(options.Type(str))


class YiyongPlugin(BasePlugin[YiyongConfig]):  # type: ignore[no-untyped-call]
    """The plugin. ``prepared`` is set from outside when :func:`build_with_mkdocs` is the host."""

    def __init__(self) -> None:
        self.prepared: Prepared | None = None
        self.hosted = False
        self.serving = False
        self._open = ExitStack()
        self._out: Path | None = None
        self._root = Path()

    def told(self, error: Exception) -> str:
        """What may be said of ``error``."""
        failure = foreseen(error, self._out or self._root)
        found = failure.diagnostics if failure is not None else (crash_diagnostic(error, self._root),)
        return f"\n{format_text(found, lang=staff_language())}"

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember which command runs; also keeps this object over the rebuilds of ``serve``."""
        self.serving = command == "serve"
        atexit.register(self._open.close)
        logging.getLogger("mkdocs.commands.build").addFilter(_without_details)

    @_guarded
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the registry; put the site's own name and address into the configuration."""
        if not self.hosted:
            self._prepare(config)
        assert self.prepared is not None
        _lay_theme(config, self.prepared.workspace.root)
        context = self.prepared.context
        config.site_name = context.site.name
        config.site_url = context.site.base_url
        config.site_description = context.site.tagline
        config.extra["yiyong"] = theme_data(self.prepared)
        os.environ["SOURCE_DATE_EPOCH"] = str(context.moment)
        return config

    @_guarded
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the shipped pages that the project has no own one for, and the shells, in memory."""
        assert self.prepared is not None
        english = self.prepared.context.site.english is not None
        for file in [*files]:
            if not english and file.src_uri.startswith(ENGLISH):
                files.remove(file)
        for name, path in page_files(self.prepared.workspace.root).items():
            if files.get_file_from_path(name) is None and (english or not name.startswith(ENGLISH)):
                files.append(File.generated(config, name, abs_src_path=str(path)))
        look = self.prepared.context.site.look
        if css := look_css(look):
            files.append(File.generated(config, STYLESHEET, content=css))
        if look.logo is not None:
            mark = str(self.prepared.workspace.root / ASSETS / look.logo)
            files.append(File.generated(config, f"assets/{look.logo}", abs_src_path=mark))
        for page in shell_pages(_generated(config, files)):
            files.append(File.generated(config, markdown_path(page), content=as_markdown(page)))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Leave no line in a page for what was only a tag of its template."""
        env.trim_blocks = True
        env.lstrip_blocks = True
        return env

    @_guarded
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Give every page, and every shell, the policy under which its own scripts run."""
        return with_policy(output)

    @_guarded
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for ``404.html``."""
        return with_policy(output_content) if template_name.endswith(".html") else output_content

    @_guarded
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site and exchange, unless a host does so."""
        if self.hosted:
            return
        assert self.prepared is not None
        site = Path(config.site_dir)
        drop_unused_assets(site)
        lighten_assets(site)
        frame = read_frame(site, hand_written(self.prepared))
        papers = plan_papers(self.prepared)
        folder = site if self._out is None else self._open.enter_context(tree_behind(self._out))
        tree = SiteTree(folder=folder, moment=self.prepared.context.moment, found=files_in(folder))
        finish(papers, frame, tree)
        if self._out is not None:
            exchange(folder, self._out)
        self._open.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Clear away what was half built, and end without a traceback."""
        self._open.close()
        if not self.hosted and not isinstance(error, MkDocsException):
            raise Abort(self.told(error)) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when records, policies or settings change."""
        for name in WATCHED:
            if (self._root / name).is_dir():
                server.watch(str(self._root / name))
        return server

    def _prepare(self, config: MkDocsConfig) -> None:
        # The settings may be the shipped ones; the pages are always the project's own.
        root = self._root = Path(config.docs_dir).parent.parent
        as_of = self.config.as_of or os.environ.get("YIYONG_AS_OF")
        now = datetime.now(SHANGHAI)
        self._open.close()
        try:
            instant = parse_instant(as_of) if as_of else None
        except BadInstantError:
            raise PluginError(staff_words()["bad_instant"].format(text=as_of)) from None
        if not self.serving:
            self._out = settled_site(root, Path(config.site_dir))
        spool = self._open.enter_context(private_spool(root))
        self.prepared = prepare(
            root,
            instant,
            now,
            spool,
            jobs=1 if self.serving else os.cpu_count() or 1,
            search=not self.serving,
        )
        if self._out is not None:
            config.site_dir = str(spool / FRAME)


def build_with_mkdocs(prepared: Prepared, staging: Path, config_file: Path) -> list[str]:
    """宿主: render the shells and the pages that people wrote into ``staging``.

    ``config_file`` is the project's own; where there is none, the shipped one is taken.
    """
    own = config_file.is_file()
    chosen = config_file if own else mkdocs_file(prepared.workspace.root)
    # With neither settings nor pages of its own a project is built from the shipped ones alone.
    whole = own and (config_file.parent / "content" / "pages").is_dir()
    pages = {} if whole else {"docs_dir": str(page_folders(prepared.workspace.root)[0])}
    config = load_config(str(chosen), site_dir=str(staging), strict=True, **pages)
    plugin = config.plugins["yiyong"]
    assert isinstance(plugin, YiyongPlugin)
    plugin.prepared = prepared
    plugin.hosted = True
    with _told() as said:
        try:
            mkdocs_build(config)
        except (MkDocsException, ClickException, SystemExit) as error:
            raise HostError("\n".join(said) or str(error)) from None
    drop_unused_assets(staging)
    lighten_assets(staging)
    return hand_written(prepared)


def hand_written(prepared: Prepared) -> list[str]:
    """Addresses of the pages that people wrote, the shipped ones among them."""
    english = prepared.context.site.english is not None
    names = (name for name in page_files(prepared.workspace.root) if english or not name.startswith(ENGLISH))
    stems = (name.removesuffix(".md") for name in names if name.endswith(".md"))
    return [f"{stem.removesuffix('index')}/".replace("//", "/").lstrip("/") for stem in stems]


def _lay_theme(config: MkDocsConfig, root: Path) -> None:
    """Put the project's own folder and the shipped one before those of Material and MkDocs."""
    ours = [str(folder) for folder in theme_folders(root)]
    others = [folder for folder in config.theme.dirs if folder not in ours]
    before = 1 if config.theme.custom_dir in others else 0
    config.theme.dirs[:] = [*others[:before], *ours, *others[before:]]


def drop_unused_assets(site: Path) -> None:
    """Take out what this site does not use of Material: its scripts, styles and icon."""
    for folder in ("javascripts", "stylesheets", "images"):
        shutil.rmtree(site / "assets" / folder, ignore_errors=True)


def lighten_assets(site: Path) -> None:
    """Without comments and spacing the style sheets weigh a sixth less, and a quarter less compressed; scripts a sixth."""
    join_styles(site / "assets")
    for path in (site / "assets").glob("*.css"):
        path.write_text(cssmin(path.read_text(encoding="utf-8")), encoding="utf-8")
    join_scripts(site / "assets")
    for path in (site / "assets").glob("*.js"):
        path.write_text(jsmin(path.read_text(encoding="utf-8")), encoding="utf-8")


@contextmanager
def _told() -> Iterator[list[str]]:
    """What MkDocs warns of, which it tells only to its log."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    listener = Listener(logging.WARNING)
    log = logging.getLogger("mkdocs")
    log.addHandler(listener)
    try:
        yield said
    finally:
        log.removeHandler(listener)


def _generated(config: MkDocsConfig, files: Files) -> list[str]:
    """Addresses of pages that nobody wrote, in the navigation and in links of those that people wrote: they are
    generated, and MkDocs knows them by their shells. Whether they really are is known when the site is whole."""
    known = [*_in_navigation(config.nav)]
    for file in files.documentation_pages():
        links = _LINK.findall(file.content_string)
        known += (posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), link)) for link in links)
    missing = sorted({path for path in known if files.get_file_from_path(path) is None})
    # Home has a shell in any case.
    return [path.removesuffix(_INDEX) for path in missing if path.endswith(_INDEX) and path != _INDEX]


def _in_navigation(nav: Any) -> Iterator[str]:
    match nav:
        case str():
            yield nav
        case list():
            for item in nav:
                yield from _in_navigation(item)
        case dict():
            yield from _in_navigation([*nav.values()])


def _words(language: Language) -> dict[str, Any]:
    """What the theme says in one language."""
    with speaking(language):
        return {"wording": wording("common"), "script_words": script_json(dict(wording("countdown")))}


def theme_data(prepared: Prepared) -> dict[str, Any]:
    """``config.extra.yiyong``: what the theme prints on every page."""
    context = prepared.context
    site = context.site
    return {
        "site": {
            "name": site.name,
            "tagline": site.tagline,
            "owner": site.owner,
            "contact": site.contact,
            "government": site.government.model_dump(mode="json"),
            "stylesheet": STYLESHEET if look_css(site.look) else "",
            "logo": f"assets/{site.look.logo}" if site.look.logo is not None else "",
            "sample_banner": site.sample.banner if site.sample is not None else "",
        },
        "daily": site.alerts.daily,
        "fresh": asdict(TOKENS),
        "english": site.english.model_dump() if site.english is not None else None,
        **_words("zh"),
        "en": _words("en"),
        "search": wording("search") if context.search else None,
    }
