"""brat: ``NAME.txt`` with ``NAME.ann`` (standoff: brat.nlplab.org/standoff.html), and ``annotation.conf``.

A mark over a line break is written in fragments, as the format asks; coming back, its fragments are one stretch.
``planparse-hashes.json`` beside them holds the hash of every text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from planparse.annotations_io.marks import (
    LABELS,
    LINK,
    Annotated,
    AnnotationError,
    Link,
    Mark,
    check_hash,
    same,
)

HASHES = "planparse-hashes.json"
_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]+")
CONFIG = (
    "[entities]\n"
    + "\n".join(LABELS)
    + f"\n\n[relations]\n{LINK}\tArg1:<ENTITY>, Arg2:<ENTITY>\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n"
)


def to_ann(document: Annotated) -> str:
    r"""Return the standoff lines of a document.

    >>> from planparse.annotations_io.marks import Annotated, Mark
    >>> to_ann(Annotated(name="a", text="甲乙\n丙", marks=(Mark(id="x", label="task", start=0, end=4),)))
    'T1\ttask 0 2;3 4\t甲乙 丙\n'
    """
    ids = {mark.id: f"T{place}" for place, mark in enumerate(document.marks, 1)}
    lines = []
    for mark in document.marks:
        pieces = _fragments(document.text, mark)
        spans = ";".join(f"{a} {b}" for a, b in pieces)
        lines.append(
            f"{ids[mark.id]}\t{mark.label} {spans}\t{' '.join(document.text[a:b].replace(chr(9), ' ') for a, b in pieces)}"
        )
    lines += [
        f"R{place}\t{one.label} Arg1:{ids[one.source]} Arg2:{ids[one.target]}"
        for place, one in enumerate(document.links, 1)
    ]
    return "".join(line + "\n" for line in lines)


def _fragments(text: str, mark: Mark) -> list[tuple[int, int]]:
    pieces, at = [], mark.start
    for gap in _BREAK.finditer(text, mark.start, mark.end):
        if gap.start() > at:
            pieces.append((at, gap.start()))
        at = gap.end()
    if at < mark.end:
        pieces.append((at, mark.end))
    return pieces


def write_folder(documents: list[tuple[str, Annotated]], folder: Path) -> tuple[Path, ...]:
    """Write (file stem, document) pairs into a folder; return the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for stem, document in documents:
        for suffix, content in ((".txt", document.text), (".ann", to_ann(document))):
            written.append(folder / f"{stem}{suffix}")
            written[-1].write_bytes(content.encode())
    for name, content in (
        ("annotation.conf", CONFIG),
        (HASHES, json.dumps({stem: d.sha256 for stem, d in documents}, indent=1)),
    ):
        written.append(folder / name)
        written[-1].write_bytes(content.encode())
    return tuple(written)


def of_folder(folder: Path) -> Iterator[Annotated]:
    """Yield the documents of a folder, by name; raises AnnotationError where text and marks do not fit."""
    hashes = json.loads((folder / HASHES).read_text("utf-8")) if (folder / HASHES).is_file() else {}
    for path in sorted(folder.glob("*.ann")):
        source = path.with_suffix(".txt")
        if not source.is_file():
            raise AnnotationError(f"{path}: its text {source.name} is missing")
        text = source.read_bytes().decode("utf-8")
        check_hash(text, hashes.get(path.stem), str(source))
        yield _document(path, text)


def _document(path: Path, text: str) -> Annotated:
    marks: list[Mark] = []
    links: list[Link] = []
    for number, line in enumerate(path.read_bytes().decode("utf-8").split("\n"), 1):
        cells = line.split("\t")
        try:
            if line.startswith("T"):
                label, _, spans = cells[1].partition(" ")
                bounds = [tuple(map(int, one.split())) for one in spans.split(";")]
                mark = Mark(id=cells[0], label=label, start=bounds[0][0], end=bounds[-1][1])
                if not same("".join(text[a:b] for a, b in bounds), cells[2]):
                    raise AnnotationError(
                        f"{path} line {number}: the mark says {cells[2][:30]!r}, the text there {text[mark.start : mark.end][:30]!r}; the text is not the one that was annotated"
                    )
                marks.append(mark)
            elif line.startswith("R"):
                _, first, second = cells[1].split(" ")
                links.append(Link(source=first.partition(":")[2], target=second.partition(":")[2]))
        except (ValueError, IndexError) as fault:
            raise AnnotationError(
                f"{path} line {number}: given {line[:60]!r}, which is no standoff line of brat"
            ) from fault
    return Annotated(name=path.with_suffix(".txt").name, text=text, marks=tuple(marks), links=tuple(links))
