"""写记录 (record writing): change a YAML file and leave comments, order and quotes as somebody wrote them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from generator.source.finding import FieldPath
from generator.source.yaml_reader import NULL_WORDS, Tree


class _TextResolver(VersionedResolver):
    """Every scalar is text, as for the reader: 2012-01-02 needs no quotes and 0123 stays what it is."""

    @property
    def versioned_resolver(self) -> Any:
        """No pattern turns a word into anything else."""
        return {}


@dataclass(frozen=True, slots=True)
class Layout:
    """缩进 of a file: blanks before the keys of a mapping, and before the dash of an item, each from what holds it."""

    mapping: int = 2
    dash: int = 2


def layout_of(text: str) -> Layout:
    """The layout in which ``text`` is written, as its first mapping and its first list tell."""
    dash = re.search(r"^( *)[^\s#-][^\n]*:\n(?: *#[^\n]*\n)*( *)- ", text, re.MULTILINE)
    mapping = re.search(r"^[^\s#-][^\n]*:\n(?: *#[^\n]*\n)*( +)[^\s#-]", text, re.MULTILINE)
    return Layout(
        mapping=len(mapping[1]) if mapping else 2, dash=max(len(dash[2]) - len(dash[1]), 0) if dash else 2
    )


def _yaml(layout: Layout) -> YAML:
    yaml = YAML()
    yaml.Resolver = _TextResolver
    yaml.width = 2**31  # A line is as long as its text: no word is broken.
    yaml.indent(mapping=layout.mapping, sequence=layout.dash + 2, offset=layout.dash)
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    return yaml


def read_editable(text: str) -> CommentedMap:
    """A record that was read well, with everything that stands beside its values."""
    tree = _yaml(Layout()).load(text)
    assert isinstance(tree, CommentedMap)
    return tree


def written(tree: Any, layout: Layout | None = None) -> str:
    """The text of a file. What was read by :func:`read_editable` and not changed comes out as it was, in the ``layout``
    of the file."""
    out = io.StringIO()
    _yaml(layout or Layout()).dump(tree, out)
    return out.getvalue()


def editable(tree: Tree) -> Any:
    """A new tree, its scalars quoted where a person or an editor would otherwise misread them."""
    if isinstance(tree, dict):
        made = CommentedMap()
        for key, value in tree.items():
            made[key] = editable(value)
        return made
    if isinstance(tree, list):
        items = CommentedSeq([editable(item) for item in tree])
        if all(isinstance(item, str) and "\n" not in item for item in tree):
            items.fa.set_flow_style()
        return items
    if "\n" in tree:
        return LiteralScalarString(tree)
    if tree in NULL_WORDS or (tree.isdigit() and (len(tree) > 6 or tree.startswith("0"))):
        return DoubleQuotedScalarString(tree)
    return tree


def put(tree: CommentedMap, path: FieldPath, value: Tree) -> None:
    """Write ``value`` at ``path``; mappings on the way are made, lists must be long enough or just one short."""
    here: Any = tree
    for step, following in pairwise(path):
        if isinstance(step, int):
            if step == len(here):
                here.append(CommentedSeq() if isinstance(following, int) else CommentedMap())
        elif step not in here:
            here[step] = CommentedSeq() if isinstance(following, int) else CommentedMap()
        here = here[step]
    last = path[-1]
    if isinstance(last, int) and last == len(here):
        here.append(editable(value))
    else:
        here[last] = editable(value)


def delete(tree: CommentedMap, key: str) -> None:
    """Take a key away and leave the remark that stands after it, which is about the next."""
    keys = list(tree)
    at = keys.index(key)
    remark = tree.ca.items.get(key)
    del tree[key]
    if remark is None:
        return
    if at and keys[at - 1] not in tree.ca.items:
        tree.ca.items[keys[at - 1]] = remark
    elif not at and len(keys) > 1 and remark[2] is not None:
        told = [
            line.strip().removeprefix("#").strip() for line in remark[2].value.split("\n")[1:] if line.strip()
        ]
        if told:
            tree.yaml_set_comment_before_after_key(keys[1], before="\n".join(told), indent=tree.lc.col)


def take_away(tree: CommentedMap, path: FieldPath) -> None:
    """Take what stands at ``path`` away; nothing where it is not there."""
    here: Any = tree
    for step in path[:-1]:
        here = here[step]
    last = path[-1]
    if isinstance(here, CommentedMap) and isinstance(last, str) and last in here:
        delete(here, last)


def save(path: Path, text: str) -> None:
    """Write a private file whole or not at all, readable by its owner and group."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.new")
    half.write_text(text, encoding="utf-8", newline="\n")
    half.chmod(0o640)
    half.replace(path)
