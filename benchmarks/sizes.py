"""The installed size of planparse, part by part.

    python benchmarks/sizes.py

Reads the metadata of what is installed beside this Python: planparse itself, each package that it requires with those
that only come with it, and the extras that happen to be installed. Sizes are of the files on disk, without the byte code
that Python makes later.
"""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def size(one: Distribution) -> int:
    """Return the bytes of a distribution's files."""
    return sum(
        path.stat().st_size
        for file in one.files or ()
        if not file.name.endswith(".pyc") and (path := one.locate_file(file)).is_file()
    )


def needs(name: str, extra: str = "") -> list[str]:
    """Return the packages that a package requires here, with those of one extra."""
    try:
        rows = [Requirement(row) for row in distribution(name).requires or ()]
    except PackageNotFoundError:
        return []
    return [
        canonicalize_name(row.name) for row in rows if not row.marker or row.marker.evaluate({"extra": extra})
    ]


def closure(names: list[str]) -> set[str]:
    """Return the packages and all that they require."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs(name)
    return found


def megabytes(names: set[str]) -> float:
    """Return the size of packages in MB."""
    total = 0
    for name in names:
        try:
            total += size(distribution(name))
        except PackageNotFoundError:
            continue
    return total / 1e6


def main() -> None:
    direct = needs("planparse")
    own = closure(direct)
    counted: set[str] = set()
    rows = [(megabytes({"planparse"}), "planparse", 1)]
    for name in direct:
        alone = closure([name]) - closure([other for other in direct if other != name])
        rows.append((megabytes(alone), name, len(alone)))
        counted |= alone
    for amount, name, count in sorted(rows, reverse=True):
        if count:  # else others need it too
            print(f"{amount:8.1f} MB  {name}" + (f" and {count - 1} that only it needs" if count > 1 else ""))
    print(f"{megabytes(own - counted):8.1f} MB  {len(own - counted)} packages that several of these need")
    print(
        f"{megabytes(own | {'planparse'}):8.1f} MB  all that pip install planparse brings ({len(own) + 1} packages)"
    )
    for extra in ("charts", "dask", "mcp", "docs"):
        more = closure([name for name in needs("planparse", extra) if name not in direct]) - own
        print(
            f"{megabytes(more):8.1f} MB" if megabytes(more) else " not here   ",
            f" more with planparse[{extra}] ({len(more)} packages)",
        )


if __name__ == "__main__":
    main()
