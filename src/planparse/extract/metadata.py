"""What the document says of itself: title, issuer, number, kind (rules/genres.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.expressions import expression
from planparse.model import Kind, Span
from planparse.rulebook import Entry, Example, Rulebook
from planparse.segment.numbering import build_numbering

_DOC_NUMBER = expression(r"[\u4e00-\u9fff]{2,12}[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\s?\d{1,4}\s?号")
_ISSUER = expression(
    r"[\u4e00-\u9fff（）()×XＸ]{2,24}?(?:医院|保健院|卫生健康委员会|卫生健康委|卫健委|卫生健康局|卫健局|卫计局|卫计委|卫生计生[局委]|人民政府|卫生局|防治院|疾病预防控制中心|卫生院|服务中心|医疗集团|医共体|防治所|血液中心|中心血站)(?:委员会|党委)?"
)
#: 推动医院…, 平安医院建设, 已经市人民政府…, 牵头医院: no name of an institution
_NO_ISSUER = expression(
    r"各|关于(?!印发)|本|我院|该|全[院市县区省]|已?经(?!开|济)|推[动进]|建[设成]|创建|打造|加[强快]|为|对|由|将|以|在|是|按|让|使|向|和(?!平|田|林|龙|静|硕|布)|与|及|或|等|当前|重点|[平廉]安?洁?医院|平安|清廉|廉洁|智慧|互联网|现代|绿色|数字|人文医院|美丽医院|研究型|学习型|文明医院|健康促进|[一二三]级|公立|定点|区域|紧密|县域|深化|强化|全面|实施|落实|争创|提升|促进|支持|完善|牵头|帮扶|基层|乡镇|医院$|对口|大型|综合医院|专科医院|妇幼保健院$|社区卫生|[（(]"
)
_CLAUSE_WORD = expression(r"推[动进]|加[强快]|提升|促进|深化|落实|实施|开展|其中|每|人口|公立医院$|大型医院$|^年|关于(?!印发)|减少|增加|[的了]")
#: 副市长段晶到…医院, 市委巡察组巡察…医院党委, 药店一律不得向无…医院: words of a sentence, in no name
_SENTENCE_WORD = expression(r"召开|主持|传达|部署|安排|达到|要求|强调|指出|表示|听取|宣读|负责|人员|领导|[组部院市县局区科]长|主任|书记|同志|主席|一行|会议|巡[察视]|督[查导]|调研|检查|成立|组建|参加|出席|会同|同意|一律|不得|全部|全面|以上|各|及|对[^外]|[到向在]|[一二三四五六七八九]是|^[个处家名所项条]")
#: one of several, no issuer: 市疾控中心、市妇幼保健院
_LISTED = ("、", "，", "；", "（", "(")
_REGION = expression(r"[省市县区州旗盟镇]|大学|附属|第[一二三四五六七八九十]")
_HEAD_LINE = 60
_ISSUING = expression(r"医院|保健院|卫健|卫计|人民政府|卫生|防治|疾病|服务中心|医疗集团|医共体|血液中心|中心血站")
_NUMBER_YEAR = expression(r"[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\s?\d{1,4}\s?号")
_TITLE_STOP = expression(r"[。；;：:]$|^附\s?[件表]\s?[\d一二三四五六七八九十]{0,2}$|^(?:发布时间|发布日期|来源|作者|浏览|各|[（(]?\d{4}年\d)")
_SALUTE = expression(r"^(?:各|局|委|市直|院属|机关|有关)[^。]{1,60}[：:]$")
_ANNOTATED = expression(r"[（(【〔\[](?:牵头|责任|配合|主办|协办|承办|完成|分管|落实)[^：:（）()【】〔〕]{0,8}[：:]")
_SIGNS = expression(r"(?:主要|重点|工作)任务|保障措施|组织保障|工作目标|牵头(?:科室|部门|单位)|责任(?:科室|部门|单位)|完成时限|整改措施|整改时限")
_OPENING = 700


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


_TITLE_LINE = expression(r"^[^。；;：:！!？?]{4,60}(?:方案|计划|要点|规划|意见|办法|细则|通知|安排|清单|分解表|任务书|责任书|纪要|讲话|总结|报告)(?:[（(][^）)]{1,24}[）)])?$")
#: what a letter may enclose beside these
_TABLE_TITLE = expression(r"^(?:[^。；;：:！!？?]{2,40}(?:19|20)\d\d年|(?:19|20)\d\d年)[^。；;：:！!？?]{0,24}(?:分工|任务|指标)表$")
#: an office signs a letter; its name is no first line of a title
_SIGNS_LETTER = expression(r"(?:办公室|[党院]办|[科部处])$")
_NO_TITLE = expression(r"^(?:制定|修订|完善|落实|编制|印发|推进|实施|开展|建立|报送|形成|出台|细化|加强|做好|明确|[（(【\[]|见|详见|按照|根据|附)")


#: （2025—2027年） below a title
_YEARS = expression(r"[（(] ?(?:20\d\d|二[〇○零]..)年?(?:[—–\-－～~至]{1,2}(?:20\d\d|二[〇○零]..))?年度?[）)]")
#: a short line that ends with a colon, and perhaps a bracket before it
_OWNER = expression(r"[^，。；、：:（()）]{2,14}(?:[（(][^（()）]{2,40}[）)])?[：:]")


def is_title_line(line: str) -> bool:
    """Whether a line reads as the title of a document: it ends in the name of a genre and starts with no verb.

    >>> is_title_line("某县公共卫生能力提升实施方案"), is_title_line("制定实施方案")
    (True, False)
    """
    return _TITLE_LINE.match(line) is not None and _NO_TITLE.match(line) is None and len(line) >= 8


def build_genres(rules: Rulebook) -> Genres:
    """Return the compiled genre words."""
    places: dict[str, list[tuple[Kind, re.Pattern[str]]]] = {"title": [], "opening": []}
    for entry in rules.entries("genres"):
        places[entry["place"]].append((entry["kind"], expression(any_of(entry["words"], dict.fromkeys(entry["words"], entry.get("not_next", ""))))))
    return Genres(tuple(places["title"]), tuple(places["opening"]))


def read_metadata(text: str, lines: Sequence[Span], rules: Rulebook, *, tables: bool) -> Metadata:
    """Return the metadata of the clean text; ``lines`` are its non-blank lines without furniture."""
    numbering = rules.compiled(build_numbering)
    genres = rules.compiled(build_genres)
    head: list[Span] = []
    for (a, b), below in zip(lines[:12], [*lines[1:12], None], strict=False):
        line = text[a:b]
        if below is not None and _OWNER.fullmatch(line) and numbering.match(text, *below):
            break  # 「心内科：」 above its items
        if numbering.match(text, a, b) or _SALUTE.match(line) or b - a > 70 or (line[-1] in "。；;" and len(line) > 12) or _ANNOTATED.search(line):
            break
        head.append((a, b))
    if not tables and len(head) == len(lines):  # a fragment: nothing would be left to read
        head = head[: next((k for k, (a, b) in enumerate(head, 1) if genres.of_title(text[a:b])), 0)]
    titles = [s for s in head if not _TITLE_STOP.search(text[s[0] : s[1]]) and not _DOC_NUMBER.search(text[s[0] : s[1]])]
    title = _title(text, titles, genres) or _enclosed_title(text, lines[len(head) : len(head) + _COVERING])
    title = _with_years(text, title, head) if title else None
    kind = (genres.of_title(title) if title else None) or _kind_of_text(text, genres, tables)
    if kind == "plan" and title and re.search(r"召开|举行|举办|推进会|会议", title) and not re.search(r"方案|计划|要点|安排|规划", title):
        kind = "meeting"
    if title and re.search(r"召开|举行", title) and kind in ("plan", "report", "assignment"):
        kind = "meeting"
    number = _DOC_NUMBER.search(text, 0, 1500) if _NUMBER_YEAR.search(text, 0, 1500) else None
    issuer = None
    for place in ([title] if title else []) + [text[a : min(b, a + 120)] for a, b in [*lines[:8], *lines[-3:]] if not _SALUTE.match(text[a:b])]:
        found = next((m for m in _ISSUER.finditer(place) if _is_issuer(m[0], place) and _stands_free(place, m.start(), place == title)), None) if _ISSUING.search(place) else None
        if found:
            issuer = re.sub(r"^(?:中共|关于印发|印发)", "", found[0])
            break
    return Metadata(title, issuer, number[0] if number else None, kind, head[-1][1] if head else 0)


def _with_years(text: str, title: str, head: Sequence[Span]) -> str:
    """Return the title with the years in brackets that stand on a line of their own below it."""
    for (a, b), (c, d) in pairwise(head):
        if title.endswith(text[a:b]) and _YEARS.fullmatch(text, c, d):
            return title + text[c:d]
    return title


def _is_issuer(name: str, place: str) -> bool:
    """Whether what ends like an institution is the name of one; in running text it must name its place."""
    whole = name.count("（") == name.count("）") and name.count("(") == name.count(")")
    if not whole or _NO_ISSUER.match(name) is not None or _CLAUSE_WORD.search(name) is not None or _SENTENCE_WORD.search(name) is not None:
        return False
    return ("。" not in place and len(place) <= _HEAD_LINE) or _REGION.search(name) is not None


def _stands_free(place: str, at: int, title: bool) -> bool:
    """Whether a name at ``at`` is neither one of several nor, outside the title, part of the title of another document."""
    if place[at - 1 : at] in _LISTED:
        return False
    return title or place.rfind("《", 0, at) <= place.rfind("》", 0, at)


def _kind_of_text(text: str, genres: Genres, tables: bool) -> Kind:
    opening = _kind_of_opening(text[:_OPENING], genres, tables)
    return opening if opening == "meeting" else _kind_of_signs(text, tables) or opening


def _kind_of_signs(text: str, tables: bool) -> Kind | None:
    """Return plan or assignment where two or more words stand that only such documents print together."""
    signs = set()
    for found in _SIGNS.finditer(text):
        signs.add(found[0])
        if len(signs) >= 2:
            return "assignment" if tables else "plan"
    return None


_ENDED = expression(r"(?:方案|计划|要点|规划|意见|办法|细则|通知|安排|清单|措施|决定|台账|任务书|责任书|责任状|纪要|讲话|总结|报告|通报|简报|汇报|公示|(?:任务|责任|目标|指标)(?:分解|分工)|分解|分工|[表会])(?:[（(][^）)]{1,24}[）)])?$")
#: a line of a title that was broken is no longer than this; a title has so many lines at most
_BROKEN, _TITLE_LINES = 30, 3
#: a covering letter has no more lines than this before the title of what it encloses
_COVERING = 20


def _broken_title(text: str, titles: list[Span], genres: Genres) -> str | None:
    """Return a title that was broken across lines: no line before the last ends in a type of document.

    A line that reads as a title by itself goes on only with 「关于…」, 「某局关于印发」: else above it stands the issuer.
    """
    for k, (start, end) in enumerate(titles):
        joined = text[start:end]
        for above, (a, b) in zip(titles[k:], titles[k + 1 : k + _TITLE_LINES], strict=False):
            line = text[a:b]
            if _ENDED.search(joined) or b - a > _BROKEN or text[above[1] : a].strip():
                break
            alone = genres.of_title(line) is not None and len(line) > 4
            if alone and "关于" not in joined and line[0] not in "（(":
                break
            joined += line
            if _ENDED.search(joined) and genres.of_title(joined):
                return joined
        if genres.of_title(text[start:end]):
            break
    return None


def _title(text: str, titles: list[Span], genres: Genres) -> str | None:
    broken = _broken_title(text, titles, genres)
    if broken is not None:
        return broken
    best = None
    for k, (a, b) in enumerate(titles):
        line = text[a:b]
        if genres.of_title(line):
            best = line
            if k and titles[k - 1][1] - titles[k - 1][0] <= 40 and (line.startswith(("关于", "的")) or len(line) <= 8):
                best = text[titles[k - 1][0] : titles[k - 1][1]] + line
            break
    if best is None and titles:
        shown = [text[a:b] for a, b in titles]
        ended = next((line for line in shown if _ENDED.search(line)), None)
        telling = next((line for line in shown if "\u4e00" <= line[0] <= "\u9fff" and _ISSUER.fullmatch(line) is None), None)
        best = ended or telling or shown[0]
    return best


def _enclosed_title(text: str, lines: Sequence[Span]) -> str | None:
    """Return the title of the document that a covering letter without heading encloses, perhaps on two lines."""
    for (a, b), (c, d) in zip(lines, [*lines[1:], (0, 0)], strict=False):
        line = text[a:b]
        if is_title_line(line) or _TABLE_TITLE.match(line):
            return line
        below = text[c:d]
        if b - a <= _BROKEN and 0 < d - c <= _BROKEN and not _TITLE_STOP.search(line) and not _SIGNS_LETTER.search(line) and is_title_line(line + below):
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
    kind = genres.of_title(example.text) if entry["place"] == "title" else _kind_of_opening(example.text, genres, False)
    if positive:
        return None if kind == example.value else f"kind {kind}"
    return f"kind {kind}" if kind == entry["kind"] else None
