"""What is to be done: every document with its name and content, in the order of names, cut into chunks.

The plan depends on the inputs alone: not on the order of the arguments, the number of workers or an earlier run.
Chunks become part files, so that the parts too depend on nothing else.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from planparse.batch.inputs import Found
from planparse.batch.model import Entry, Fault, Place
from planparse.batch.places import Places
from planparse.errors import EncryptedFile, ReadError

_MOST, _FEWEST, _PARTS = 128, 16, 64
_BYTES = 16 << 20


class Named(msgspec.Struct, frozen=True, array_like=True):
    """One name of the inputs: the content that it holds with its size in bytes, or its fault."""

    name: str
    id: str = ""
    size: int = 0
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """``names`` in order, one row each in the tables; ``chunks`` of contents, each content once, under its first name."""

    names: tuple[Named, ...]
    chunks: tuple[tuple[Entry, ...], ...]

    @property
    def contents(self) -> int:
        """How many contents there are, each counted once."""
        return sum(map(len, self.chunks))


def choose(
    found: Iterable[Found], *, sample: int | float | None = None, seed: int = 0, limit: int | None = None
) -> list[Found]:
    """Return the documents in the order of their names, each place once; a seeded sample of them, the first of these.

    Two documents of one name, as archives may hold, get a number: ``计划.txt`` and ``计划#2.txt``. ``sample`` is a number of documents, or a share below 1. The choice depends on the names and the seed alone.

    >>> [one.name for one in choose([Found("b", Place(b"b")), Found("a", Place(b"a")), Found("b", Place(b"b"))])]
    ['a', 'b']
    """
    once = _named_once(found)
    names = sorted(once)
    if sample is not None:
        wanted = round(sample * len(names)) if isinstance(sample, float) else sample
        names = sorted(sorted(names, key=lambda name: _lot(name, seed))[:wanted])
    return [once[name] for name in names[:limit]]


def _named_once(found: Iterable[Found]) -> dict[str, Found]:
    once: dict[str, Found] = {}
    seen: set[tuple[str, Place | Fault]] = set()
    namesakes: Counter[str] = Counter()
    for one in found:
        if (one.name, one.at) in seen:
            continue  # given twice
        seen.add((one.name, one.at))
        name = one.name
        while name in once:
            namesakes[one.name] += 1
            stem, suffix = os.path.splitext(one.name)
            name = f"{stem}#{namesakes[one.name] + 1}{suffix}"
        once[name] = replace(one, name=name)
    return once


def _lot(name: str, seed: int) -> bytes:
    return hashlib.blake2b(f"{seed}\x00{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def make_plan(
    found: Sequence[Found], *, before: Iterable[Named] = (), tick: Callable[[int], None] = lambda done: None
) -> Plan:
    """Read every document once for its content id and return the plan; ``tick`` is told how many are read.

    ``before`` are names of earlier runs whose contents are done: they stay, unless they are given again.
    """
    places = Places()
    names = {one.name: one for one in before}
    at: dict[str, Place] = {}
    for done, one in enumerate(found, 1):
        named = _identify(one, places)
        names[named.name] = named
        if named.id and isinstance(one.at, Place):
            at.setdefault(named.id, one.at)
        tick(done)
    places.close()
    ordered = tuple(names[name] for name in sorted(names))
    entries: dict[str, Entry] = {}
    sizes: list[int] = []
    for named in ordered:
        if named.id and named.id not in entries:
            entries[named.id] = Entry(named.id, named.name, at.get(named.id))
            sizes.append(named.size)
    return Plan(ordered, tuple(_chunks(list(entries.values()), sizes)))


def _identify(one: Found, places: Places) -> Named:
    if isinstance(one.at, Fault):
        return Named(one.name, fault=one.at)
    try:
        identity, size = places.content_id(one.at)
    except ReadError as fault:
        return Named(
            one.name,
            fault=Fault("encrypted" if isinstance(fault, EncryptedFile) else "damaged", fault.problem),
        )
    except OSError as fault:
        return Named(one.name, fault=Fault("open", f"cannot be opened: {fault.strerror or fault}"))
    return Named(one.name, identity, size)


def _chunks(entries: Sequence[Entry], sizes: Sequence[int]) -> Iterator[tuple[Entry, ...]]:
    """Cut the contents into chunks of 16 to 128 documents and at most 16 MiB; one empty chunk for none."""
    most = min(_MOST, max(_FEWEST, 1 << (max(0, len(entries) - 1) // _PARTS).bit_length()))
    chunk: list[Entry] = []
    weight = 0
    for entry, size in zip(entries, sizes, strict=True):
        if chunk and (len(chunk) >= most or weight + size > _BYTES):
            yield tuple(chunk)
            chunk, weight = [], 0
        chunk.append(entry)
        weight += size
    yield tuple(chunk)


def chunk_key(ids: Iterable[str]) -> str:
    """Return the short name of a set of contents in order.

    >>> chunk_key(["a", "b"]) == chunk_key(["a", "b"]) != chunk_key(["b", "a"])
    True
    """
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:12]


def part_stem(number: int, ids: Iterable[str]) -> str:
    """Return the name of the part files of a chunk, without suffix: its number and the key of its contents."""
    return f"part-{number:05d}-{chunk_key(ids)}"


def save(plan: Plan, path: Path) -> None:
    """Write the names of a plan, one JSON row a line, whole or not at all."""
    encoder = msgspec.json.Encoder()
    draft = path.with_name(path.name + ".draft")
    with draft.open("wb") as out:
        for named in plan.names:
            out.write(encoder.encode(named) + b"\n")
    draft.replace(path)


def load_names(path: Path) -> Iterator[Named]:
    """Yield the names that :func:`save` wrote, in order; none where there is no such file."""
    if not path.exists():
        return
    decoder = msgspec.json.Decoder(Named)
    with path.open("rb") as lines:
        for line in lines:
            yield decoder.decode(line)
