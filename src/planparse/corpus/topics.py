"""Topics of texts: non-negative factors of tf-idf over words."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.segment.words import words

#: a word of less than this part of the heaviest word's weight says nothing of a topic
SLIGHT = 0.05
#: words of plans that say nothing of the subject
_EMPTY = frozenset((
    "工作", "推进", "加强", "开展", "建设", "进一步", "完善", "提升", "提高", "落实", "做好", "以上", "达到", "科室",
    "医院", "组织", "制定", "不断", "确保", "全面", "积极", "建立", "加快", "完成", "实现", "强化", "及时", "相关",
    "有关", "要求", "各项", "机制", "持续", "深入", "有效", "全院", "我院", "重点", "任务", "管理",
))  # fmt: skip


def cut(text: str) -> list[str]:
    """Return the words of two Chinese characters and more that say something of the subject.

    >>> cut("加强日间手术管理，占比达到15%")
    ['日间', '手术']
    """
    return [
        word
        for word in words(text)
        if len(word) > 1 and "\u4e00" <= word[0] <= "\u9fff" and word not in _EMPTY
    ]


def factors(texts: Sequence[str], count: int, length: int) -> tuple[list[list[str]], list[list[float]]]:
    """Return (the ``length`` heaviest words of each topic, the weights of every text)."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(cut(text) for text in texts):
        return [], [[] for _ in texts]
    vectorizer = TfidfVectorizer(
        analyzer=cut, min_df=2 if len(texts) > 20 else 1, max_df=0.5 if len(texts) > 20 else 1.0
    )
    matrix = vectorizer.fit_transform(texts)
    model = NMF(n_components=max(1, min(count, *matrix.shape)), init="nndsvda", random_state=0, max_iter=400)
    weights = model.fit_transform(matrix)
    names = vectorizer.get_feature_names_out()
    parts = [
        [str(names[k]) for k in row.argsort()[::-1][:length] if row[k] > SLIGHT * row.max()]
        for row in model.components_
    ]
    return parts, [[float(x) for x in row] for row in weights]
