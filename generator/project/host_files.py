"""宿主的文件 (host files): what a project has of its own for MkDocs, judged without running it.

A build would stop at any of this, after minutes; ``yiyong check`` tells it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.project.layers import layers_of

_MKDOCS = "mkdocs.yml"
_PLUGIN, _THEME = "yiyong", "material"


def host_faults(root: Path) -> tuple[Diagnostic, ...]:
    """Faults of the project's own ``mkdocs.yml`` and of its own templates. The shipped ones are sound."""
    if len(layers_of(root)) == 1:
        return ()
    return (*_settings(root / _MKDOCS), *_templates(root))


def _settings(path: Path) -> Iterator[Diagnostic]:
    if not path.is_file():
        return
    try:
        # Tags of MkDocs' extensions are read as what stands behind them.
        tree = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        yield diagnose("DSK084", Place(path=_MKDOCS, line=mark.line + 1 if mark is not None else None))
        return
    plugins = tree.get("plugins") if isinstance(tree, dict) else None
    names = [next(iter(item), "") if isinstance(item, dict) else item for item in plugins or ()]
    theme = tree.get("theme") if isinstance(tree, dict) else None
    name = theme.get("name") if isinstance(theme, dict) else theme
    if _PLUGIN not in names or name != _THEME:
        yield diagnose("DSK085", Place(path=_MKDOCS), terms={"plugin": _PLUGIN, "theme": _THEME})


def _templates(root: Path) -> Iterator[Diagnostic]:
    from jinja2 import Environment, TemplateSyntaxError

    folder = root / "site_config" / "theme"
    environment = Environment(autoescape=True)
    for path in sorted(folder.rglob("*.html")):
        place = Place(path=path.relative_to(root).as_posix())
        try:
            environment.parse(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            place = Place(path=place.path, line=error.lineno)
            yield diagnose("DSK086", place, facts={"detail": error.message or ""})
        except UnicodeDecodeError:
            yield diagnose("DSK086", place, facts={"detail": "UTF-8"})
