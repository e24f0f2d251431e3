"""What can be said about a template before it is filled: unknown, broken and misplaced tags."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from pipeline.errors import TemplateError
from pipeline.model import Finding
from pipeline.writers._word_template import Source, environment, finding, layout_problems, open_template, sources
from pipeline.writers._word_values import ANY, LEAF, Shape, shape_of


def check_template(path: Path, known: object) -> tuple[Finding, ...]:
    """What is wrong with the template at ``path``: unknown, broken and misplaced tags, each with its paragraph.

    ``known`` is the context's dataclass type, a mapping of names to shapes, or a set of names.
    Findings have kind "template_missing" or "template_tag"; the messages are Norwegian.
    """
    try:
        word = open_template(path)
    except TemplateError as error:
        return (Finding(kind="template_missing", message=str(error), source=path.name),)
    found = list(layout_problems(word, path))
    if found:
        return tuple(found)
    scope = dict(shape_of(known))
    for xml in sources(word):
        source = Source(word, path, xml)
        try:
            tree = environment().parse(source.xml)
        except TemplateSyntaxError as error:
            found.append(finding(path, *source.syntax(error)))
            continue
        walk = _NameCheck(source)
        walk.block(tree.body, scope)
        found += [finding(path, message, paragraph) for message, paragraph in walk.problems]
    return tuple(dict.fromkeys(found))


class _NameCheck:
    """Walks a template's syntax tree with the shapes of its names, and collects what does not exist."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.problems: list[tuple[str, str]] = []

    def block(self, body: list[nodes.Node], scope: dict) -> None:
        for node in body:
            self.node(node, scope)

    def node(self, node: nodes.Node, scope: dict) -> None:
        if isinstance(node, nodes.For):
            shape = self.value(node.iter, scope)
            inner = {**scope, "loop": ANY}
            self._bind(node.target, shape[0] if isinstance(shape, list) else ANY, inner)
            if shape is LEAF or isinstance(shape, Mapping):
                self._report(node, "for", "en «for» over noe som ikke er en liste")
            if node.test is not None:
                self.value(node.test, inner)
            self.block(node.body, inner)
            self.block(node.else_, scope)
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, self.value(node.node, scope), scope)
        elif isinstance(node, nodes.If):
            self.value(node.test, scope)
            self.block(node.body, scope)
            self.block(node.elif_, scope)
            self.block(node.else_, scope)
        elif isinstance(node, nodes.Expr):
            self.value(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.node(child, scope)

    def value(self, node: nodes.Node, scope: dict) -> Shape:
        if isinstance(node, nodes.Name):
            if node.name not in scope and node.name not in ("range", "loop"):
                self._unknown(node, node.name, scope)
            return scope.get(node.name, ANY)
        if isinstance(node, nodes.Getattr):
            shape = self.value(node.node, scope)
            if isinstance(shape, Mapping):
                if node.attr not in shape:
                    self._unknown(node, node.attr, shape)
                return shape.get(node.attr, ANY)
            if shape is not ANY:
                self._unknown(node, node.attr, {})
            return ANY
        if isinstance(node, nodes.Getitem):
            shape = self.value(node.node, scope)
            return shape[0] if isinstance(shape, list) else ANY
        for child in node.iter_child_nodes():
            self.value(child, scope)
        return ANY

    def _bind(self, target: nodes.Node, shape: Shape, scope: dict) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = shape
        else:
            scope.update({n.name: ANY for n in target.find_all(nodes.Name)})

    def _unknown(self, node: nodes.Node, name: str, known: Mapping) -> None:
        near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
        self._report(node, name, f"det ukjente navnet «{name}»" + (f" (mente du «{near[0]}»?)" if near else ""))

    def _report(self, node: nodes.Node, name: str, what: str) -> None:
        tag, paragraph = self._source.place(node.lineno, name)
        self.problems.append((f"{what} i merket {tag}", paragraph))
