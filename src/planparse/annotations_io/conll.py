"""CoNLL, one character a line: the character, then BIO tags of task, role, deadline, target; blank line after a text line.

Characters, since words of Chinese are the segmenter's opinion. The format has no links: coming back, a role or
deadline belongs to the last task that begins before it, so an annotation shared by several tasks is the last one's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planparse.annotations_io.marks import Annotated, AnnotationError, Link, Mark, check_hash

COLUMNS = (("task",), ("lead", "responsible", "support", "leader"), ("deadline",), ("target",))
_ESCAPES = {
    "\n": "\\n",
    "\t": "\\t",
    " ": "\\s",
    "\r": "\\r",
    "\v": "\\v",
    "\u3000": "\\u3000",
    "\\": "\\\\",
    "#": "\\#",
}
_BACK = {shown: char for char, shown in _ESCAPES.items()}


def to_lines(document: Annotated) -> str:
    r"""Return the lines of one document.

    >>> from planparse.annotations_io.marks import Annotated, Mark
    >>> print(to_lines(Annotated(name="a", text="医务", marks=(Mark(id="x", label="lead", start=0, end=2),))).split("\n", 3)[3])
    医 O B-lead O O
    务 O I-lead O O
    <BLANKLINE>
    <BLANKLINE>
    """
    columns = [["O"] * len(document.text) for _ in COLUMNS]
    for mark in sorted(document.marks, key=lambda m: (m.start, -m.end)):
        column = next(
            (tags for tags, labels in zip(columns, COLUMNS, strict=True) if mark.label in labels), None
        )
        if column is not None:
            column[mark.start] = f"B-{mark.label}"
            column[mark.start + 1 : mark.end] = [f"I-{mark.label}"] * (mark.end - mark.start - 1)
    lines = [
        "# source = " + " ".join(document.name.split()),
        f"# text_sha256 = {document.sha256}",
        "# columns = char task role deadline target",
    ]
    for place, char in enumerate(document.text):
        shown = _ESCAPES.get(char) or (char if char.isprintable() else f"\\x{ord(char):x}")
        lines.append(" ".join((shown, *(tags[place] for tags in columns))))
        if char == "\n":
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n\n"


def of_lines(text: str, where: str) -> Iterator[Annotated]:
    """Yield the documents of a file; raises AnnotationError for a line that is none, or a text that changed."""
    name, expected = where, ""
    rows: list[list[str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("# "):
            key, _, value = line[2:].partition(" = ")
            if key == "source":
                if rows:
                    yield _document(name, rows, expected)
                name, expected, rows = value, "", []
            elif key == "text_sha256":
                expected = value
        elif line.strip():
            cells = line.split(" ")
            if len(cells) != len(COLUMNS) + 1:
                raise AnnotationError(
                    f"{where} line {number}: {len(cells)} columns; possible: char, task, role, deadline, target"
                )
            rows.append(cells)
    if rows:
        yield _document(name, rows, expected)


def _char(shown: str) -> str:
    if shown.startswith("\\x"):
        return chr(int(shown[2:], 16))
    return _BACK.get(shown, shown)


def _document(name: str, rows: Sequence[Sequence[str]], expected: str) -> Annotated:
    text = "".join(_char(row[0]) for row in rows)
    check_hash(text, expected, name)
    marks: list[Mark] = []
    for column in range(1, len(COLUMNS) + 1):
        start, label = 0, ""
        for place, tag in enumerate([*(row[column] for row in rows), "O"]):
            if label and tag != f"I-{label}":
                marks.append(Mark(id=f"m{len(marks) + 1}", label=label, start=start, end=place))
                label = ""
            if not label and tag != "O":
                start, label = place, tag[2:]
    return Annotated(name=name, text=text, marks=tuple(marks), links=tuple(links_by_place(marks)))


def links_by_place(marks: Sequence[Mark]) -> Iterator[Link]:
    """Yield a link from every mark to the last task that begins at or before it."""
    tasks = sorted((mark for mark in marks if mark.label == "task"), key=lambda m: m.start)
    for mark in marks:
        before = [task for task in tasks if task.start <= mark.start]
        if mark.label != "task" and before:
            yield Link(source=mark.id, target=before[-1].id)
