"""问明的辖区 (place asked): whose records a command is about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.shared_options import fail, misuse
from generator.diagnostics import Place, diagnose
from generator.project.settings import Settings, load_settings

City = Annotated[str | None, typer.Option("--city", help="辖区的全称或者标识；只有一个的不用写")]


def sound_settings(project: Path) -> Settings:
    """The project's settings; leaves when they are faulty."""
    settings = load_settings(project).settings
    if settings is None:
        fail(diagnose("DSK017", Place(path="site_config")))
    return settings


def asked_jurisdiction(settings: Settings, city: str | None) -> str:
    """标识 of the place meant; leaves where none, or more than one, can be meant."""
    registers = {slug: item for slug, item in settings.jurisdictions.items() if item.keeps_register}
    meant = [
        slug
        for slug, item in registers.items()
        if city in (slug, item.name, item.full_name) or (city is None and len(registers) == 1)
    ]
    if not meant:
        known = "、".join(item.full_name for item in registers.values())
        misuse(diagnose("DSK040", Place(path="--city"), terms={"found": city or "—", "known": known}))
    return meant[0]
