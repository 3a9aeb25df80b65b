"""工作进程: what one process hands another arrives, whatever else was imported."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from generator.diagnostics import Place, diagnose
from generator.system.workers import parallel

def made(_, number):
    return diagnose("SRC001", Place(path=f"{number}.yml"), terms={"a": "b"})

if __name__ == "__main__":
    print([(d.place.path, dict(d.terms)) for d in parallel(made, None, range(3), 2)])
"""


def test_frozen_mappings_go_from_process_to_process() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert run.stdout == "[('0.yml', {'a': 'b'}), ('1.yml', {'a': 'b'}), ('2.yml', {'a': 'b'})]\n", run.stderr
