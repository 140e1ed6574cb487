"""Who does what in running text: 「由X牵头，Y、Z配合」, 「X负责…」, 「X要…」, 「X每周…」.

A statement is an actor group at a clause start with the word that gives its role. A chain of statements that
shares one act (牵头 … 配合) is one; a new act begins where somebody new leads, answers or is told to.
"""

from __future__ import annotations

from collections.abc import Sequence

from planparse.catalogue import (
    Forms,
    PersonSpan,
    all_names,
    build_forms,
    build_people,
    department_spans,
    people_behind,
    person_spans,
)
from planparse.expressions import expression
from planparse.extract.arrangements import arranged
from planparse.extract.cover import Cover
from planparse.extract.dates import DateMention
from planparse.extract.drafts import Name
from planparse.extract.duties import build_duties
from planparse.extract.lexicon import Lexicon, build_lexicon
from planparse.extract.said_roles import said_roles
from planparse.extract.statements import (
    ENUMERATED,
    MODAL_AT,
    OPENERS,
    TOGETHER,
    Around,
    Statement,
    behind_comma,
    is_asked,
    read_actor,
)
from planparse.model import Span
from planparse.rulebook import Rulebook

#: who is named behind 会同, up to a mark or the act
_SLOT = expression(r"[^，,；;。\n于在共对每]{2,40}")
_JOIN = expression(r"[、和及与/／]|以及")
_BODY = expression(
    r"(?:政府|党委|医院|集团|[甲乙丙]方|公司|中心|[局委院部科室]|[委局院市县区厅]属|直属|[省市县区委]直|辖区内?|全[省市县区院系]统?)$"
)
_BY_OFFICE = expression(
    r"由([\u4e00-\u9fff]{2,8}?(?:员|秘书|主任|科长|护士长|院长|书记|组长|干事|专员|负责人))(?:负责|牵头|组织|督办)"
)
#: 县120指挥调度中心
_PLACED = expression(
    r"(?:^|(?<=[。；;\n：:]))([省市县区州旗镇乡](?:第[一二三四五六七八九十])?[\u4e00-\u9fff]{0,8}?(?:医院|卫生院|保健院|中心|[局委站所]))(?=[\u4e00-\u9fff]{2})"
)
_CALLS = ("120", "110", "119")
_UNIT = expression(
    r"(?:[\u4e00-\u9fff]{0,4}1[12][09])?[\u4e00-\u9fff]{2,14}(?:科|部|处|室|办|股|组|队|站|所|院|中心|委|局|会|支部|专班)$"
)
_CHARGED = expression(
    r"(?:责成|责令|(?<=[，,。；;：:\n])请)([\u4e00-\u9fff]{1,9}?(?:[科部处办局股队]|中心|小组|公司))(?![长员门理室置医主公])"
)
#: a unit that is told by 由 and an act has so many characters, and ends so
_BY_UNIT, _LONGEST_UNIT, _UNIT_ENDS = (
    expression(r"(?<![\u4e00-\u9fff])由(?=[\u4e00-\u9fff])"),
    14,
    frozenset("科部处办股室班局委司站所队组院心"),
)
#: no hospital is told without its place or kind: 由老医院|改造的病房; a unit of the house has a short name
_INSTITUTION = expression(
    r"[\u4e00-\u9fff]{0,8}(?:[省市县区州旗镇乡]|第[一二三四五六七八九十]|附属)[\u4e00-\u9fff]{0,8}(?:医院|卫生院|保健院|中心|[局委站所])|[\u4e00-\u9fff]{2,12}(?:公司|集团|[队组])|[\u4e00-\u9fff]{2,7}[科部处办股室班]"
)
_BARE_NAME = r"([\u4e00-\u9fff]{2,3}?)(?=要(?![求点是有么])|须|负责(?!人)|牵头)"
_OPENING_NAME, _LATER_NAME = expression(_BARE_NAME), expression(r"[。；;！\n，,]" + _BARE_NAME)
_OFFICE_END = expression(r"(?:院长|书记|主任|[科处部局]长|护士长|主席|会计师)[ \u3000]?$")
_OFFICE_START = expression(r"(?:副?院长|副?书记|副?主任|副?[科处部局]长|护士长|主席|总会计师)")
_OFFICE_REACH, _OFFICE_PLACES = 4000, 6
#: the longest bracket of persons behind a department
_BRACKET = 44


