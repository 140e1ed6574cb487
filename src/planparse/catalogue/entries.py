"""The catalogues of departments and indicators: entries, and their exact lookup by name.

>>> from planparse.rulebook import default_rules
>>> catalogue = default_rules().compiled(build_catalogue)
>>> catalogue.department("医院 医务处").id
'medical_affairs'
>>> catalogue.department("市卫生健康委").id, catalogue.department("战略合作处")
('gov_health_commission', None)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from types import MappingProxyType

from msgspec import Struct

from planparse.catalogue.indicators import canonical, indicator_variants
from planparse.catalogue.plain import bare, plain
from planparse.catalogue.similar import Distinctions, Likeness, build_distinctions
from planparse.errors import RuleError
from planparse.expressions import expression
from planparse.memo import Memory
from planparse.rulebook import Entry, Rulebook

GOVERNMENT = "政府"
_OURS = expression(
    r"^(?:我们医院|我院|本院|该院|医院|院内|[\u3400-\u9fffA-Z0-9]{2,20}?(?:医院|保健院|卫生院|中心医院)(?=.))"
)
_PLACE = expression(
    r"^(?:国家|(?:(?:(?![省市县区州旗盟])[\u3400-\u9fff]){1,8}[省市县区州旗盟]){1,3}|[省市县区州旗盟])(?:级|属|直)?"
)
_QUANTITY = expression(r"^(?:全院各?|我院各?|本院各?|医院各?|院内各?|各相关|各有关|各)")


class DepartmentEntry(Struct, frozen=True):
    """One department of the catalogue; ``ambiguous``: the bare name may be several (办公室)."""

    id: str
    name: str
    category: str
    aliases: tuple[str, ...] = ()
    group: bool = False
    ambiguous: bool = False
    official: str | None = None

    @property
    def code(self) -> str | None:
        """The identity for a record: the id, or None where the name alone does not tell."""
        return None if self.ambiguous else self.id


class IndicatorEntry(Struct, frozen=True):
    """One indicator of the catalogue; ``direction`` is higher, lower, monitor or level."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    direction: str = "monitor"
    sets: tuple[str, ...] = ()


def _index(rows: list[tuple[Entry, tuple[str, ...]]], faults: list[str]) -> dict[str, int]:
    """Return plain name -> row number; a name of two entries is a fault, unless the later one overrides."""
    owner: dict[str, int] = {}
    for number, (entry, names) in enumerate(rows):
        for name in names:
            key = plain(name)
            other = owner.get(key)
            if other is None or entry.get("overrides"):
                owner[key] = number
            elif rows[other][0].id != entry.id:
                faults.append(
                    f"{entry.where}: given {name!r}, which {rows[other][0].where} holds too; possible: leave it "
                    "to one of the two, or set overrides to 1 where yours shall win"
                )
    return owner


def department_variants(name: str) -> Iterator[str]:
    """Yield the plain forms of a printed name to look up, the most exact first.

    >>> list(department_variants("我院医务科（医政处）"))
    ['我院医务科(医政处)', '医务科(医政处)', '我院医务科', '医务科']
    """
    exact = plain(name)
    for form in dict.fromkeys((exact, bare(exact))):
        yield form
        ours = _OURS.match(form)
        if ours and ours.end() < len(form):
            yield form[ours.end() :]


