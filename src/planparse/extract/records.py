"""Drafts become records: names normalized and linked, spans mapped to the source, ids that last, evidence kept."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2s

from msgspec import Struct, field

from planparse.catalogue import Catalogue, Forms, build_catalogue, build_forms
from planparse.clean import Clean
from planparse.expressions import expression
from planparse.extract.dates import DateMention, deadline_of
from planparse.extract.drafts import TargetDraft, TaskDraft
from planparse.extract.quantities import Quantity
from planparse.model import Deadline, Department, Mention, Person, Repair, Section, Span, Target, Task
from planparse.rulebook import Rulebook
from planparse.segment.nodes import Outline

_BLANKS = expression(r"[ \u3000\t]*[\v\n][ \u3000\t]*")


def _in_one(text: str, joint: str) -> str:
    """Return a text with its line breaks, and the blanks around them, replaced."""
    return _BLANKS.sub(joint, text) if "\n" in text or "\v" in text else text


class Writer(Struct):
    """Writes the records of one document; ids depend on what is printed, never on row numbers."""

    clean: Clean
    catalogue: Catalogue
    forms: Forms
    evidence: bool = False
    mentions: list[Mention] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    undated: list[str] = field(default_factory=list)

    def identity(self, prefix: str, *parts: str) -> str:
        """Return a short id of the printed parts; the same text printed twice gets a running number."""
        key = prefix + blake2s("\x1f".join(parts).encode(), digest_size=5).hexdigest()
        number = self.seen[key] = self.seen.get(key, 0) + 1
        return key if number == 1 else f"{key}-{number}"

    def span(self, start: int, end: int) -> Span:
        """Return the source span of a clean span."""
        return self.clean.source_span(start, end)

    def note(self, kind: str, span: Span, value: str, rule: str, record: str) -> None:
        """Keep the evidence of one value; ``span`` indexes the clean text."""
        if not self.evidence:
            return
        start, end = self.span(*span)
        self.mentions.append(
            Mention(
                kind=kind,
                span=(start, end),
                text=self.clean.text[span[0] : span[1]],
                value=value,
                rule=rule,
                record=record,
            )
        )

    def department(self, name: str, span: Span, role: str, rule: str, record: str) -> Department:
        """Return the record of a department, by its name in one line."""
        entry = self.catalogue.department(name)
        self.note(role, span, name, rule, record)
        return Department(
            name=name,
            text=name,
            span=self.span(*span),
            code=entry.id if entry else None,
            group=name[0] == "各" or self.forms.is_group(name),
        )

    def deadline(self, dates: Sequence[DateMention], record: str) -> Deadline | None:
        """Return the record of the deadline that the contract chooses."""
        chosen = deadline_of(dates) if dates else None
        if chosen is None:
            return None
        start, end, recurrence, mention = chosen
        if start is None and end is None and recurrence is None:
            self.undated.append(mention.text)
            return None
        self.note("deadline", mention.span, end or recurrence or start or "", mention.rule, record)
        return Deadline(
            text=mention.text,
            start=start,
            end=end,
            recurrence=recurrence,  # type: ignore[arg-type]
            span=self.span(*mention.span),
        )

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know: deadlines that no year could be found for stay empty."""
        if not self.undated:
            return ()
        few = "、".join(dict.fromkeys(self.undated[:3]))
        return (
            f"{len(self.undated)} 处时限没有年份可依（{few}），未写日期；可用 --year（reference_year）指定年份",
        )

    def text(self, draft: TaskDraft) -> str:
        """Return the normalized text of a task."""
        if draft.text is not None:
            return _in_one(draft.text, "\n")
        pieces = [self.clean.text[a:b] for a, b in draft.parts]
        text = _in_one("\n".join(pieces), "\n").strip()
        return text.replace("**", "") if "**" in text else text

    def task(self, draft: TaskDraft) -> Task:
        """Return the record of a draft."""
        text = self.text(draft)
        key = self.identity("t", draft.number, draft.title or "", text)
        roles: dict[str, list[Department]] = {"lead": [], "responsible": [], "support": []}
        taken: set[tuple[str, str]] = set()
        for role, span, rule in draft.names:
            name = _in_one(self.clean.text[span[0] : span[1]], "").strip()
            if (role, name) in taken or role not in roles:
                continue
            taken.add((role, name))
            roles[role].append(self.department(name, span, role, rule, key))
        people: list[Person] = []
        for person in draft.people:
            a, b = person.name
            name = self.clean.text[a:b].replace(" ", "")
            if any(p.name == name for p in people):
                continue
            office = self.clean.text[person.role[0] : person.role[1]].strip() if person.role else None
            people.append(Person(name=name, role=office or None, span=self.span(a, b)))
            self.note("leader", (a, b), name, "person", key)
        start, end = draft.parts[0][0], draft.parts[-1][1]
        self.note("task", (start, end), draft.title or text[:30], draft.rule or draft.source, key)
        return Task(
            id=key,
            number=draft.number,
            path=draft.path,
            title=draft.title,
            text=text,
            span=self.span(start, end),
            lead=tuple(roles["lead"]),
            responsible=tuple(roles["responsible"]),
            support=tuple(roles["support"]),
            leaders=tuple(people),
            deadline=self.deadline(draft.dates, key),
            source=draft.source,
            confidence=draft.confidence,
        )

    def target(self, quantity: Quantity, task: str | None) -> Target:
        """Return the record of a quantity."""
        key = self.identity("q", task or "", quantity.text, str(quantity.value))
        entry = self.catalogue.indicator(quantity.indicator)
        text = _in_one(quantity.text, "")
        self.note(
            "target",
            quantity.span,
            f"{quantity.relation} {quantity.value}{quantity.unit}",
            quantity.rule,
            key,
        )
        own = self.deadline([quantity.deadline], key) if quantity.deadline is not None else None
        return Target(
            id=key,
            task=task,
            indicator=quantity.indicator,
            code=entry.id if entry else None,
            relation=quantity.relation,  # type: ignore[arg-type]
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit,
            baseline=quantity.baseline,
            deadline=own,
            text=text,
            span=self.span(*quantity.span),
            confidence=0.95,
        )