def _groups(text: str, start: int, end: int, rules: Rulebook) -> list[tuple[int, int, list[Span]]]:
    """Department mentions, neighbours joined by 、和及与 into groups."""
    groups: list[tuple[int, int, list[Span]]] = []
    for a, b in department_spans(text, start, end, rules):
        if groups:
            last = groups[-1]
            gap = text[last[1] : a]
            if (gap and len(gap) <= 2 and _JOIN.fullmatch(gap)) or (
                not gap and text[a] == "各"
            ):  # 各支部|各科室
                last[2].append((a, b))
                groups[-1] = (last[0], b, last[2])
                continue
        groups.append((a, b, [(a, b)]))
    return groups


def find_statements(
    text: str, start: int, end: int, dates: Sequence[DateMention], rules: Rulebook
) -> list[Statement]:
    """Return the actor statements of ``text[start:end]`` in order."""
    around = Around(
        text,
        start,
        end,
        {d.span[0]: d for d in dates},
        {d.span[1]: d.span[0] for d in dates},
        rules.compiled(build_duties),
    )
    found: list[Statement] = []
    forms = rules.compiled(build_forms)
    groups = _groups(text, start, end, rules)
    said = said_roles(text, start, end, groups, rules)
    told = Cover([(one.start, one.end) for one in said])
    for one in said:
        names = [n for n in one.names if not forms.is_placeholder(text[slice(*n)])]
        people = [one.person] if one.person is not None else []
        if names or people:
            found.append(
                Statement(
                    one.start,
                    one.end,
                    "responsible" if one.role == "leaders" else one.role,
                    names,
                    people,
                    "label",
                )
            )
    for a, b, names in groups:
        if told.touches(a, b):
            continue
        people = people_behind(text, b, end, rules) if text[b : b + 1] in ("（", "(") else []
        statement = read_actor(around, a, _after_bracket(text, b, end) if people else b)
        if statement is not None:
            statement.people = people
            statement.names = [n for n in names if not forms.is_placeholder(text[n[0] : n[1]])]
            found.append(statement)
    _bearers(around, found, rules.compiled(build_lexicon), rules)
    _persons(around, found, rules)
    if text.find("由", start, end) >= 0:
        _by_office(around, found, forms)
        _by_unit(around, found, forms, rules.compiled(build_lexicon))
    _bare_names(around, found)
    _charged(around, found, forms)
    if dates:
        _at_head(around, found, forms, rules.compiled(build_lexicon))
        found += _units_before_dates(text, start, dates, found)
    if found and text.find("的", start, end) >= 0:
        described = arranged(text, start, end, rules.compiled(build_lexicon))
        found = [one for one in found if not described.touches(one.start, one.end)]
    found.sort(key=_first)
    return found


def _after_bracket(text: str, at: int, end: int) -> int:
    """Return the end of the bracket that opens at ``at``: 质控办（责任人：单于青）|每月…."""
    closed = min(
        (k for k in (text.find(mark, at, min(end, at + _BRACKET)) for mark in "）)") if k >= 0),
        default=at - 1,
    )
    return closed + 1


def _first(statement: Statement) -> int:
    return statement.start


def _bearers(around: Around, found: list[Statement], lexicon: Lexicon, rules: Rulebook) -> None:
    """Add the statements of office-bearers: 各科室负责人要…."""
    text, start = around.text, around.start
    taken: Cover | None = None
    for match in lexicon.bearers.finditer(text, start, around.end):
        taken = taken or _cover(found)
        a, b = _with_body(text, match.start(), start), match.end()
        statement = None if taken.covers(a) else read_actor(around, a, b)
        if statement is None or statement.how == "by" or statement.role not in ("responsible", "lead"):
            continue
        role = lexicon.bearer_roles[match.lastgroup or ""]
        if (role == "office" and statement.how in ("subject", "together")) or _is_named_after(
            text, a, b, around.end, rules
        ):
            continue
        statement.people = [] if role == "nobody" else [PersonSpan((a, b))]
        found.append(statement)


def _is_named_after(text: str, a: int, b: int, end: int, rules: Rulebook) -> bool:
    """Whether a name follows the office: 分管副院长|薛景行要…."""
    if not "\u4e00" <= text[b : b + 1] <= "\u9fff":
        return False
    return any(
        person.role is not None and person.name[0] == b
        for person in person_spans(text, a, min(end, b + 8), rules)
    )


