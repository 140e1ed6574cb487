"""The gate of the gloss repair: a text without a toned vowel has no pinyin gloss, and most texts have none.

>>> gate("醫(yī)院"), gate("医院DRG付费")
(True, False)
"""

from __future__ import annotations

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
#: the same by frequency: the first that a damaged page holds is found soon
BY_FREQUENCY = "ìāīùíéèàáēòǎǐōǔūǒóěúǘǚǜǖ"


def gate(text: str) -> bool:
    """Tell whether a text holds a toned vowel at all."""
    return not text.isascii() and any(vowel in text for vowel in BY_FREQUENCY)
