"""办公桌 (desk): ``yiyong desk``."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Annotated

import typer

from generator.cli.desk_door import Door
from generator.cli.desk_publishing import DeskPublishing
from generator.cli.desk_server import Desk, desk_server
from generator.cli.place_asked import sound_settings
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    AsOf,
    Out,
    Root,
    Search,
    Who,
    asked_instant,
    asked_name,
    misuse,
    now,
    project_folder,
    site_host,
    system_account,
)
from generator.cli.signing import Device, Key
from generator.desk.desk_work import DeskWork
from generator.diagnostics import Place, diagnose
from generator.diagnostics.crash import crash_diagnostic
from generator.diagnostics.staff import staff_words
from generator.pipeline.preview_frame import preview_frame

_EVERY = 0.5
"""Seconds between two looks at whether there is something to do."""


def desk(
    root: Root = Path(),
    who: Who = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口；0 为任意空闲的")] = 0,
    out: Out = None,
    as_of: AsOf = None,
    search: Search = True,
    key: Key = None,
    device: Device = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="是否打开浏览器 / open the browser or not")
    ] = True,
) -> None:
    """办公桌：在本机的浏览器里写案件、看公众将看到什么、送审、批准、公布 / the forms, for this machine's browser alone."""
    project = project_folder(root)
    sound_settings(project)
    words = staff_words()["desk"]
    name = asked_name(who)
    jobs: SimpleQueue[object] = SimpleQueue()
    work = DeskWork(project, name, system_account(), now, asked_instant(as_of))
    target = (out or project / "site").absolute()
    publishing = DeskPublishing(project, target, jobs.put, key, device, search)
    at = Desk(
        door=Door(port),
        work=work,
        publishing=publishing,
        frame=lambda: preview_frame(project, work.moment(), site_host(project)),
        failed=lambda error: print_report((crash_diagnostic(error, project),), Format.TEXT, err=True),
    )
    try:
        server = desk_server(at, port)
    except OSError:
        misuse(diagnose("DSK114", Place(path="--port"), terms={"port": port}))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    typer.echo(words["open"].format(url=at.door.entrance))
    typer.echo(words["stop"], err=True)
    if browser:
        webbrowser.open(at.door.entrance)
    if sys.stdin.isatty():
        Thread(target=_renewed, args=(at.door,), daemon=True).start()
    try:
        while True:
            try:
                job = jobs.get(timeout=_EVERY)
            except Empty:
                continue
            assert callable(job)
            job()
    finally:
        publishing.answer(yes=False)
        server.shutdown()
        server.server_close()


def _renewed(door: Door) -> None:
    """A new address each time somebody presses Enter."""
    while sys.stdin.readline():
        typer.echo(staff_words()["desk"]["open"].format(url=door.renew()))
