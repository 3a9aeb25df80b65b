"""Pagefind 进程 (pagefind): records go in through a pipe, one part of the index comes out on disk.

This speaks the protocol of Pagefind's service (JSON in base64, parted by commas) by itself: the Python
package's own client reads ten answers a second, and twenty thousand records would take half an hour.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

LANGUAGE = "und"
"""No language for Pagefind: the words come apart already (:mod:`generator.search.words`)."""


class SearchError(Exception):
    """检索索引未能建成: what Pagefind said."""


def write_index(records: Iterable[Mapping[str, Any]], out: Path) -> None:
    """Index ``records`` (url, content, meta, filters, sort) and write the files into ``out``.

    Raises :class:`SearchError` when Pagefind is missing, refuses a record or stops.
    """
    program = get_executable()
    if program is None:
        raise SearchError("pagefind_bin_extended")
    with subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        answers = _Answers(process.stdout)
        try:
            sent = _talk(process.stdin, answers, records, out)
            # It answers before its last file is on the disk; it ends by itself when all are.
            process.stdin.close()
            ended = process.wait()
        except BrokenPipeError:
            sent, ended = 0, -1
        finally:
            process.kill()
            answers.join()
    if answers.errors:
        raise SearchError(answers.errors[0])
    if ended or not answers.written or answers.count != sent:
        raise SearchError("Pagefind stopped before it had written the index")


def _talk(pipe: IO[bytes], answers: _Answers, records: Iterable[Mapping[str, Any]], out: Path) -> int:
    """Send everything and wait for the last answer; returns the number of messages."""
    number = 0

    def send(payload: Mapping[str, Any]) -> None:
        nonlocal number
        number += 1
        message = json.dumps({"message_id": number, "payload": payload}).encode("ascii")
        pipe.write(base64.b64encode(message) + b",")

    send({"type": "NewIndex", "config": {"force_language": LANGUAGE}})
    for record in records:
        # A new process counts its indexes from 0.
        send({"type": "AddRecord", "index_id": 0, "language": LANGUAGE, **record})
    send({"type": "WriteFiles", "index_id": 0, "output_path": str(out)})
    pipe.flush()
    answers.join()
    return number


class _Answers(Thread):
    """Reads what Pagefind answers, so that it never waits for us; ends with the last answer."""

    def __init__(self, pipe: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.pipe = pipe
        self.count = 0
        self.errors: list[str] = []
        self.written = False
        self.start()

    def run(self) -> None:
        rest = b""
        while not self.written and (data := os.read(self.pipe.fileno(), 1 << 16)):
            *whole, rest = (rest + data).split(b",")
            for answer in whole:
                payload = json.loads(base64.b64decode(answer))["payload"]
                self.count += 1
                if payload["type"] == "Error":
                    self.errors.append(str(payload.get("message")))
                self.written |= payload["type"] in ("WriteFiles", "Error")
