"""Tables of a run: printed, kept in docs/benchmarks.json, and written as docs/benchmarks.md and docs/benchmarks.svg."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
ORDER = (
    "speed",
    "peers",
    "profile",
    "startup",
    "hostile",
    "scaling",
    "documents",
    "workers",
    "batch",
    "chaos",
)


@dataclass
class Table:
    """One section of the report: rows of cells as text; ``bars`` are (label, value, target or None) for the picture."""

    key: str
    title: str
    head: Sequence[str]
    rows: list[list[str]]
    note: str = ""
    bars: list[tuple[str, float, float | None]] = field(default_factory=list)

    def text(self) -> str:
        """Return the table as aligned text for a terminal."""
        grid = [list(self.head), *self.rows]
        widths = [max(_width(row[k]) for row in grid) for k in range(len(self.head))]
        lines = [
            "  ".join(
                _fill(cell, width, k > 0) for k, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            for row in grid
        ]
        return "\n".join([f"== {self.title}", *lines, *([self.note] if self.note else [])])

    def markdown(self) -> str:
        """Return the table as Markdown."""
        head = "| " + " | ".join(self.head) + " |"
        rule = "|" + "|".join([" --- ", *[" ---: "] * (len(self.head) - 1)]) + "|"
        rows = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in self.rows]
        return "\n".join([f"## {self.title}", "", head, rule, *rows, *(["", self.note] if self.note else [])])


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _fill(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks


def machine() -> str:
    """Return what the figures were measured on, without naming the machine."""
    from importlib.metadata import version

    parts = [f"Python {platform.python_version()}", f"{platform.system()} {platform.machine()}"]
    parts += [f"{name} {version(name)}" for name in ("jieba", "pyarrow", "spacy")]
    return ", ".join(parts)


def publish(tables: Sequence[Table]) -> None:
    """Print the tables and put them into the report beside those measured before."""
    kept: dict[str, dict[str, object]] = {}
    state = DOCS / "benchmarks.json"
    if state.exists():
        kept = json.loads(state.read_text("utf-8"))
    for table in tables:
        print(table.text(), end="\n\n", flush=True)
        kept[table.key] = asdict(table) | {"machine": machine()}
    DOCS.mkdir(exist_ok=True)
    state.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    write_report()


def write_report() -> None:
    """Write docs/benchmarks.md and docs/benchmarks.svg from the tables kept in docs/benchmarks.json."""
    kept = json.loads((DOCS / "benchmarks.json").read_text("utf-8"))
    tables = [Table(**{k: v for k, v in kept[key].items() if k != "machine"}) for key in ORDER if key in kept]
    machines = sorted({str(one["machine"]) for one in kept.values()})
    intro = [
        "# 性能 Benchmarks",
        "",
        "Made by `python -m benchmarks` (or one part of it, as `python -m benchmarks speed`); nothing here is typed by hand.",
        "Ratios compare programs on the same text in the same run; absolute figures hang on the machine.",
        "",
        *machines,
        "",
        "![characters a second as multiples of jieba.lcut](benchmarks.svg)",
    ]
    (DOCS / "benchmarks.md").write_text(
        "\n".join(intro) + "\n\n" + "\n\n".join(t.markdown() for t in tables) + "\n", "utf-8"
    )
    (DOCS / "benchmarks.svg").write_text(picture([t for t in tables if t.bars]), "utf-8")


def picture(tables: Sequence[Table]) -> str:
    """Return an SVG of horizontal bars, one group a table; a short line marks the target."""
    row, left, width = 22, 260, 420
    parts: list[str] = []
    at = 12
    for table in tables:
        most = max([max(value, target or 0) for _, value, target in table.bars] or [1]) * 1.08
        at += 18
        parts.append(f'<text x="8" y="{at}" class="head">{escape(table.title)}</text>')
        at += 8
        for label, value, target in table.bars:
            size = width * value / most
            tone = "#2a6f97" if target is None or value >= target else "#c1553b"
            parts.append(f'<text x="{left - 8}" y="{at + 15}" text-anchor="end">{escape(label)}</text>')
            parts.append(
                f'<rect x="{left}" y="{at + 4}" width="{size:.1f}" height="{row - 8}" fill="{tone}"/>'
            )
            parts.append(f'<text x="{left + size + 6:.1f}" y="{at + 15}">{value:.2f}</text>')
            if target is not None:
                mark = left + width * target / most
                parts.append(
                    f'<line x1="{mark:.1f}" y1="{at + 1}" x2="{mark:.1f}" y2="{at + row - 1}" stroke="#222" stroke-width="2"/>'
                )
            at += row
        at += 10
    style = "text{font:12px sans-serif;fill:#222}.head{font-weight:bold}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 70}" height="{at + 8}" viewBox="0 0 {left + width + 70} {at + 8}">'
    return (
        "\n".join(
            [
                head,
                f"<style>{style}</style>",
                '<rect width="100%" height="100%" fill="#fff"/>',
                *parts,
                "</svg>",
            ]
        )
        + "\n"
    )