def write_records(
    clean: Clean,
    outline: Outline,
    drafts: Sequence[TaskDraft],
    loose: Sequence[TargetDraft],
    rules: Rulebook,
    *,
    evidence: bool = False,
) -> tuple[tuple[Task, ...], tuple[Target, ...], tuple[Section, ...], tuple[Mention, ...], tuple[str, ...]]:
    """Return (tasks, targets, sections, mentions, warnings), in text order; mentions only where ``evidence`` is asked for."""
    writer = Writer(clean, rules.compiled(build_catalogue), rules.compiled(build_forms), evidence)
    tasks: list[Task] = []
    targets: list[Target] = []
    ids: dict[int, str] = {}
    for draft in sorted(drafts, key=lambda d: d.start):
        task = writer.task(draft)
        ids[id(draft)] = task.id
        tasks.append(task)
        targets += [writer.target(q, task.id) for q in draft.quantities]
    for target in loose:
        targets.append(writer.target(target.quantity, ids.get(id(target.task)) if target.task else None))
    targets.sort(key=lambda t: t.span)
    sections = tuple(
        Section(
            id=node.id,
            number=clean.text[node.number.start : node.number.end].strip("、.．：: ") if node.number else "",
            heading=node.heading,
            level=node.level,
            parent=node.parent.id if node.parent else None,
            span=writer.span(node.start, node.end),
        )
        for node in outline.nodes
    )
    writer.mentions.sort(key=lambda m: (m.span, m.kind))
    return tuple(tasks), tuple(targets), sections, tuple(writer.mentions), writer.warnings()


def repairs_of(clean: Clean) -> tuple[Repair, ...]:
    """Return the repairs of a clean text as records."""
    return tuple(Repair(kind=e.kind, span=e.span, before=e.before, after=e.after) for e in clean.edits)
