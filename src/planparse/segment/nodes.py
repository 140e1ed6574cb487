"""The nodes of the outline, and the tree that they make."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from planparse.model import Span
from planparse.segment.numbering import Number

#: sections that give out no work
SAID = frozenset({"goal", "background"})


class Node(Struct, eq=False):
    """A heading and all below it. ``start`` of its line; ``content`` after the number; ``end`` of its last line."""

    number: Number | None
    start: int
    content: int
    line_end: int
    end: int
    rank: float
    level: int = 0
    parent: Node | None = None
    children: list[Node] = []
    body: list[Span] = []
    tail: list[Span] = []
    heading: str = ""
    head_end: int = 0
    own_line: bool = False
    role: str | None = None
    container: bool = False
    id: str = ""
    problem: bool = False
    lead: str = ""
    chain: list[Node] = []

    @property
    def is_leaf(self) -> bool:
        """Whether nothing numbered or headed stands below."""
        return not self.children

    def up(self) -> list[Node]:
        """Return the chain from the outermost ancestor to this node; only once the outline is made."""
        if not self.chain:
            self.chain = [*self.parent.up(), self] if self.parent is not None else [self]
        return self.chain


@dataclass(slots=True)
class Outline:
    """All nodes in text order, the lines before the first heading, and every body line with its node."""

    nodes: list[Node]
    front: list[Span]
    lines: list[Span]


def place(node: Node, stack: list[Node], nodes: list[Node]) -> None:
    """Put a node below the innermost open one of a higher rank; ``stack`` holds the open ones."""
    while stack and stack[-1].rank >= node.rank:
        stack.pop()
    # an unnumbered section that has said its aims or its background is no parent of what is numbered after it
    while (
        node.number is not None
        and stack
        and stack[-1].number is None
        and stack[-1].role in SAID
        and stack[-1].body
        and not stack[-1].children
    ):
        stack.pop()
    if stack:
        node.parent = stack[-1]
        stack[-1].children.append(node)
    node.level = len(stack) + 1
    node.id = f"s{len(nodes) + 1}"
    stack.append(node)
    nodes.append(node)


def close_nodes(nodes: list[Node]) -> None:
    """Give every node the end of its last line, children included."""
    for node in reversed(nodes):
        if node.body:
            node.end = max(node.end, node.body[-1][1])
        if node.parent is not None:
            node.parent.end = max(node.parent.end, node.end)
