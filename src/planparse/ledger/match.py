"""Which task of a revised plan is which task of the old one: by text, not by place or number.

Similarity is the Dice coefficient of character bigrams, marks and blanks left out. Candidates come from an
index of the rarest bigrams, so that comparing two plans of ten thousand tasks does not take their product.

>>> from planparse.model import Task
>>> def task(name, text): return Task(id=name, number=name, path=(), title=None, text=text, span=(0, 1))
>>> old = [task("a", "推行分时段预约，预约率达到80%。"), task("b", "改造老旧病房。")]
>>> new = [task("c", "推行分时段预约，预约率达到85%以上。"), task("d", "建设胸痛中心。")]
>>> [(link.old, link.new) for link in match(old, new)]
[((0,), (0,)), ((), (1,)), ((1,), ())]
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from planparse.model import Task

#: tasks are the same, reworded, from this similarity on
SAME = 0.5
#: a task is part of another when this share of its bigrams is found there
PART = 0.7
_RARE = 16
_CANDIDATES = 12
_BUDGET = 800  # places looked up for one text
_NOISE = re.compile(r"[\W_]+")

Grams = Counter[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Places of old tasks that became places of new tasks: (1,1) goes on, (1,n) split, (n,1) merged, ((),1) new, (1,()) dropped."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: float = 0.0


def key(task: Task) -> str:
    """Return the text of a task without marks and blanks: two tasks with the same key read the same."""
    text = task.text if not task.title or task.text.startswith(task.title) else task.title + task.text
    return _NOISE.sub("", text)


def grams(text: str) -> Grams:
    """Return the bigrams of a text with their counts; a single character counts as itself."""
    return Counter(text[k : k + 2] for k in range(max(1, len(text) - 1)))


def _common(one: Grams, other: Grams) -> int:
    if len(one) > len(other):
        one, other = other, one
    return sum(min(count, other[gram]) for gram, count in one.items() if gram in other)


def dice(one: Grams, other: Grams) -> float:
    """Return the similarity of two texts, 0 to 1.

    >>> dice(grams("改造病房"), grams("改造病房")), dice(grams("甲乙"), grams("丙丁"))
    (1.0, 0.0)
    """
    total = one.total() + other.total()
    return 2 * _common(one, other) / total if total else 1.0


def inside(part: Grams, whole: Grams) -> float:
    """Return the share of ``part`` that is found in ``whole``, 0 to 1."""
    return _common(part, whole) / (part.total() or 1)


class _Index:
    """Bigrams to places, rarest first."""

    def __init__(self, texts: Sequence[Grams]) -> None:
        self.texts = texts
        self.where: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            for gram in text:
                self.where[gram].append(place)

    def near(self, text: Grams) -> list[int]:
        """Return the places that share most of the rarest bigrams of ``text``."""
        known = sorted((gram for gram in text if gram in self.where), key=lambda g: (len(self.where[g]), g))[
            :_RARE
        ]
        votes: Counter[int] = Counter()
        room = _BUDGET
        for gram in known:
            votes.update(self.where[gram][:room])
            room -= len(self.where[gram])
            if room <= 0:
                break
        return [place for place, _ in votes.most_common(_CANDIDATES)]


def _bonus(one: Task, other: Task) -> float:
    """Return what title, lead and number add to the likeness of two texts."""
    same_lead = {d.name for d in one.lead + one.responsible} & {
        d.name for d in other.lead + other.responsible
    }
    return (
        (0.2 if one.title and one.title == other.title else 0.0)
        + (0.04 if same_lead else 0.0)
        + (0.02 if one.number == other.number else 0.0)
        + (0.02 if one.id == other.id else 0.0)
    )


def _exact(old: Sequence[Task], new: Sequence[Task]) -> dict[int, int]:
    """Pair tasks that read the same; among twins the same number and departments go first, then the order."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, task in enumerate(old):
        groups[key(task)].append(place)
    wanted: dict[str, list[int]] = defaultdict(list)
    for place, task in enumerate(new):
        wanted[key(task)].append(place)
    pairs: dict[int, int] = {}
    for text, places in wanted.items():
        left = groups.get(text, [])
        if len(places) == 1 and len(left) == 1:
            pairs[places[0]] = left[0]
            continue
        ranked = sorted((-_bonus(old[o], new[n]), n, o) for n in places[:50] for o in left[:50])
        _take(ranked, pairs)
        spare_new = [n for n in places if n not in pairs]
        used = set(pairs.values())
        pairs.update(zip(spare_new, [o for o in left if o not in used], strict=False))
    return pairs


