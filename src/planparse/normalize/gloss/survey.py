"""Is a page glossed? The survey that finds the page's own table of glossed characters.

The damage glosses every occurrence of each character of its table with one reading, 醫(yī) every time; only
characters with another simplified form are in it. A writer's gloss stands once, on a rare character or a
rare reading; a teaching page glosses all characters. That tells them apart.

>>> page = "醫(yī)院召開(kāi)會(huì)議,醫(yī)務(wù)科、護(hù)理部參加,強(qiáng)調(diào)醫(yī)療質(zhì)量。"
>>> sorted(survey(page).items())[:2]
[('務', 'wù'), ('強', 'qiáng')]
>>> survey("龜(guī)茲古城") is None
True
"""

from __future__ import annotations

from collections import Counter

from planparse.expressions import expression
from planparse.normalize.gloss.readings import reads
from planparse.normalize.tones import TONED

SYLLABLE = f"[a-zü]{{0,3}}[{TONED}][a-z]{{0,3}}"
#: brackets, and the character before them, which is looked at last: it is found faster by the bracket
GLOSS = expression(f"[(（](?<=([\u3400-\u9fff\U00020000-\U0003ffff]).)({SYLLABLE})[)）]")
ORPHAN = expression(f"[?？]({SYLLABLE})[)）]")
PLAIN = expression("[(（](?<=([\u3400-\u9fff]).)([a-zü]{1,6})[)）]")
#: fewer glosses prove nothing; so many stand for a table even where none is repeated
FEWEST, ENOUGH = 3, 6
#: share of the occurrences of the table's characters that carry their gloss; false glosses to true ones
COVERAGE, FALSE = 0.6, 0.1


def survey(text: str) -> dict[str, str] | None:
    """Return the page's glossed characters with their readings, or None for a page that is not damaged."""
    found = Counter(GLOSS.findall(text))
    if sum(found.values()) < FEWEST:
        return None
    valid = {pair: count for pair, count in found.items() if reads(*pair)}
    total = sum(valid.values())
    best: dict[str, str] = {}
    for (char, reading), _ in sorted(valid.items(), key=lambda item: -item[1]):
        best.setdefault(char, reading)
    glossed = {char: valid[char, reading] for char, reading in best.items()}
    odd = sum(found.values()) - sum(glossed.values())
    if total < FEWEST or odd > FALSE * total:
        return None
    counts = {char: text.count(char) for char in best}
    if sum(glossed.values()) < COVERAGE * sum(counts.values()):
        return None
    repeated = total - len(best)
    if len(best) < 2 and repeated < ENOUGH:
        return None
    if repeated < 1 and total < ENOUGH and not ORPHAN.search(text):
        return None
    table = {char: reading for char, reading in best.items() if glossed[char] * 2 > counts[char]}
    for (char, reading), count in Counter(PLAIN.findall(text)).items():
        # a neutral tone (們(men)) carries no tone letter; the page's own rule holds for it as well
        if char not in table and reads(char, reading) and count * 2 > text.count(char):
            table[char] = reading
    return table
