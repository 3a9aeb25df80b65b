"""预览的外框 (preview frame): the frame of the site around a page that is not published yet.

It is the frame of :mod:`generator.pipeline.frame`, made of settings, theme and hand-written pages alone, without a single
record: so a faulty record hinders no preview of another.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from generator.catalogue import speaking
from generator.pages.fresh_words import day_freshness
from generator.pages.page import Page, language_of
from generator.pipeline.frame import FRAME, Frame, Host, read_frame
from generator.pipeline.prepare import prepared_alone
from generator.pipeline.private_spool import private_spool
from generator.public.context import SiteContext


def preview_frame(root: Path, now: datetime, host: Host) -> Frame:
    """The frame of the project in ``root``. Takes as long as MkDocs does. Raises
    :class:`~generator.pipeline.prepare.ChecksFailedError` for faulty settings and what ``host`` raises."""
    with private_spool(root) as spool:
        copy = spool / "project"
        copy.mkdir()
        for name in ("site_config", "content"):
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name)
        if (root / "mkdocs.yml").is_file():
            shutil.copy(root / "mkdocs.yml", copy)
        with prepared_alone(copy, now, now, 1) as prepared:
            folder = prepared.workspace.spool / FRAME
            folder.mkdir()
            return read_frame(folder, host(prepared, folder))


def previewed(page: Page, frame: Frame, context: SiteContext) -> bytes:
    """The HTML document of ``page`` as the site will have it."""
    with speaking(language_of(page.path)):
        return frame.page(page, day_freshness(context))
