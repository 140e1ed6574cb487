"""Build the data files of ``planparse.normalize`` from the packages that they come from.

    python scripts/build_normalize_data.py [t2s] [...]

Every part is deterministic: the same packages give the same bytes. What each file holds and its licence
stand in ``src/planparse/normalize/data/README.md``.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/planparse/normalize/data"


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"needs the package {name}: pip install {name}")
    return Path(spec.submodule_search_locations[0])


def _opencc_table(name: str) -> dict[str, str]:
    """Return one dictionary of opencc-python-reimplemented: of several values, the first."""
    table = {}
    for line in (_package_folder("opencc") / "dictionary" / name).read_text("utf-8").splitlines():
        key, _, values = line.partition("\t")
        table[key] = values.split(" ")[0]
    return table


def build_t2s() -> None:
    """Write t2s.txt: changing characters, their values, then the phrases, longest first."""
    characters = {k: v for k, v in _opencc_table("TSCharacters.txt").items() if k != v}
    phrases = _opencc_table("TSPhrases.txt")
    for key, value in {**characters, **phrases}.items():
        if len(key) != len(value):
            raise SystemExit(f"{key} -> {value} changes the length: the method does not hold")
    ordered = sorted(characters)
    lines = ["".join(ordered), "".join(characters[c] for c in ordered)]
    lines += [f"{k} {v}" for k, v in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0]))]
    (DATA / "t2s.txt").write_text("\n".join(lines) + "\n", "utf-8")


PARTS = {"t2s": build_t2s}


def main() -> None:
    """Build the parts named on the command line, or all."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
        print(f"{name}: done")  # noqa: T201


if __name__ == "__main__":
    main()