def _persons(around: Around, found: list[Statement], rules: Rulebook) -> None:
    """Add the statements of persons printed with an office."""
    text, start = around.text, around.start
    taken: Cover | None = None
    for person in person_spans(text, start, around.end, rules):
        taken = taken or _cover(found)
        a = min(person.name[0], person.role[0]) if person.role else person.name[0]
        b = max(person.name[1], person.role[1]) if person.role else person.name[1]
        a = _with_body(text, a, start)
        if taken.touches(a, b):
            continue
        statement = read_actor(around, a, b)
        rhythm = (
            statement is not None
            and statement.how == "time"
            and _is_rhythm(around, statement)
            and rules.compiled(build_people).is_name(text[slice(*person.name)])
        )
        if statement is not None and (rhythm or statement.how in ("modal", "charge", "lead", "share")):
            statement.people, statement.role = [person], "responsible"
            found.append(statement)


def _is_rhythm(around: Around, statement: Statement) -> bool:
    """Whether the time behind an actor is a recurrence: 党委书记符晓岚每周三到工地调度."""
    mention = around.date_at.get(statement.end)
    return mention is not None and mention.kind == "recurrence"


def _bare_names(around: Around, found: list[Statement]) -> None:
    """Add 雷明要…: a name alone, of somebody whom the text above prints with an office (副院长雷明)."""
    text, start = around.text, around.start
    taken: Cover | None = None
    opening = _OPENING_NAME.match(text, start, around.end)
    for match in (*([opening] if opening else ()), *_LATER_NAME.finditer(text, start, around.end)):
        a, b = match.span(1)
        if not _has_office(text, a, b):
            continue
        taken = taken or _cover(found)
        statement = None if taken.touches(a, b) else read_actor(around, a, b)
        if statement is not None:
            statement.people, statement.role = [PersonSpan((a, b))], "responsible"
            found.append(statement)


def _has_office(text: str, a: int, b: int) -> bool:
    """Whether an office stands beside the name in what is printed before it; only so far back, and at so many places."""
    name, low = text[a:b], max(0, a - _OFFICE_REACH)
    at = low - 1
    for _ in range(_OFFICE_PLACES):
        at = text.find(name, at + 1, a)
        if at < 0:
            break
        if _OFFICE_END.search(text, max(low, at - 3), at) or _OFFICE_START.match(text, at + len(name), a):
            return True
    return False


def _by_office(around: Around, found: list[Statement], forms: Forms) -> None:
    """Add 由X专员负责: an office that no table of persons knows."""
    text = around.text
    taken: Cover | None = None
    for match in _BY_OFFICE.finditer(text, around.start, around.end):
        taken = taken or _cover(found)
        a, b = match.span(1)
        if not taken.touches(a, b) and not forms.is_name(text[a:b]):
            found.append(
                Statement(
                    match.start(), match.end(), "responsible", people=[PersonSpan((a, b))], how="charge"
                )
            )


def _charged(around: Around, found: list[Statement], forms: Forms) -> None:
    """Add 责成项目部…: a unit known by its form alone that is charged in so many words."""
    text = around.text
    taken: Cover | None = None
    for match in _CHARGED.finditer(text, around.start, around.end):
        taken = taken or _cover(found)
        a, b = match.span(1)
        if not taken.touches(a, b) and forms.is_form(text[a:b]):
            found.append(Statement(match.start(), b, "responsible", names=[(a, b)], how="modal"))


def _by_unit(around: Around, found: list[Statement], forms: Forms, lexicon: Lexicon) -> None:
    """Add 由综管办汇总…: a unit known by its form alone, right before what it is to do."""
    text = around.text
    taken: Cover | None = None
    for match in _BY_UNIT.finditer(text, around.start, around.end):
        a = match.end()
        ends = (
            b
            for b in range(a + 3, min(a + _LONGEST_UNIT, around.end) + 1)
            if text[b - 1] in _UNIT_ENDS
            and (act := lexicon.concrete.match(text, b)) is not None
            and not text.startswith("的", act.end())
        )
        b = next((b for b in ends if _INSTITUTION.fullmatch(text, a, b) and forms.is_form(text[a:b])), None)
        if b is None or around.duties.oversight.match(text, b, around.end) is not None:
            continue
        taken = taken or _cover(found)
        if not taken.touches(a, b):
            found.append(Statement(match.start(), b, "responsible", names=[(a, b)], how="by"))


def _at_head(around: Around, found: list[Statement], forms: Forms, lexicon: Lexicon) -> None:
    """Add 县中医院|制定方案，9月15日前报…: an institution known by its place and form alone that opens a sentence with an act."""
    text = around.text
    taken: Cover | None = None
    for match in _PLACED.finditer(text, around.start, around.end):
        a, b = match.span(1)
        if lexicon.concrete.match(text, b) is None or not forms.is_form(text[a:b]):
            continue
        taken = taken or _cover(found)
        if not taken.touches(a, b):
            found.append(Statement(a, b, "responsible", names=[(a, b)], how="subject"))