def _signs(task: Task) -> tuple[tuple[str, str | None], ...]:
    """Return what may lead to the same task besides its words."""
    return (("id", task.id), ("number", task.number), *((("title", task.title),) if task.title else ()))


def _take(ranked: Sequence[tuple[float, int, int]], pairs: dict[int, int]) -> None:
    used = set(pairs.values())
    for _, n, o in ranked:
        if n not in pairs and o not in used:
            pairs[n] = o
            used.add(o)


def _close(
    old: Sequence[Task], new: Sequence[Task], pairs: dict[int, int], texts: tuple[list[Grams], list[Grams]]
) -> None:
    """Pair what is left by likeness, the best first."""
    free_old = sorted(set(range(len(old))) - set(pairs.values()))
    free_new = [n for n in range(len(new)) if n not in pairs]
    index = _Index([texts[0][o] for o in free_old])
    namesakes: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for o in free_old:
        for sign in _signs(old[o]):
            namesakes[sign].append(o)
    ranked = []
    for n in free_new:
        near = {free_old[spot] for spot in index.near(texts[1][n])}
        for sign in _signs(new[n]):
            near.update(namesakes[sign][:_CANDIDATES])
        for o in near:
            likeness = dice(texts[0][o], texts[1][n]) + _bonus(old[o], new[n])
            if likeness >= SAME:
                ranked.append((-likeness, n, o))
    _take(sorted(ranked), pairs)


def _parts(
    loose: Sequence[int], parts: list[Grams], wholes: list[Grams], partner: dict[int, list[int]]
) -> dict[int, int]:
    """Find for each loose text the whole that holds most of it, unless the whole's own partner still holds it."""
    index = _Index(wholes)
    found: dict[int, int] = {}
    for n in loose:
        best = max(((inside(parts[n], wholes[o]), -o) for o in index.near(parts[n])), default=(0.0, 0))
        whole = -best[1]
        if best[0] >= PART and all(inside(parts[n], parts[m]) < SAME for m in partner.get(whole, ())):
            found[n] = whole
            partner.setdefault(whole, []).append(n)
    return found


def match(old: Sequence[Task], new: Sequence[Task]) -> tuple[Link, ...]:
    """Return how the tasks of ``old`` go on in ``new``: every task of both stands in exactly one link.

    Links with new tasks come in the order of ``new``, dropped tasks after them in the order of ``old``.
    """
    pairs = _exact(old, new)
    if len(pairs) < len(old) or len(pairs) < len(new):
        texts = ([grams(key(task)) for task in old], [grams(key(task)) for task in new])
        _close(old, new, pairs, texts)
    else:
        return tuple(Link((pairs[n],), (n,), 1.0) for n in range(len(new)))
    used = set(pairs.values())
    partner: dict[int, list[int]] = defaultdict(list)
    for n, o in pairs.items():
        partner[o].append(n)
    split = _parts([n for n in range(len(new)) if n not in pairs], texts[1], texts[0], partner)
    back: dict[int, list[int]] = defaultdict(list)
    for n, o in pairs.items():
        back[n].append(o)
    gone = [o for o in range(len(old)) if o not in used and o not in split.values()]
    merged = _parts(gone, texts[0], texts[1], back) if gone else {}
    links = _links(pairs, split, merged, texts)
    linked_old = {o for link in links for o in link.old}
    linked_new = {n for link in links for n in link.new}
    links += [Link((), (n,)) for n in range(len(new)) if n not in linked_new]
    links.sort(key=lambda link: link.new[0])
    return (*links, *(Link((o,), ()) for o in range(len(old)) if o not in linked_old))


def _links(
    pairs: dict[int, int],
    split: dict[int, int],
    merged: dict[int, int],
    texts: tuple[list[Grams], list[Grams]],
) -> list[Link]:
    """Join pairs, parts and merged tasks to links; the old and new task that go on with the id stand first."""
    home = {**split, **pairs}  # new -> the old task that heads its link
    olds = {o: [o] for o in home.values()}
    for o, n in sorted(merged.items()):
        if n in home:
            olds[home[n]].append(o)
        else:
            home[n] = o
            olds[o] = [o]
    news: dict[int, list[int]] = defaultdict(list)
    for n, o in home.items():
        news[o].append(n)
    links = []
    for o, places in news.items():
        places.sort(key=lambda n: (n not in pairs, n))
        links.append(Link(tuple(olds[o]), tuple(places), round(dice(texts[0][o], texts[1][places[0]]), 3)))
    return links
