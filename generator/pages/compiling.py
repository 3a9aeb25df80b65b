"""模板编译 (compiling): Jinja2 as it is, with the site's own words put in when a template is compiled.

A page prints hundreds of words of the catalogue, the same on every page of its kind. Looking each
up, escaping it and joining it to its neighbours for every page is most of the cost of a page; so
``w.facts.number`` becomes text when the template is compiled, and runs of such text become one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe._speedups import _escape_inner

_RUNTIME_ESCAPE = ", escape,"
_FASTER_ESCAPE = f"from {__name__} import escape\n"


def escape(value: Any) -> str:
    """HTML 转义, as ``markupsafe.escape`` does it, but without wrapping text that is joined at once."""
    if type(value) is str:
        return _escape_inner(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return _escape_inner(str(value))


class WordedEnvironment(Environment):
    """模板环境 that knows ``words``: (name in templates, mapping of texts) that never change."""

    def __init__(self, words: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        known = {name: value for name, value in self.words.items() if name not in _assigned(tree)}
        made: nodes.Template = _Worded(known | _aliases(tree, known)).visit(tree)
        return made

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        code = super()._generate(source, name, filename, defer_init)
        first, line_end, rest = code.partition("\n")
        if _RUNTIME_ESCAPE not in first:
            return code
        return first.replace(_RUNTIME_ESCAPE, ",") + line_end + _FASTER_ESCAPE + rest


def _assigned(tree: nodes.Template) -> set[str]:
    """Names that the template sets itself, parameters of macros left out."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}


def _aliases(tree: nodes.Template, known: Mapping[str, Any]) -> dict[str, Any]:
    """``{% set p = w.page %}``: another name for part of the words, if it is set this once."""
    found: dict[str, Any] = {}
    names = [node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"]
    for node in tree.body:
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            value = _resolved(node.node, known)
            if isinstance(value, Mapping) and names.count(node.target.name) == 1:
                found[node.target.name] = value
    return found


def _resolved(node: nodes.Node, known: Mapping[str, Any]) -> Any:
    """What ``w.facts.number`` or ``w["facts"]`` stands for; None when that is not known beforehand."""
    if isinstance(node, nodes.Name):
        return known.get(node.name) if node.ctx == "load" else None
    if isinstance(node, nodes.Getattr):
        whole, key = _resolved(node.node, known), node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        whole, key = _resolved(node.node, known), node.arg.value
    else:
        return None
    # A method of mappings (w.items) is not a word.
    return whole.get(key) if isinstance(whole, Mapping) and not hasattr(dict, str(key)) else None


class _Worded(NodeTransformer):
    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = known

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 name fixed by Jinja2
        return self._word(node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        return self._word(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802
        outer = self.known
        taken = {argument.name for argument in node.args}
        self.known = {name: value for name, value in outer.items() if name not in taken}
        made = self.generic_visit(node)
        self.known = outer
        return made

    def _word(self, node: nodes.Getattr | nodes.Getitem) -> nodes.Node:
        value = _resolved(node, self.known)
        if isinstance(value, str):
            return nodes.Const(value, lineno=node.lineno)
        return self.generic_visit(node)
