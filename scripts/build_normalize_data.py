"""Build the data files of ``planparse.normalize`` from the packages that they come from.

    python scripts/build_normalize_data.py [t2s] [...]

Every part is deterministic: the same packages give the same bytes. What each file holds and its licence
stand in ``src/planparse/normalize/data/README.md``.
"""

from __future__ import annotations

import importlib.util
import math
import sys
import zlib
from collections import Counter
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src/planparse/normalize/data"
#: words of jieba's dictionary that are rarer are left out; the count that a word of the genre gets at least
RAREST, GENRE = 10, 400


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"needs the package {name}: pip install {name}")
    return Path(spec.submodule_search_locations[0])


def _opencc_table(name: str) -> dict[str, str]:
    """Return one dictionary of opencc-python-reimplemented: of several values, the first."""
    table = {}
    for line in (_package_folder("opencc") / "dictionary" / name).read_text("utf-8").splitlines():
        key, _, values = line.partition("\t")
        table[key] = values.split(" ")[0]
    return table


def build_t2s() -> None:
    """Write t2s.txt: changing characters, their values, then the phrases, longest first."""
    characters = {k: v for k, v in _opencc_table("TSCharacters.txt").items() if k != v}
    phrases = _opencc_table("TSPhrases.txt")
    for key, value in {**characters, **phrases}.items():
        if len(key) != len(value):
            raise SystemExit(f"{key} -> {value} changes the length: the method does not hold")
    ordered = sorted(characters)
    lines = ["".join(ordered), "".join(characters[c] for c in ordered)]
    lines += [f"{k} {v}" for k, v in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0]))]
    (DATA / "t2s.txt").write_text("\n".join(lines) + "\n", "utf-8")


def build_readings() -> None:
    """Write readings.txt: one pinyin syllable a line, and the traditional characters of GBK that can read so."""
    from pypinyin import Style, pinyin  # dev-time only: pip install pypinyin

    table: dict[str, list[str]] = {}
    for key, value in sorted(_opencc_table("TSCharacters.txt").items()):
        if key != value and _in_gbk(key):
            for reading in pinyin(key, style=Style.TONE, heteronym=True)[0]:
                if reading != key:
                    table.setdefault(reading, []).append(key)
    lines = [f"{reading} {''.join(characters)}" for reading, characters in sorted(table.items())]
    (DATA / "readings.txt").write_text("\n".join(lines) + "\n", "utf-8")


def build_sounds() -> None:
    """Write sounds.txt: one pinyin syllable a line, and the common characters without another form that read so."""
    from pypinyin import Style, pinyin  # dev-time only: pip install pypinyin

    changing = _opencc_table("TSCharacters.txt")
    table: dict[str, list[str]] = {}
    for lead in range(0xB0, 0xD8):  # the first level of GB 2312, by frequency of use
        for trail in range(0xA1, 0xFF):
            character = bytes((lead, trail)).decode("gb2312", "ignore")
            if character and changing.get(character, character) == character:
                for reading in pinyin(character, style=Style.TONE, heteronym=True)[0]:
                    if reading != character and not reading.isascii():
                        table.setdefault(reading, []).append(character)
    lines = [f"{reading} {''.join(characters)}" for reading, characters in sorted(table.items())]
    (DATA / "sounds.txt").write_text("\n".join(lines) + "\n", "utf-8")


def _in_gbk(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def build_words() -> None:
    """Write words.z, chars.z and pairs.z: words of jieba's dictionary and of genre.txt, the characters and pairs within them."""
    counts: dict[str, int] = {}
    for line in (_package_folder("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, count = line.split(" ")[:2]
        if all("\u4e00" <= c <= "\u9fff" for c in word) and (int(count) >= RAREST or len(word) == 1):
            counts[word] = int(count)
    for line in (DATA / "genre.txt").read_text("utf-8").splitlines():
        for word in [] if line.startswith("#") else line.split():
            counts[word] = max(GENRE, counts.get(word, 0) * 3)
    steps = {word: _step(count) for word, count in sorted(counts.items())}
    _write("words.z", steps)
    pairs: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    for word, count in counts.items():
        pairs.update({pair: count * word.count(pair) for pair in map("".join, pairwise(word))})
        chars.update({char: count * word.count(char) for char in word})
    _write("pairs.z", {pair: _step(count) for pair, count in pairs.items()})
    total = sum(math.exp(step / 8) for step in steps.values())
    columns = [
        " ".join(sorted(chars)),
        " ".join(str(_step(chars[char])) for char in sorted(chars)),
        repr(total),
    ]
    (DATA / "chars.z").write_bytes(zlib.compress("\n".join(columns).encode(), 9))


def build_authored() -> None:
    """Write authored.z: how often characters follow each other in the training half of corpora/authored."""
    counts: Counter[str] = Counter()
    for path in sorted((ROOT / "corpora/authored/train").glob("*.txt")):
        pairs = map("".join, pairwise(path.read_text("utf-8")))
        counts.update(pair for pair in pairs if pair.isprintable() and " " not in pair)
    _write("authored.z", {pair: count for pair, count in counts.items() if count > 1 and not pair.isascii()})


def _step(count: int) -> int:
    """Return a count as eighths of a natural logarithm: two digits tell enough."""
    return round(8 * math.log(max(count, 1)))


def _write(name: str, table: dict[str, int]) -> None:
    """Write a table, one line a first character: what follows it in each key, then the numbers.

    A page needs the lines of its own characters only; in columns they pack better and are read faster.
    """
    lines = []
    for first, group in groupby(sorted(table), key=itemgetter(0)):
        keys = list(group)
        lines.append(
            f"{first}{' '.join(key[1:] for key in keys)}\t{' '.join(str(table[key]) for key in keys)}"
        )
    (DATA / name).write_bytes(zlib.compress("\n".join(lines).encode(), 9))


PARTS = {
    "t2s": build_t2s,
    "readings": build_readings,
    "sounds": build_sounds,
    "words": build_words,
    "authored": build_authored,
}


def main() -> None:
    """Build the parts named on the command line, or all."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
        print(f"{name}: done")  # noqa: T201


if __name__ == "__main__":
    main()
