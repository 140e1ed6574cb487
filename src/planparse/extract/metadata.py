"""What the document says of itself: title, issuer, number, kind (rules/genres.toml, rules/titles.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.expressions import expression
from planparse.extract.front import Front, build_front
from planparse.extract.lexicon import build_lexicon
from planparse.extract.roles import build_roles
from planparse.model import Kind, Span
from planparse.rulebook import Entry, Example, Rulebook
from planparse.segment.numbering import Numbering, build_numbering
from planparse.segment.role_signs import build_signs

_DOC_NUMBER = expression(
    r"[\u4e00-\u9fff]{2,12} ?[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\s?\d{1,4}\s?号"
)
#: one of several, no issuer: 市疾控中心、市妇幼保健院
_LISTED = ("、", "，", "；", "（", "(")
#: the date below who signs, and so many lines from the end a signature may stand
_SIGNED_ON, _SIGNATURE = (
    expression(r"[ \u3000]{0,40}(?:20\d\d|[一二][〇○零Oo九]..)年[^，,。；;：:\n]{2,10}日?[ \u3000]{0,4}$"),
    9,
)
#: 3月5日，市二院|在门诊楼召开会议: no list
_HOLDS = expression(
    r"(?:[（(][^（）()\n]{2,20}[）)])?(?:在[^，,。；;：:\n]{2,24})?(?:紧急|联合|再次)?(?:组织|主持)?(?:召开|举行|举办|召集|开展|启动)"
)
_NEXT = expression(r"[^，,。；;：:、\n]{0,14}、")
_NUMBER_YEAR = expression(r"[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\s?\d{1,4}\s?号")
_OPENING = 700
#: the title block stands in the first lines, those of a page's record (索引号：…) not counted
_FRONT = 30


class Metadata(Struct, frozen=True):
    """Title block of a document: ``front_end`` is where it ends in the clean text."""

    title: str | None
    issuer: str | None
    number: str | None
    kind: Kind
    front_end: int


class Genres(Struct, frozen=True):
    """Genre words by place, in order."""

    title: tuple[tuple[Kind, re.Pattern[str]], ...]
    opening: tuple[tuple[Kind, re.Pattern[str]], ...]

    def of_title(self, title: str) -> Kind | None:
        """Return the kind that the title names, by the word that ends furthest right."""
        best: Kind | None = None
        rightmost = -1
        for kind, pattern in self.title:
            for found in pattern.finditer(title):
                if kind == "other":
                    return "other"
                if found.end() > rightmost:
                    rightmost, best = found.end(), kind
        return best


_LETTERHEAD = "文件"
#: （2025—2027年） below a title
_YEARS = expression(
    r"[（(] ?(?:20\d\d|二[〇○零]..)年?(?:[—–\-－～~至]{1,2}(?:20\d\d|二[〇○零]..))?年度?[）)]"
)
#: a short line that ends with a colon, and perhaps a bracket before it
_OWNER = expression(r"[^，。；、：:（()）]{2,14}(?:[（(][^（()）]{2,40}[）)])?[：:]")


def build_genres(rules: Rulebook) -> Genres:
    """Return the compiled genre words."""
    places: dict[str, list[tuple[Kind, re.Pattern[str]]]] = {"title": [], "opening": []}
    for entry in rules.entries("genres"):
        places[entry["place"]].append(
            (
                entry["kind"],
                expression(
                    any_of(
                        entry["words"],
                        dict.fromkeys(entry["words"], entry.get("not_next", "")),
                        not_after=entry.get("not_after", ""),
                    )
                ),
            )
        )
    return Genres(tuple(places["title"]), tuple(places["opening"]))


def _is_subtitle(text: str, start: int, below: int) -> bool:
    """Whether a line below the title goes on with it behind a dash, and no list of dashes: ——县总医院召开部署会."""
    return text.startswith("——", start) and text[below] not in "—-–"


def _heads_item(text: str, line: Span, below: Span | None, rules: Rulebook) -> bool:
    """Whether a line below the title heads the first unnumbered item: it begins with an act, or tells who does it on the next line."""
    said = text[slice(*line)]
    is_role = rules.compiled(build_roles).line
    return (
        rules.compiled(build_lexicon).opening.match(said) is not None
        or is_role.match(text, *line) is not None
        or (below is not None and is_role.match(text, *below) is not None)
    )


def read_metadata(
    text: str, lines: Sequence[Span], rules: Rulebook, *, tables: bool, table_at: int | None = None
) -> Metadata:
    """Return the metadata of the clean text; ``lines`` are its non-blank lines without furniture and tables.

    ``table_at`` is where its first table begins: a title block that has its title does not go on below it.
    """
    numbering = rules.compiled(build_numbering)
    genres, front, role_signs = (
        rules.compiled(build_genres),
        rules.compiled(build_front),
        rules.compiled(build_signs),
    )
    head: list[Span] = []
    titled = False
    opening = [span for span in lines[:_FRONT] if not front.record.match(text[slice(*span)])][:12]
    for (a, b), below in zip(opening, [*opening[1:], None], strict=False):
        line = text[a:b]
        if table_at is not None and a > table_at and any(genres.of_title(text[c:d]) for c, d in head):
            break
        titled = titled or (bool(head) and genres.of_title(text[slice(*head[-1])]) is not None)
        if titled and genres.of_title(line) is None and _heads_item(text, (a, b), below, rules):
            break
        if titled and "。" in line[:-1]:
            break
        if below is not None and _OWNER.fullmatch(line) and numbering.match(text, *below):
            break  # 「心内科：」 above its items
        if head and below is not None and _is_subtitle(text, a, below[0]):
            head.append((a, b))
            continue
        if (
            numbering.match(text, a, b)
            or front.salute.match(line)
            or b - a > 70
            or line[-1] in "；;"
            or (line[-1] == "。" and len(line) > 12)
            or role_signs.label.search(line)
        ):
            break
        head.append((a, b))
    if not tables and len(head) == len(lines):  # a fragment: nothing would be left to read
        head = head[: next((k for k, (a, b) in enumerate(head, 1) if genres.of_title(text[a:b])), 0)]
    titles = [
        s
        for s in (_cell(text, *s) for s in head)
        if text.find("|", *s) < 0
        and (not front.note.search(text[s[0] : s[1]]) or front.is_title(text[slice(*s)]))
        and not _DOC_NUMBER.search(text[s[0] : s[1]])
        and not _is_letterhead(text[s[0] : s[1]], front)
    ]
    title = _title(text, titles, genres, front) or _enclosed_title(
        text, [span for span in lines if not head or span[0] > head[-1][0]][:_COVERING], front, numbering
    )
    title = (
        _FILE_TYPE.sub("", _TITLE_LABEL.sub("", _with_years(text, title, head), count=1)).lstrip("—")
        if title
        else None
    )
    kind = (genres.of_title(title) if title else None) or _kind_of_text(text, genres, front, tables)
    if kind == "plan" and title and front.gathering.search(title) and not front.planned.search(title):
        kind = "meeting"
    if title and front.held.search(title) and kind in ("plan", "report", "assignment"):
        kind = "meeting"
    number = _DOC_NUMBER.search(text, 0, 1500) if _NUMBER_YEAR.search(text, 0, 1500) else None
    issuer = None
    for place in (
        ([title] if title else [])
        + _signed(text, lines, front)
        + [
            text[a : min(b, a + 120)]
            for a, b in [*lines[:8], *lines[-3:]]
            if not front.salute.match(text[a:b])
            and numbering.match(text, a, b) is None
            and not role_signs.label.search(text[a:b])
        ]
    ):
        found = (
            next(
                (
                    m
                    for m in front.institution.finditer(place)
                    if front.is_institution(m[0], place)
                    and _stands_free(place, m.start(), m.end(), place == title)
                    and (place == title or not _goes_on(place, m.end(), front))
                ),
                None,
            )
            if front.issuing.search(place)
            else None
        )
        if found:
            issuer = re.sub(r"^(?:中共(?!.{2,24}院委员会$)|关于印发|印发)", "", found[0])
            break
    return Metadata(title, issuer, number[0] if number else None, kind, head[-1][1] if head else 0)


def _cell(text: str, a: int, b: int) -> Span:
    """Return the one cell of a row that has no other: a title that a page keeps in a table."""
    if text.find("|", a, b) < 0:
        return a, b
    said = [cell for cell in text[a:b].split("|") if cell.strip()]
    if len(said) != 1:
        return a, b
    start = text.index(said[0].strip(), a, b)
    return start, start + len(said[0].strip())


def _with_years(text: str, title: str, head: Sequence[Span]) -> str:
    """Return the title with the years in brackets that stand on a line of their own below it."""
    for (a, b), (c, d) in pairwise(head):
        if title.endswith(text[a:b]) and _YEARS.fullmatch(text, c, d):
            return title + text[c:d]
    return title


def _is_letterhead(line: str, front: Front) -> bool:
    """Whether a line is the red head of a document: 某县人民医院文件, or the second half of one."""
    return line.endswith(_LETTERHEAD) and (
        len(line) == len(_LETTERHEAD) or front.institution.fullmatch(line[: -len(_LETTERHEAD)]) is not None
    )


def _signed(text: str, lines: Sequence[Span], front: Front) -> list[str]:
    """Return the name that signs the document: on a line of its own near its end, above a date."""
    last = lines[-_SIGNATURE:]
    return [
        text[slice(*line)]
        for line, below in pairwise(last)
        if _SIGNED_ON.match(text, *below) and front.institution.fullmatch(text, *line)
    ]


def _stands_free(place: str, at: int, end: int, title: bool) -> bool:
    """Whether a name at ``at`` is neither one of several nor, outside the title, part of the title of another document."""
    if place[at - 1 : at] in _LISTED and not (place[at - 1] == "，" and _HOLDS.match(place, end)):
        return False
    return title or place.rfind("《", 0, at) <= place.rfind("》", 0, at)


def _goes_on(place: str, at: int, front: Front) -> bool:
    """Whether the name that ends at ``at`` is the first of several, perhaps with who speaks for it: 市一医院院长张明、|市二医院…."""
    mark = _NEXT.match(place, at)
    behind = front.institution.match(place, mark.end()) if mark else None
    return behind is not None and front.is_institution(behind[0], place)


def _kind_of_text(text: str, genres: Genres, front: Front, tables: bool) -> Kind:
    opening = _kind_of_opening(text[:_OPENING], genres, tables)
    return opening if opening in ("meeting", "report") else _kind_of_signs(text, front, tables) or opening


def _kind_of_signs(text: str, front: Front, tables: bool) -> Kind | None:
    """Return plan or assignment where two or more words stand that only such documents print together."""
    signs = set()
    for found in front.sign.finditer(text):
        signs.add(found[0])
        if len(signs) >= 2:
            return "assignment" if tables else "plan"
    return None


#: a line of a title that was broken is no longer than this; a title has so many lines at most
_BROKEN, _TITLE_LINES = 30, 3
#: a covering letter has no more lines than this before the title of what it encloses
_COVERING = 20


#: the name of a column of a page is no longer
_COLUMN = 6
#: what a page or a file list prints beside a title
_TITLE_LABEL = expression(r"(?:(?:文件|公文|信息)?名\s?称|标\s?题|题\s?名)\s?[：:]\s?(?=\S)")
_FILE_TYPE = expression(r"\.(?:docx?|wps|pdf|rtf|txt|xlsx?)(?:VIP)?$")


def _broken_title(text: str, titles: list[Span], genres: Genres, front: Front) -> str | None:
    """Return a title that was broken across lines: no line before the last ends in a type of document.

    A line that reads as a title by itself goes on only with 「关于…」, 「某局关于印发」: else above it stands the issuer.
    """
    for k, (start, end) in enumerate(titles):
        joined = text[start:end]
        for above, (a, b) in zip(titles[k:], titles[k + 1 : k + _TITLE_LINES], strict=False):
            line = text[a:b]
            if front.notice.match(line) and front.issue.match(joined):
                return joined + line
            if front.front.search(joined) or b - a > _BROKEN or text[above[1] : a].strip():
                break
            alone = genres.of_title(line) is not None and len(line) > 4
            if alone and "关于" not in joined and line[0] not in "（(":
                break
            joined += line
            if front.front.search(joined) and genres.of_title(joined):
                return joined
        if genres.of_title(text[start:end]):
            break
    return None


def _title(text: str, titles: list[Span], genres: Genres, front: Front) -> str | None:
    broken = _broken_title(text, titles, genres, front)
    if broken is not None:
        return broken
    best = None
    for k, (a, b) in enumerate(titles):
        line = text[a:b]
        if genres.of_title(line):
            best = line
            if (
                not k
                and len(line) <= _COLUMN
                and (
                    whole := next(
                        (
                            text[c:d]
                            for c, d in titles[1:]
                            if d - c > 2 * _COLUMN and front.is_title(text[c:d])
                        ),
                        None,
                    )
                )
            ):
                return whole  # 「计划总结」, the column of the page, above the title
            if (
                k
                and titles[k - 1][1] - titles[k - 1][0] <= 40
                and (line.startswith(("关于", "的")) or len(line) <= 8)
            ):
                best = text[titles[k - 1][0] : titles[k - 1][1]] + line
            break
    if best is None and titles:
        shown = [text[a:b] for a, b in titles]
        ended = next((line for line in shown if front.front.search(line)), None)
        telling = next(
            (
                line
                for line in shown
                if "\u4e00" <= line[0] <= "\u9fff" and front.institution.fullmatch(line) is None
            ),
            None,
        )
        best = ended or telling or shown[0]
    return best


def _enclosed_title(text: str, lines: Sequence[Span], front: Front, numbering: Numbering) -> str | None:
    """Return the title of the document that a covering letter without heading encloses, perhaps on two lines."""
    for (a, b), (c, d) in zip(lines, [*lines[1:], (0, 0)], strict=False):
        line = text[a:b]
        if numbering.match(text, a, b):
            continue
        if front.is_title(line) or front.sheet.match(line):
            return line
        below = text[c:d]
        if (
            b - a <= _BROKEN
            and 0 < d - c <= _BROKEN
            and not front.note.search(line)
            and not front.signer.search(line)
            and front.is_title(line + below)
        ):
            return line + below
    return None


def _kind_of_opening(opening: str, genres: Genres, tables: bool) -> Kind:
    for kind, pattern in genres.opening:
        if pattern.search(opening):
            return kind
    return "assignment" if tables else "other"


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the kind of a title or of an opening."""
    genres = rules.compiled(build_genres)
    kind = (
        genres.of_title(example.text)
        if entry["place"] == "title"
        else _kind_of_opening(example.text, genres, False)
    )
    if positive:
        return None if kind == example.value else f"kind {kind}"
    return f"kind {kind}" if kind == entry["kind"] else None
