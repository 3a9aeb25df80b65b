"""MkDocs 适配 (adapter): the only module that knows MkDocs.

As a plugin it makes plain ``mkdocs build --strict`` and ``mkdocs serve`` give the whole site. As a
host (:func:`build_with_mkdocs`) it builds the pages of a site that :mod:`generator.pipeline.build` has
prepared. Either way the work is done elsewhere; here it is only handed over.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from click import ClickException
from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import base, load_config
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from generator.catalogue import wording
from generator.cli.printing import staff_language, staff_words
from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_text
from generator.outputs.poster.press import PosterError
from generator.outputs.search.pagefind import SearchError
from generator.pages.templating import cn_moment, script_json
from generator.pipeline.audit_step import AuditFailedError
from generator.pipeline.build import HostError, refuse_strange_folder
from generator.pipeline.csp import with_policy
from generator.pipeline.finish import ThemeError, finish
from generator.pipeline.prepare import ChecksFailedError, Prepared, prepare, private_spool
from generator.pipeline.render import hosted_pages
from generator.pipeline.staged_markdown import as_markdown, markdown_path
from generator.source.model.instant import BadInstantError, parse_instant
from generator.source.model.scalars import SHANGHAI
from generator.system.exchange import staging_for, swap_in

WATCHED = ("registry", "content", "site_config")


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

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember which command runs; also keeps this object over the rebuilds of ``serve``."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the registry; put the site's own name and address into the configuration."""
        if not self.hosted:
            self._prepare(config)
        assert self.prepared is not None
        context = self.prepared.context
        config.site_name = context.site.name
        config.site_url = context.site.base_url
        config.site_description = context.site.tagline
        config.extra["yiyong"] = theme_data(self.prepared)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(context.as_of.timestamp()))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages, in memory."""
        assert self.prepared is not None
        for page in hosted_pages(self.prepared):
            files.append(File.generated(config, markdown_path(page), content=as_markdown(page)))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Leave no line in a page for what was only a tag of its template."""
        env.trim_blocks = True
        env.lstrip_blocks = True
        return env

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Give every page, and every shell, the policy under which its own scripts run."""
        return with_policy(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for ``404.html``."""
        return with_policy(output_content) if template_name.endswith(".html") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp, write the data files and swap, unless a host does so."""
        if self.hosted:
            return
        assert self.prepared is not None
        site = Path(config.site_dir)
        drop_unused_assets(site)
        try:
            finish(self.prepared, site, self.hand_written(config))
        except AuditFailedError as failed:
            raise _told_error(failed.diagnostics, "yiyong audit") from None
        except (ThemeError, PosterError, SearchError) as error:
            raise PluginError(str(error)) from None
        if self._out is not None:
            swap_in(site, self._out)
        self._open.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Clear away what was half built."""
        self._open.close()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when records, policies or settings change."""
        root = Path(config.config_file_path).parent
        for name in WATCHED:
            server.watch(str(root / name))
        return server

    def hand_written(self, config: MkDocsConfig) -> list[str]:
        """Addresses of the pages that people wrote in ``content/pages``."""
        base_folder = Path(config.docs_dir)
        pages = (path.relative_to(base_folder).with_suffix("") for path in sorted(base_folder.rglob("*.md")))
        return [f"{path.as_posix().removesuffix('index')}/".replace("//", "/").lstrip("/") for path in pages]

    def _prepare(self, config: MkDocsConfig) -> None:
        root = Path(config.config_file_path).parent
        as_of = self.config.as_of or os.environ.get("YIYONG_AS_OF")
        now = datetime.now(SHANGHAI)
        self._open.close()
        try:
            spool = self._open.enter_context(private_spool(root))
            instant = parse_instant(as_of) if as_of else None
            self.prepared = prepare(
                root,
                instant,
                now,
                spool,
                jobs=1 if self.serving else os.cpu_count() or 1,
                search=not self.serving,
            )
        except ChecksFailedError as failed:
            self._open.close()
            raise _told_error(failed.diagnostics, "yiyong check") from None
        except BadInstantError:
            self._open.close()
            raise PluginError(staff_words()["bad_instant"].format(text=as_of)) from None
        if not self.serving:
            self._out = Path(config.site_dir)
            refuse_strange_folder(self._out)
            config.site_dir = str(self._open.enter_context(staging_for(self._out)))


def _told_error(diagnostics: tuple[Diagnostic, ...], what: str) -> PluginError:
    """Tell every problem through MkDocs' log, and give the error that stops it."""
    words = format_text(diagnostics, lang=staff_language())
    logging.getLogger("mkdocs.plugins.yiyong").error("\n%s", words)
    return PluginError(what)


def build_with_mkdocs(prepared: Prepared, staging: Path, config_file: Path) -> list[str]:
    """宿主: build the hosted pages and the shells of ``prepared`` into ``staging``."""
    config = load_config(str(config_file), site_dir=str(staging), strict=True)
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
    return plugin.hand_written(config)


def drop_unused_assets(site: Path) -> None:
    """Take out what this site does not use of Material: its scripts, its palette and source maps."""
    shutil.rmtree(site / "assets" / "javascripts", ignore_errors=True)
    for path in (site / "assets" / "stylesheets").glob("palette.*"):
        path.unlink()
    for path in (site / "assets").rglob("*.map"):
        path.unlink()


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


def theme_data(prepared: Prepared) -> dict[str, Any]:
    """``config.extra.yiyong``: what the theme prints on every page."""
    context = prepared.context
    site = context.site
    words = wording("common")
    return {
        "site": {
            "name": site.name,
            "tagline": site.tagline,
            "owner": site.owner,
            "contact": site.contact,
            "government": site.government.model_dump(mode="json"),
            "sample_banner": site.sample.banner if site.sample is not None else "",
        },
        "as_of": context.as_of.isoformat(timespec="minutes"),
        "as_of_text": cn_moment(context.as_of),
        "next_change_at": context.next_change_at.isoformat(timespec="minutes")
        if context.next_change_at
        else "",
        "wording": words,
        "script_words": script_json(words["script"]),
        "search": wording("search") if context.search else None,
    }
