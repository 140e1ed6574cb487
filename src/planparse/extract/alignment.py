"""Rows that have fewer or more cells than the table has columns: cells are placed by what they look like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planparse.model import Span

Kind = Callable[[Span], str]


def align(cells: list[Span], expected: Sequence[str], kind: Kind) -> list[Span]:
    """Return ``cells`` spread over ``len(expected)`` columns by what they look like (blank cells were lost).

    Where there are more cells than columns, neighbours of one kind, or in a column of text, become one cell.

    ``expected`` and ``kind`` give text, department, person, date, number or index; a kind may be any (〃, —). Least-cost alignment in order.
    """
    kinds = [kind(cell) for cell in cells]
    joined = list(cells)
    while len(joined) > len(expected):
        costs = [_joining(kinds, k, expected) for k in range(len(joined) - 1)]
        # of texts that may be one the longest are: a measure has paragraphs rather than a task
        k = min(
            range(len(costs)),
            key=lambda k: (
                costs[k],
                joined[k][0] - joined[k + 1][1] if kinds[k] == kinds[k + 1] == "text" else 0,
            ),
        )
        joined[k : k + 2] = [(joined[k][0], joined[k + 1][1])]
        kinds[k : k + 2] = [kinds[k]]
    if len(joined) == len(expected):
        return joined
    return _spread(joined, kinds, expected)


def _joining(kinds: list[str], k: int, expected: Sequence[str]) -> int:
    """How little the cells k and k + 1 look like neighbours that stand in two columns."""
    surplus = len(kinds) - len(expected)
    columns = range(max(0, k - surplus), min(k + 1, len(expected)))
    here, behind = kinds[k], kinds[k + 1]
    if here == behind and here != "text":
        return (
            0
            if any(expected[c] == here for c in columns)
            and not any(expected[c : c + 2] == [here, here] for c in columns)
            else 2
        )
    if behind in (here, "text"):
        return 1 if here == "text" and any(expected[c] == "text" for c in columns) else 3
    return 4


def _spread(cells: list[Span], kinds: list[str], expected: Sequence[str]) -> list[Span]:
    """Align fewer cells than columns, at least cost, in order."""
    n, m = len(cells), len(expected)
    big = 10**6
    cost = [[big] * (m + 1) for _ in range(n + 1)]
    choice: dict[tuple[int, int], bool] = {}
    for j in range(m + 1):
        cost[0][j] = 0
    for i in range(1, n + 1):
        for j in range(i, m + 1):
            take = cost[i - 1][j - 1] + (
                0 if kinds[i - 1] in (expected[j - 1], "any") else 1 if expected[j - 1] == "text" else 2
            )
            leave = cost[i][j - 1]
            cost[i][j], choice[i, j] = (take, True) if take < leave else (leave, False)
    row: list[Span] = []
    i, j = n, m
    while j > 0:
        if i > 0 and choice.get((i, j), False):
            row.append(cells[i - 1])
            i -= 1
        else:
            edge = cells[i - 1][1] if i > 0 else cells[0][0]
            row.append((edge, edge))
        j -= 1
    return row[::-1]
