"""编译过的模板 (compiled templates): kept beside the compiled modules, where Python keeps its own.

A build after one change asks for twenty templates, and compiling them takes longer than filling them in. What is kept is
code, so it lies with the code of this software and nowhere else: whoever may write there may change the software itself.
Where nobody may write, or Python is told to keep nothing, each process compiles for itself.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import __version__
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """The templates in the folder ``templates``, as this version of Jinja has compiled them. One that was edited since is
    compiled again: its text is part of what is compared."""

    def __init__(self, templates: Path) -> None:
        beside = Path(cache_from_source(str(templates.with_suffix(".py"))))
        super().__init__(str(beside.parent), f"{beside.stem}-jinja-{__version__}-%s{beside.suffix}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):  # a folder in which nobody may write, or none
                super().dump_bytecode(bucket)
