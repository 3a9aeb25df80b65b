"""Pagefind 进程 (pagefind): records go in through a pipe, the files of one index come out of another.

This speaks the protocol of Pagefind's service (JSON in base64, parted by commas) by itself: the Python
package's own client reads ten answers a second, and twenty thousand records would take half an hour.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

LANGUAGE = "und"
"""No language for Pagefind: the words come apart already (:mod:`generator.spellings.han_words`)."""


class SearchError(Exception):
    """检索索引未能建成: what Pagefind said."""


def index_files(records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """The files of an index of ``records`` (url, content, meta, filters, sort), as (path, bytes).

    They come through the pipe: Pagefind says that it has written files before they are on the disk, and
    loses some when it ends. Raises :class:`SearchError` when Pagefind is missing, refuses a record or stops.
    """
    program = get_executable()
    if program is None:
        raise SearchError("pagefind_bin_extended")
    with subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        answers = _Answers(process)
        try:
            sent = _talk(process.stdin, answers, records)
        except BrokenPipeError:
            sent = 0
        finally:
            process.kill()
            answers.join()
    if answers.errors:
        raise SearchError(answers.errors[0])
    if answers.files is None or answers.count != sent:
        raise SearchError("Pagefind stopped before it had given the index")
    for file in answers.files:
        yield file["path"], base64.b64decode(file["content"])


def _talk(pipe: IO[bytes], answers: _Answers, records: Iterable[Mapping[str, Any]]) -> int:
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
    send({"type": "GetFiles", "index_id": 0})
    pipe.flush()
    answers.join()
    return number


class _Answers(Thread):
    """Reads what Pagefind answers, so that it never waits for us; ends with the last answer."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.count = 0
        self.errors: list[str] = []
        self.files: list[dict[str, str]] | None = None
        self.start()

    def run(self) -> None:
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        begun: list[bytes] = []
        while self.files is None and (data := os.read(pipe, 1 << 20)):
            *ends, rest = data.split(b",")
            for end in ends:
                self._take(b"".join((*begun, end)))
                begun = []
            begun.append(rest)

    def _take(self, answer: bytes) -> None:
        payload = json.loads(base64.b64decode(answer))["payload"]
        self.count += 1
        if payload["type"] == "Error":
            self.errors.append(str(payload.get("message")))
            self.process.kill()
        elif payload["type"] == "GetFiles":
            self.files = payload["files"]
