"""Words of acts and actors, compiled (rules/acts.toml, rules/actors.toml)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.expressions import expression
from planparse.extract.duties import build_duties
from planparse.gate import Gated
from planparse.phrases import told
from planparse.rulebook import Entry, Example, Rulebook

#: 对已发现的问题逐项整改: what was done tells which ones are meant
_FINDING = r"(?:已经?|去年|上年|目前|截至目前)(?!经)[^，,。；;了]{1,16}的(?![，,。；;])"


_CLAUSES = expression(r"[，,。；;：:！!]")
#: so many clauses that name an act outweigh words of attitude beside them
_ACTS = 2


#: what was found is told with its number
_COUNTED = (
    r"反馈(?:了|意见)?[^，,。；;不]{0,6}(?:问题|意见)[^，,。；;不]{0,6}[0-9]{1,4}[个条项类]"
    r"|共(?:抽查|检查|发现|查出|反馈)[^，,。；;不少达]{0,8}[0-9]{1,6}[份个条项家人例处](?:[，,。；;]|$)"
)


class Lexicon(Struct, frozen=True):
    """Patterns of concrete acts, attitudes, modals, past marks and office-bearers."""

    concrete: re.Pattern[str]
    attitude: re.Pattern[str]
    modal: re.Pattern[str]
    past: re.Pattern[str]
    manner: re.Pattern[str]
    hollow: re.Pattern[str]
    #: of the past whatever is demanded beside it
    then: re.Pattern[str]
    #: 已全部|完成
    finished: re.Pattern[str]
    opening: re.Pattern[str]
    #: an act that opens a clause of a goal: …，新建托育机构3家
    clause_opening: re.Pattern[str]
    bearers: Gated
    bearer_roles: dict[str, str]
    arranging: re.Pattern[str]
    arrangement: re.Pattern[str]
    weak: frozenset[str]

    def is_attitude(self, said: str, start: int = 0) -> bool:
        """Whether a demand asks for a frame of mind: words of it stand in it, and behind ``start`` no two clauses name an act.

        >>> from planparse.rulebook import default_rules
        >>> lexicon = build_lexicon(default_rules())
        >>> lexicon.is_attitude("各科室要高度重视，成立专班，制定清单"), lexicon.is_attitude("各科室要高度重视，完善机制")
        (False, True)
        """
        if self.attitude.search(said) is None:
            return False
        acts = [
            clause
            for clause in _CLAUSES.split(said[start:])
            if self.is_firm(clause) and self.attitude.search(clause) is None
        ]
        return len(acts) < _ACTS

    def is_firm(self, said: str, start: int = 0) -> bool:
        """Whether an act is named that tells something by itself (制定, 上线), not 做好 or 建设 alone."""
        return any(act[0] not in self.weak for act in self.concrete.finditer(said, start))


def build_lexicon(rules: Rulebook) -> Lexicon:
    """Return the compiled lexicon."""

    def of(kind: str) -> list[str]:
        return [w for e in rules.entries("acts") if e["kind"] == kind for w in e["words"]]

    def words(kind: str) -> re.Pattern[str]:
        of_kind = of(kind)
        if (
            kind == "past"
        ):  # 较|上年下降6% is what a demand is measured by, 医务部表示|将在5月底前完成 what is promised
            return expression(
                f"(?!{_FINDING})" + any_of(of_kind, not_after="较比超") + "(?!(?<=表示)[，,]?将)"
            )
        return expression(any_of(of_kind))

    weak = frozenset(w for e in rules.entries("acts") if e.get("weak") for w in e["words"])
    actors = [e for e in rules.entries("actors") if e["role"] != "noun"]
    roles = {f"a{k}": e["role"] for k, e in enumerate(actors)}
    bearers = "|".join(f"(?:{e['pattern']})(?P<a{k}>)" for k, e in enumerate(actors))
    opening = f"{any_of(of('manner'))}?{any_of(of('opening'))}"
    clause_opening = expression(rf"(?<=[，。；\v])(?:{opening}|新建|新增)")
    finished = rf"已(?![^，,。；;了]{{1,16}}的[^，,。；;]{{0,16}}[要须应])(?:经|全部|于|在)?[^，,。；;]{{0,14}}{any_of(of('finished'))}|{_COUNTED}"
    return Lexicon(
        concrete=words("concrete"),
        attitude=words("attitude"),
        modal=words("modal"),
        past=words("past"),
        manner=words("manner"),
        hollow=words("hollow"),
        then=words("then"),
        finished=expression(finished),
        opening=expression(opening),
        clause_opening=clause_opening,
        bearers=Gated(bearers),
        bearer_roles=roles,
        arranging=words("arranging"),
        arrangement=words("arrangement"),
        weak=weak,
    )


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of acts or actors."""
    if entry.table == "actors" and entry["role"] == "noun":
        return told(rules.compiled(build_duties).no_subject, example, positive)
    lexicon = rules.compiled(build_lexicon)
    if entry.table == "acts":
        pattern = getattr(lexicon, entry["kind"])
        found = (
            pattern.match(example.text)
            if entry["kind"] in ("manner", "opening")
            else pattern.search(example.text)
        )
        value = entry["kind"]
    else:
        found = next(lexicon.bearers.finditer(example.text, 0, len(example.text)), None)
        value = lexicon.bearer_roles[found.lastgroup or ""] if found else None
    if not positive:
        return f"found {found[0]!r}" if found else None
    if found is None or (example.span and found.span() != example.span):
        return f"found {found[0] if found else None!r}"
    return None if value == example.value else f"value {value}"
