"""Texts made to be slow: time must grow with length alone. Each in a process of its own, with a limit."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from benchmarks.report import Table

SHORT, LONG, LIMIT = 20_000, 200_000, 120.0
Maker = Callable[[int], str]


def _of(unit: str) -> Maker:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def _lines(unit: str) -> Maker:
    return _of(unit + "\n")


HOSTILE: dict[str, Maker] = {
    "（（（…": _of("（"),
    "【（〔[(": _of("【（〔[("),
    "（…）对": lambda n: "（" * (n // 2) + "）" * (n // 2),
    "1111…": _of("1"),
    "1.1.1.…": _of("1."),
    "责任科室：": _of("责任科室："),
    "责任科室：⏎": _lines("责任科室："),
    "（责任科室：": _of("（责任科室："),
    "医务科、": _of("医务科、"),
    "科科科…": _of("科"),
    "由医务科牵头": _of("由医务科牵头"),
    "牵头牵头": _of("牵头"),
    "一、⏎": _lines("一、"),
    "（一）⏎": _lines("（一）"),
    "1.⏎": _lines("1."),
    "第一条": _of("第一条"),
    "一是": _of("一是"),
    "2024年": _of("2024年"),
    "1月2月3月": _of("1月2月3月"),
    "6月底前": _of("6月底前"),
    "一二三四亿万": _of("一二三四亿万"),
    "提高到5%": _of("提高到5%"),
    "5%、": _of("5%、"),
    "不低于": _of("不低于"),
    "达到": _of("达到"),
    "分别": _of("分别"),
    "的的的": _of("的"),
    "医醫醫": _of("医醫"),
    "醫(yī)": _of("醫(yī)務(wù)"),
    "空格": _of(" "),
    "字 字 ": _of("字 "),
    "换行": _of("\n"),
    "制表": _lines("a\tb\tc\td"),
    "|---|": _lines("| 任务 | 科室 | 时限 |"),
    "长短列": _lines("任务    科室    时限"),
    "，": _of("，"),
    "。": _of("。"),
    "：": _of("："),
    "“": _of("“"),
    "、": _of("、"),
    "😀": _of("😀𠀀"),
    "\\x00": _of("\x00"),
    "院领导": _of("院长张三、"),
    "各科室要": _of("各科室要"),
    "？？？": _of("?"),
    "abc": _of("abc def "),
}


def _child(name: str, length: int, out: Connection) -> None:
    from planparse import extract
    from planparse.read.text import source_of_text

    extract("一、重点任务\n1.推进日间手术，占比达到5%。（牵头科室：医务科；完成时限：6月底前）")
    source = source_of_text(HOSTILE[name](length))
    start = time.process_time()
    extract(source)
    out.send(time.process_time() - start)


def seconds(name: str, length: int, limit: float = LIMIT) -> float | None:
    """Return the processor seconds of one hostile text, None where it is not done within the limit or dies."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(name, length, there), daemon=True)
    process.start()
    there.close()
    try:
        spent: float | None = here.recv() if here.poll(limit) else None
    except EOFError:
        spent = None
    process.kill()
    process.join()
    return spent


def hostile(only: str | None = None, short: int = SHORT, long: int = LONG) -> Table:
    """Return the time for a short and a ten times longer text of each kind, the worst growth first."""
    found = []
    for name in HOSTILE:
        if only and only not in name:
            continue
        first = seconds(name, short)
        second = seconds(name, long) if first is not None else None
        growth = second / max(first, 0.002) if first is not None and second is not None else float("inf")
        found.append((growth, name, first, second))
    found.sort(key=lambda row: -row[0])
    rows = [
        [name, _show(first), _show(second), "—" if growth == float("inf") else f"{growth:.1f}"]
        for growth, name, first, second in found
    ]
    note = f"Processor seconds of {short:,} and {long:,} characters; linear is {long / short:.0f}. — : not done in {LIMIT:g} s. Times under 2 ms count as 2."
    return Table(
        "hostile", "恶意文本", ["文本", f"{short // 1000}k 秒", f"{long // 1000}k 秒", "增长"], rows, note
    )


def _show(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
