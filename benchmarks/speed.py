"""The whole pipeline, text to records, as a multiple of ``jieba.lcut`` on the same text in the same run."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.report import Table
from benchmarks.texts import ANY_OTHER, PLANS, TARGETS, groups
from benchmarks.timing import Work, compare


def jieba_lcut() -> Work:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba.lcut


def planparse_extract() -> Work:
    from planparse import extract
    from planparse.read.text import source_of_text

    return lambda text: extract(source_of_text(text))


def planparse_words() -> Work:
    from planparse.segment.words import word_spans

    whole = planparse_extract()
    return lambda text: (whole(text), word_spans(text))


def speed(rounds: int = 5, also: list[Path] | None = None) -> Table:
    """Return characters a second and ratios of records, and of records with all words, by group of texts."""
    engines = {"jieba.lcut": jieba_lcut(), "记录": planparse_extract(), "记录＋全文分词": planparse_words()}
    rows, bars = [], []
    for name, texts in groups(also).items():
        figures = compare(engines, texts, reference="jieba.lcut", rounds=rounds)
        ours, words, base = figures["记录"], figures["记录＋全文分词"], figures["jieba.lcut"]
        target = TARGETS.get(name, ANY_OTHER)
        rows.append(
            [name, f"{sum(map(len, texts)):,}", f"{base.rate / 1000:,.0f}", f"{ours.rate / 1000:,.0f}", f"{ours.ratio:.2f}", ours.spread, f"{target:g}",
             f"{words.ratio:.2f}", words.spread]
        )  # fmt: skip
        bars.append((name, ours.ratio, target))
    note = f"千字/秒 by processor time, one process, warm; median of {rounds} rounds in turn, smallest–largest ratio. 全文分词 must reach 6 on {PLANS}."
    head = ["文本", "字数", "jieba 千字/秒", "planparse 千字/秒", "倍数", "范围", "目标", "连同分词", "范围"]
    return Table("speed", "文本→记录，jieba.lcut 的倍数", head, rows, note, bars)


def _spacy() -> Work:
    from spacy.lang.zh import Chinese

    return Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "jieba"}}})


def _jionlp() -> Work:
    import jionlp

    return lambda text: jionlp.ner.extract_time(text, time_base=0)


def _recognizers() -> Work:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number
    from recognizers_text import Culture

    return lambda text: (recognize_number(text, Culture.Chinese), recognize_datetime(text, Culture.Chinese))


def _opencc() -> Work:
    from opencc import OpenCC

    return OpenCC("t2s").convert


#: name -> (what it does, how to get it, how many characters it is given: the slow ones get few)
PEERS: dict[str, tuple[str, Callable[[], Work], int]] = {
    "planparse": ("任务、科室、指标、时限", planparse_extract, 20_000),
    "jieba.lcut": ("分词", jieba_lcut, 20_000),
    "opencc-python t2s": ("繁转简", _opencc, 20_000),
    'spacy.blank("zh")＋jieba': ("分词", _spacy, 20_000),
    "JioNLP extract_time": ("时间", _jionlp, 3_000),
    "recognizers-text": ("数字、时间", _recognizers, 1_500),
}


def peers(rounds: int = 3, folder: Path | None = None) -> Table:
    """Return how fast other libraries do a part of the work on the same texts; ``folder`` is where more are installed."""
    if folder is not None:
        sys.path.append(str(folder))
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)  # some report every text that they cannot read
    found: dict[str, tuple[str, Work, int]] = {}
    missing = []
    for name, (what, make, size) in PEERS.items():
        try:
            found[name] = (what, make(), size)
        except (ImportError, OSError) as fault:
            missing.append(f"{name} ({type(fault).__name__})")
    rows: list[list[str]] = []
    for name, (what, work, size) in found.items():
        texts = _first(size)
        pair: dict[str, Any] = {"planparse": found["planparse"][1], name: work}
        figures = compare(pair, texts, reference=name, rounds=rounds)
        ours = figures["planparse"]
        rows.append(
            [
                name,
                what,
                f"{sum(map(len, texts)):,}",
                f"{figures[name].rate / 1000:,.1f}",
                f"{ours.ratio:,.2f}",
                ours.spread if name != "planparse" else "1",
            ]
        )
    logging.disable(logging.NOTSET)
    note = "Each beside planparse on the same annotated plans in the same run" + (
        f"; not installed: {', '.join(missing)}." if missing else "."
    )
    return Table(
        "peers",
        "与其他库相比：planparse 是其多少倍",
        ["库", "做什么", "字数", "千字/秒", "planparse 倍数", "范围"],
        rows,
        note,
    )


def _first(size: int) -> list[str]:
    chosen: list[str] = []
    for text in groups()[PLANS]:
        chosen.append(text)
        if sum(map(len, chosen)) >= size:
            break
    return chosen
