"""Collectives (全院各临床、医技科室) and placeholders (牵头科室) as patterns of the table ``department_forms``.

>>> groups = build_groups({"quantity": ["各"], "generic": ["科室"], "modifier": ["临床", "医技"], "suffix": ["科"],
...     "placeholder": ["牵头"], "role": ["负责"], "not_role": [],
...     "people": ["职工"], "plural": ["科室"], "held": ["科室"]})
>>> groups.collective.match("各临床、医技科室负责")[0], groups.placeholder.fullmatch("牵头科室")[0]
('各临床、医技科室', '牵头科室')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.expressions import expression


def shortest(words: Sequence[str]) -> list[str]:
    """Return the words that begin with no other of them: what triggers a look at all of them."""
    return [word for word in words if not any(word != other and word.startswith(other) for other in words)]


def role_words(words: Mapping[str, Sequence[str]]) -> str:
    """Return the regex of what follows an actor: 负责, but not 负责人; 应, but not 应急, 应对; 于 before a date.

    ``words["not_role"]`` are characters behind which a role word is none: 传|承办.
    """
    no_name, date = (
        "人|同志|急|用|(?<=应)对|诊|届|聘",
        "每|[0-9]{1,2}月|20[0-9]{2}年|[本下]周|[本下]月|[今明]年|[年月]底",
    )
    told = any_of([*words["role"], "于"], not_after="".join(words["not_role"]))
    return f"{told}(?:(?<!于)(?!{no_name})|(?<=于)(?={date}))"


class Groups(Struct, frozen=True):
    """The patterns of collectives and placeholders.

    ``whole`` is a plain name that is a collective, ``head`` the end of one without quantity (护理人员);
    ``collective`` reads one in running text where ``quantity`` begins it; ``plural`` and ``unquantified`` are the
    end and what stands before it in 临床、医技科室.
    """

    whole: re.Pattern[str]
    head: re.Pattern[str]
    placeholder: re.Pattern[str]
    quantity: re.Pattern[str]
    collective: re.Pattern[str]
    plural: re.Pattern[str]
    unquantified: re.Pattern[str]


def build_groups(words: Mapping[str, Sequence[str]]) -> Groups:
    """Return the patterns of the words of ``department_forms`` by kind."""
    generic = words["generic"]
    heads = any_of(word for word in generic if len(word) > 1)
    short = any_of(word for word in generic if len(word) == 1) or "(?!)"
    bare = any_of(word for word in words["modifier"] if word not in generic and word != "各")
    quantity, inside = any_of(words["quantity"]), any_of(words["modifier"])
    ends = any_of([*words["suffix"], *generic, *words["people"]])
    stop = rf"[，。、；：;:,）)\]】〕\s]|$|{role_words(words)}"
    held = any_of(word for word in generic if word in words["held"])
    holders = any_of(words["placeholder"])
    return Groups(
        whole=expression(
            rf"(?:{quantity})(?:[^，。；：]{{0,14}}(?:{ends})|[县市区州盟旗级地乡镇街道()、,]{{1,12}})"
        ),
        head=expression(
            rf"(?:..(?:{any_of([*words['plural'], *words['people']])})|(?:职能|行政|相关|有关|主管|管理)部门)$"
        ),
        placeholder=expression(
            rf"(?!各责任)(?:各|相关|有关|所有|全院各?|其他){{0,3}}(?:(?:{holders})[、和与及()]{{0,2}}){{1,4}}"
            rf"(?:相关|有关|职能){{0,2}}(?:{held})?"
        ),
        quantity=expression(any_of(shortest(words["quantity"]))),
        collective=expression(
            rf"(?:{quantity})(?:(?:{inside})|[、，,/和与及（()）]){{0,12}}?(?:(?:{heads})|(?:{short})(?={stop}))"
        ),
        plural=expression("科室|部室|处室|职能部门"),
        unquantified=expression(rf"(?:{bare}){{1,3}}(?:[、/和与及](?:{bare}){{1,2}}){{0,3}}$"),
    )
