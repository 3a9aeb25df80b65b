"""数据说明 (descriptions): ``datapackage.json`` (Data Package) and ``catalog.jsonld`` (DCAT)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalogue import wording
from generator.law.notice_period.day_wording import day_words
from generator.outputs.data.codebook_file import NAME as CODEBOOK
from generator.outputs.data.codebook_file import codebook_resource
from generator.public.columns import Field
from generator.public.context import SiteContext
from generator.public.json_text import spread
from generator.public.tables import TABLES, Table
from generator.source.model.published import instant

DATA = "data/"
"""Folder of the data files, from the root."""

MEDIA: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sqlite": "application/vnd.sqlite3",
}
"""Format, which is the file's ending too, and its media type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """数据文件. ``table`` is None for the file that holds them all; ``sha256`` in hexadecimal."""

    name: str
    format: str
    table: str | None
    size: int
    sha256: str


def scope(context: SiteContext) -> dict[str, str]:
    """范围 in one sentence, ``zh`` and ``en``: the same words whether anything is withheld or not."""
    words = wording("exports")["package"]
    return {
        "zh": words["scope_zh"].format(as_of=day_words(context.day)),
        "en": words["scope_en"].format(as_of=context.day.isoformat()),
    }


def about(context: SiteContext) -> dict[str, str]:
    """关于数据: label → text, for the workbook's and the database's own page."""
    words = wording("exports")
    labels = words["workbook"]["about"]
    texts = (
        words["package"]["zh"].format(site=context.site.name),
        scope(context)["zh"],
        f"{context.site.licence} {context.site.licence_url}",
        context.day.isoformat(),
        context.absolute(DATA),
    )
    return dict(zip(labels, texts, strict=True))


def about_rows(context: SiteContext) -> dict[str, str]:
    """The same for a workbook that tells nothing of the day: without scope and instant."""
    told, labels = about(context), wording("exports")["workbook"]["about"]
    return {label: told[label] for label in (labels[0], labels[2], labels[4])}


def datapackage_json(files: Iterable[DataFile], context: SiteContext) -> bytes:
    """``/data/datapackage.json``: each table as CSV with its schema, the other files with size and hash."""
    words = wording("exports")["package"]
    sentence = scope(context)
    return spread(
        {
            "profile": "data-package",
            "name": words["name"],
            "title": words["zh"].format(site=context.site.name),
            "title_en": words["en"].format(site=context.site.name),
            "description": f"{sentence['zh']}{words['csv_zh']}",
            "description_en": f"{sentence['en']} {words['csv_en']}",
            "homepage": context.absolute(DATA),
            "created": instant(context.midnight),
            "as_of": context.day.isoformat(),
            "keywords": list(words["keywords_zh"]),
            "licenses": [{"name": context.site.licence, "path": context.site.licence_url}],
            "sources": [{"title": context.site.name, "path": context.site.base_url}],
            "contributors": [{"title": context.site.owner, "role": "publisher"}],
            "resources": [_resource(file) for file in files],
        }
    )


def dcat_json(files: Iterable[DataFile], context: SiteContext) -> bytes:
    """``/data/catalog.jsonld``: a DCAT catalogue, one dataset a table. The context is inline, so nothing
    is fetched to read it."""
    files = tuple(files)
    words = wording("exports")["package"]
    home = context.absolute(DATA)
    publisher = {
        "@type": "foaf:Agent",
        "foaf:name": context.site.owner,
        "foaf:homepage": {"@id": context.site.base_url},
    }
    return spread(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "spdx": "http://spdx.org/rdf/terms#",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
            },
            "@id": f"{home}catalog.jsonld",
            "@type": "dcat:Catalog",
            "dct:title": [_lang(words["zh"], "zh-CN", context), _lang(words["en"], "en", context)],
            "dct:description": [
                {"@value": text, "@language": code}
                for text, code in zip(scope(context).values(), ("zh-CN", "en"), strict=True)
            ],
            "dct:publisher": publisher,
            "dct:license": {"@id": context.site.licence_url},
            "dct:modified": {"@value": context.day.isoformat(), "@type": "xsd:date"},
            "foaf:homepage": {"@id": home},
            "dcat:dataset": [_dataset(table, files, publisher, context) for table in TABLES],
        }
    )


def _lang(form: str, code: str, context: SiteContext) -> dict[str, str]:
    return {"@value": form.format(site=context.site.name), "@language": code}


def _resource(file: DataFile) -> dict[str, Any]:
    table = next((item for item in TABLES if item.name == file.table), None)
    resource: dict[str, Any] = {
        "name": file.name.replace(".", "-"),
        "path": file.name,
        "format": file.format,
        "mediatype": MEDIA[file.format],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.name == CODEBOOK:
        return {**resource, **codebook_resource()}
    if table is None:
        return {**resource, "type": "file"}
    words = table.words
    resource |= {
        "title": words["zh"],
        "title_en": words["en"],
        "description": words["about_zh"],
        "description_en": words["about_en"],
    }
    # Validators need extra parts to read JSON and XLSX as tables, so the schema stands at the CSV,
    # and the other two are files with their size and hash.
    if file.format != "csv":
        return {**resource, "type": "file"}
    return {
        **resource,
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(field) for field in table.fields],
            "missingValues": [""],
            **({"primaryKey": [table.key]} if table.key else {}),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    words = field.words
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.pattern is not None:
        constraints["pattern"] = field.pattern
    if field.type == "boolean":
        extra: dict[str, Any] = {"trueValues": ["true"], "falseValues": ["false"]}
    else:
        extra = {"format": "%Y-%m-%dT%H:%M:%S%z"} if field.type == "datetime" else {}
    return {
        "name": field.name,
        "type": field.type,
        **extra,
        "title": words.zh,
        "title_en": words.en,
        "description": words.about_zh,
        "description_en": words.about_en,
        **({"constraints": constraints} if constraints else {}),
    }


def _dataset(
    table: Table[Any], files: tuple[DataFile, ...], publisher: Mapping[str, Any], context: SiteContext
) -> dict[str, Any]:
    words = table.words
    home = context.absolute(DATA)
    api = context.absolute(f"api/v1/{table.name}.json")
    return {
        "@id": f"{home}#{table.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": table.name,
        "dct:title": [
            {"@value": words["zh"], "@language": "zh-CN"},
            {"@value": words["en"], "@language": "en"},
        ],
        "dct:description": [
            {"@value": words["about_zh"], "@language": "zh-CN"},
            {"@value": words["about_en"], "@language": "en"},
        ],
        "dct:publisher": publisher,
        "dct:license": {"@id": context.site.licence_url},
        "dct:modified": {"@value": context.day.isoformat(), "@type": "xsd:date"},
        "dct:language": "zh-CN",
        "dcat:landingPage": {"@id": home},
        "dcat:distribution": [
            *(_distribution(file, context) for file in files if file.table in (table.name, None)),
            {
                "@type": "dcat:Distribution",
                "dct:title": "API",
                "dcat:accessURL": {"@id": api},
                "dcat:downloadURL": {"@id": api},
                "dcat:mediaType": _media("json"),
                "dct:conformsTo": {"@id": context.absolute(f"api/v1/schema/{table.name}.json")},
            },
        ],
    }


def _distribution(file: DataFile, context: SiteContext) -> dict[str, Any]:
    address = context.absolute(f"{DATA}{file.name}")
    return {
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": _media(file.format),
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file.sha256,
        },
    }


def _media(name: str) -> dict[str, str]:
    return {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA[name]}"}