def _cover(found: Sequence[Statement]) -> Cover:
    return Cover([(s.start, s.end) for s in found])


#: 会议要求|后勤保障部6月底前…, 请|护理部每周…
_ASKS = expression(r"[\u4e00-\u9fff]{0,8}?(?:要求|责成|责令)|[由请]")
_LONGEST_ASKED = 24


def _units_before_dates(
    text: str, start: int, dates: Sequence[DateMention], found: Sequence[Statement]
) -> list[Statement]:
    """Units that no catalogue knows, told by their place: 「教学组|12月底前举办…」 at the head of a clause."""
    extra: list[Statement] = []
    taken: Cover | None = None
    for d in dates:
        if d.quoted or d.kind not in ("by", "recurrence", "in", "range", "from"):
            continue
        low = d.span[0]
        while (
            low > start
            and d.span[0] - low < _LONGEST_ASKED
            and ("\u4e00" <= text[low - 1] <= "\u9fff" or text.endswith(_CALLS, start, low))
        ):
            low -= 3 if text[low - 1].isdigit() else 1
        if low > start and "\u4e00" <= text[low - 1] <= "\u9fff":
            continue
        name = text[low : d.span[0]].removesuffix("于").removesuffix("在").removesuffix("自")
        asked = ENUMERATED.match(name) or _ASKS.match(name)
        if asked is not None:
            low, name = low + asked.end(), name[asked.end() :]
        described = "的" in name and text[low - 1 : low] == "由"  # 由门诊部改造的诊室
        if described or _UNIT.fullmatch(name) is None:
            continue
        taken = taken or _cover(found)
        if not taken.touches(low, d.span[0]):
            listed = [(low, low + len(name))]
            while (before := _listed_before(text, start, listed[-1][0])) is not None and not taken.touches(
                *before
            ):
                listed.append(before)
            how = "modal" if MODAL_AT.match(text, d.span[1]) else "time"  # 收费处每日早上必须…
            extra.append(
                Statement(listed[-1][0], low + len(name), "responsible", names=listed[::-1], how=how)
            )
    return extra


def _listed_before(text: str, start: int, at: int) -> Span | None:
    """Return the unit that stands before ``at`` in one list: 乡镇卫生院、|社区卫生服务中心."""
    low = at - 1
    while low > start and at - low < 16 and "\u4e00" <= text[low - 1] <= "\u9fff":
        low -= 1
    low += next((len(word) for word in ("要求", "责成", "责令", "请", "由") if text.startswith(word, low)), 0)
    listed = at - 1 > start and text[at - 1] == "、" and _UNIT.fullmatch(text, low, at - 1) is not None
    return (
        (low, at - 1)
        if listed and (low == start or text[low - 1] in OPENERS or is_asked(text, low, start))
        else None
    )


def _with_body(text: str, at: int, start: int) -> int:
    """Return where an office-bearer begins with the body he sits in: 市政府|分管负责同志, 乙方|主要负责人."""
    low = at
    while (
        low > start
        and at - low < 8
        and text[low - 1] not in OPENERS
        and "\u4e00" <= text[low - 1] <= "\u9fff"
    ):
        low -= 1
    if low < at and (low == start or text[low - 1] in OPENERS) and _BODY.search(text, low, at):
        return low
    return at


def partners(text: str, statement: Statement, end: int, rules: Rulebook) -> list[Span]:
    """Return who is named after 会同/联合 in 「X会同Y、Z…」."""
    at = behind_comma(text, statement.end) if statement.role == "lead" else statement.end
    found = TOGETHER.match(text, at, min(end, at + 6))
    if not found:
        return []
    near = _groups(text, statement.end, min(end, found.end() + 60), rules)  # 会同 tells that a name follows
    for a, _, names in near:
        if a == found.end():
            return names
    slot = _SLOT.match(text, found.end(), min(end, found.end() + 40))
    return all_names(text, *slot.span(), rules) if slot is not None else []


def resolve(statements: Sequence[Statement]) -> tuple[list[Name], list[PersonSpan]]:
    """Return names with roles and people of one act: bare 负责 beside 配合 leads (contract, Roles)."""
    leads = any(
        s.role == "lead" or s.how in ("lead", "leadwith") for s in statements
    )  # also a person who 牵头
    supports = any(s.role == "support" for s in statements)
    names: list[Name] = []
    people: list[PersonSpan] = []
    for s in statements:
        role = s.role
        if role == "responsible" and s.how == "charge" and supports and not leads:
            role = "lead"
        names += [(role, span, f"prose.{s.how}") for span in s.names]
        people += s.people
    return names, people
