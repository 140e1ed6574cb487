"""nlp.pipe on 1,000 documents against spacy.blank("zh") with jieba alone, in one run.

    python benchmarks/spacy_speed.py [--documents 1000]

The documents are the train half of corpora/authored (long compilations left out), repeated to the number asked for.
Three rounds, each measuring every way one after another; the figures are medians of the rounds' processor times.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import pathlib
import statistics
import time

import jieba
import spacy

import planparse

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpora" / "authored" / "train"


def documents(count: int) -> list[str]:
    """Return ``count`` documents of less than 10,000 characters."""
    texts = [text for path in sorted(CORPUS.glob("*.txt")) if len(text := path.read_text("utf-8")) < 10_000]
    return list(itertools.islice(itertools.cycle(texts), count))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=1000)
    count = options.parse_args().documents
    jieba.setLogLevel(logging.WARNING)
    texts = documents(count)
    size = sum(map(len, texts))
    plain = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    whole = planparse.spacy.load()
    ways = {
        'spacy.blank("zh"), jieba': lambda: list(plain.pipe(texts)),
        "planparse words only": lambda: list(whole.tokenizer.pipe(texts)),
        "planparse.spacy.load()": lambda: list(whole.pipe(texts)),
        "planparse.spacy.load(), n_process=2 (wall)": lambda: list(whole.pipe(texts, n_process=2)),
    }
    for nlp in (plain, whole):
        nlp(texts[0])
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(3):
        for name, run in ways.items():
            clock = time.perf_counter if "wall" in name else time.process_time
            start = clock()
            run()
            seconds[name].append(clock() - start)
    base = next(iter(seconds.values()))
    print(f"{count} documents, {size} characters")
    for name, took in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(base, took, strict=True))
        print(
            f"{name:45} {statistics.median(took):7.2f} s {size / statistics.median(took) / 1000:8.0f} kchar/s {ratio:6.2f} x"
        )


if __name__ == "__main__":
    main()