class Catalogue:
    """Departments and indicators of a rulebook by name; built by ``rules.compiled(build_catalogue)``."""

    def __init__(
        self,
        departments: Mapping[str, DepartmentEntry],
        indicators: Mapping[str, IndicatorEntry],
        distinctions: Callable[[str], Distinctions],
    ) -> None:
        self.departments = departments
        self.indicators = indicators
        self._distinctions = distinctions
        self._departments: Memory[str, DepartmentEntry | None] = Memory(self._department)
        self._indicators: Memory[str, IndicatorEntry | None] = Memory(self._indicator)

    def department(self, name: str) -> DepartmentEntry | None:
        """Return the entry of a printed name or alias, or None.

        Spaces, bracket forms, 我院/本院/医院 and the name of a hospital before it do not matter, nor the
        place before a government body (市财政局), nor 全院/各 before a collective.
        """
        return self._departments[name]

    def _department(self, name: str) -> DepartmentEntry | None:
        exact = self.departments.get(name)
        if exact is not None:
            return exact
        for form in department_variants(name):
            found = self.departments.get(form)
            if found is not None:
                return found
        return self._of_place(plain(name)) or self._collective(plain(name))

    def _of_place(self, name: str) -> DepartmentEntry | None:
        place = _PLACE.match(name)
        if place is None:
            return None
        for cut in {place.end(), 1 if name[0] in "省市县区州旗盟" else place.end()}:
            found = self.departments.get(bare(name[cut:]))
            if found is not None and found.category == GOVERNMENT and not found.group:
                return found
        return None

    def _collective(self, name: str) -> DepartmentEntry | None:
        start = _QUANTITY.match(name)
        found = self.departments.get(name[start.end() :]) if start else None
        return found if found is not None and found.group else None

    def indicator(self, name: str) -> IndicatorEntry | None:
        """Return the entry of an indicator's name or alias, or None.

        全院, 年度, 力争 and the like before it do not matter, 比重 is 比例; 门诊 and 住院 do matter.
        """
        return self._indicators[name]

    def _indicator(self, name: str) -> IndicatorEntry | None:
        for form in indicator_variants(name):
            found = self.indicators.get(form)
            if found is not None:
                return found
        return None

    def similar_department(self, name: str) -> tuple[DepartmentEntry, float] | None:
        """Return the entry most like a name that no entry holds, with the likeness; None when unsure.

        Collectives, government bodies and ambiguous names are never an answer.
        """
        near = self._departments_alike.nearest(bare(plain(name)))
        return (self._department_ids[near[0]], near[1]) if near else None

    def similar_indicator(self, name: str) -> tuple[IndicatorEntry, float] | None:
        """Return the indicator most like a name that no entry holds, with the likeness; None when unsure."""
        near = self._indicators_alike.nearest(canonical(bare(plain(name))))
        return (self._indicator_ids[near[0]], near[1]) if near else None

    @cached_property
    def _department_ids(self) -> dict[str, DepartmentEntry]:
        return {entry.id: entry for entry in self.departments.values()}

    @cached_property
    def _indicator_ids(self) -> dict[str, IndicatorEntry]:
        return {entry.id: entry for entry in self.indicators.values()}

    @cached_property
    def _departments_alike(self) -> Likeness:
        names = [
            (name, entry.id)
            for name, entry in self.departments.items()
            if entry.code and not entry.group and entry.category != GOVERNMENT and "(" not in name
        ]
        return Likeness(names, self._distinctions("department"))

    @cached_property
    def _indicators_alike(self) -> Likeness:
        return Likeness(
            [(canonical(name), entry.id) for name, entry in self.indicators.items()],
            self._distinctions("indicator"),
        )


def _merged(entries: tuple[Entry, ...]) -> list[tuple[Entry, tuple[str, ...]]]:
    """Return each entry with its names; a later entry of the same id adds its names to the first."""
    rows: dict[str, tuple[Entry, tuple[str, ...]]] = {}
    for entry in entries:
        names = (entry["name"], *entry.get("aliases", ()))
        first = rows.get(entry.id)
        rows[entry.id] = (first[0], tuple(dict.fromkeys((*first[1], *names)))) if first else (entry, names)
    return list(rows.values())


def _department(entry: Entry, names: tuple[str, ...]) -> DepartmentEntry:
    return DepartmentEntry(
        id=entry.id,
        name=names[0],
        category=entry["category"],
        aliases=names[1:],
        group=bool(entry.get("group")),
        ambiguous=bool(entry.get("ambiguous")),
        official=entry.get("official"),
    )


def _indicator(entry: Entry, names: tuple[str, ...]) -> IndicatorEntry:
    return IndicatorEntry(
        id=entry.id,
        name=names[0],
        aliases=names[1:],
        unit=entry.get("unit", ""),
        direction=entry["direction"],
        sets=tuple(entry.get("sets", ())),
    )


def build_catalogue(rules: Rulebook) -> Catalogue:
    """Return the catalogue of the rulebook's tables ``departments`` and ``indicators``.

    Raises :class:`~planparse.errors.RuleError` with every name that two entries claim.
    """
    faults: list[str] = []
    rows = _merged(rules.entries("departments"))
    made = [_department(*row) for row in rows]
    departments = {name: made[number] for name, number in _index(rows, faults).items()}
    measures = _merged(rules.entries("indicators"))
    counted = [_indicator(*row) for row in measures]
    indicators = {name: counted[number] for name, number in _index(measures, faults).items()}
    if faults:
        raise RuleError(faults)
    for name, entry in list(indicators.items()):
        indicators.setdefault(canonical(name), entry)
    return Catalogue(
        MappingProxyType(departments), MappingProxyType(indicators), partial(build_distinctions, rules)
    )
