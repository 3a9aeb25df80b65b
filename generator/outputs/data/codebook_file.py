"""编码手册文件 (codebook file): ``data/codebook.csv`` and its schema in ``datapackage.json``."""

from __future__ import annotations

import csv
import io
from typing import Any

from generator.catalogue import wording
from generator.outputs.data.table_writers import neutral
from generator.public.codebook import codebook_version, codes

NAME = "codebook.csv"


def codebook_csv() -> bytes:
    """One row a code; UTF-8 with BOM, CRLF, no cell that could be a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(wording("codebook")["table"])
    writer.writerows([neutral(cell) for cell in code.cells] for code in codes())
    return text.getvalue().encode("utf-8-sig")


def codebook_resource() -> dict[str, Any]:
    """What ``datapackage.json`` says of it beside size and hash."""
    words = wording("codebook")
    about = words["resource"]
    fields = [
        {
            "name": name,
            "type": "string",
            "title": field["zh"],
            "title_en": field["en"],
            "description": field["about_zh"],
            "description_en": field["about_en"],
            **({} if name == "meaning" else {"constraints": {"required": True}}),
        }
        for name, field in words["table"].items()
    ]
    return {
        "title": about["zh"],
        "title_en": about["en"],
        "description": about["about_zh"],
        "description_en": about["about_en"],
        "version": codebook_version(),
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": ["variable", "code"]},
    }
