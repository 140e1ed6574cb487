"""Every figure that the README prints, by one command.

    python -m benchmarks                    everything; writes docs/benchmarks.md and docs/benchmarks.svg
    python -m benchmarks speed              one part; its section of the report is replaced
    python -m benchmarks speed --also DIR   also the *.txt files of a folder of your own
    python -m benchmarks peers --peers DIR  also libraries installed with pip install --target DIR
    python -m benchmarks quick              the short ones, small sizes

Parts: speed, peers, profile, startup, hostile, scaling, documents, workers, chaos. Programs of their own:
readers, damage, sizes, spacy_speed, columns.
"""

from __future__ import annotations

import argparse
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.report import Table, publish

OTHERS = ("readers", "damage", "sizes", "spacy_speed", "evaluation", "columns")


def _speed(options: argparse.Namespace) -> list[Table]:
    from benchmarks.speed import speed

    return [speed(options.rounds, options.also)]


def _peers(options: argparse.Namespace) -> list[Table]:
    from benchmarks.speed import peers

    return [peers(min(3, options.rounds), options.peers)]


def _profile(options: argparse.Namespace) -> list[Table]:
    from benchmarks.profiles import profile
    from benchmarks.texts import PLANS

    return profile(options.top, options.group or PLANS, options.also)


def _startup(options: argparse.Namespace) -> list[Table]:
    from benchmarks.startup import startup

    return [startup(options.rounds)]


def _hostile(options: argparse.Namespace) -> list[Table]:
    from benchmarks.hostile import hostile

    return [hostile(options.only)]


def _scaling(options: argparse.Namespace) -> list[Table]:
    from benchmarks.scaling import scaling

    return [scaling(options.longest)]


def _documents(options: argparse.Namespace) -> list[Table]:
    from benchmarks.scaling import documents

    return [documents([count for count in (100, 500, 5_000, 50_000) if count <= options.documents])]


def _workers(options: argparse.Namespace) -> list[Table]:
    from benchmarks.scaling import workers

    return [workers(min(2_000, options.documents))]


def _chaos(options: argparse.Namespace) -> list[Table]:
    from benchmarks.scaling import chaos

    return [chaos(options.documents, every=options.every)]


PARTS: dict[str, Callable[[argparse.Namespace], list[Table]]] = {
    "speed": _speed,
    "peers": _peers,
    "profile": _profile,
    "startup": _startup,
    "hostile": _hostile,
    "scaling": _scaling,
    "documents": _documents,
    "workers": _workers,
    "chaos": _chaos,
}
QUICK = ("speed", "startup")


def main() -> None:
    """Run the parts that are named, all of them by default."""
    if len(sys.argv) > 1 and sys.argv[1] in OTHERS:
        sys.argv = [f"benchmarks.{sys.argv[1]}", *sys.argv[2:]]
        runpy.run_module(sys.argv[0], run_name="__main__")
        return
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="all by default")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--also",
        type=Path,
        action="append",
        metavar="DIR",
        help="a folder of texts of your own, measured by file",
    )
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where more libraries are installed")
    parser.add_argument("--group", help="profile: which group of texts")
    parser.add_argument("--top", type=int, default=25, help="profile: how many functions")
    parser.add_argument("--only", help="hostile: kinds whose name holds this")
    parser.add_argument(
        "--longest", type=int, default=10_000_000, help="scaling: the longest text, characters"
    )
    parser.add_argument("--documents", type=int, default=50_000, help="documents, chaos: how many")
    parser.add_argument("--every", type=float, default=5.0, help="chaos: seconds between kills")
    parser.add_argument("--dry", action="store_true", help="print only; leave docs/ alone")
    options = parser.parse_args()
    chosen = QUICK if options.parts == ["quick"] else options.parts or list(PARTS)
    wrong = sorted(set(chosen) - set(PARTS))
    if wrong:
        parser.error(f"given {', '.join(wrong)}; possible: {', '.join((*PARTS, 'quick', *OTHERS))}")
    for part in chosen:
        tables = PARTS[part](options)
        if options.dry or options.also:  # texts of your own are no part of the report
            print("\n\n".join(table.text() for table in tables), end="\n\n")
        else:
            publish(tables)


if __name__ == "__main__":
    main()
