"""The work itself: documents in, rows out. A pure function of bytes and settings, the same in every engine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from planparse.batch.columns import TargetRow, TaskRow
from planparse.batch.model import Doc, Entry, Fault, Result, Settings, Unit
from planparse.batch.parts import record_tables
from planparse.batch.places import Places
from planparse.batch.signature import signature
from planparse.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    MissingProgram,
    NoTextLayer,
    PlanparseError,
    ReadError,
    UnknownFormat,
)
from planparse.model import Plan
from planparse.rulebook import Rulebook, default_rules, load_rules

_REASONS: tuple[tuple[type[ReadError], str], ...] = (
    (EmptyFile, "empty"),
    (UnknownFormat, "format"),
    (EncryptedFile, "encrypted"),
    (DamagedFile, "damaged"),
    (NoTextLayer, "scan"),
    (MissingProgram, "program"),
    (ReadError, "read"),
)


def load_settings_rules(settings: Settings) -> Rulebook:
    """Return the packaged rules with those of the settings added; raises RuleError."""
    if not settings.rules:
        return default_rules()
    with tempfile.TemporaryDirectory() as top:
        folders = []
        for number, files in enumerate(settings.rules):
            folder = Path(top) / str(number)
            folder.mkdir()
            for name, data in files:
                (folder / name).write_bytes(data)
            folders.append(folder)
        return load_rules(folders)


def fault_of(error: BaseException) -> Fault:
    """Return the reason and the problem of an error, without the name of the file.

    >>> fault_of(EmptyFile("a.txt", "nothing in it", "copy it again"))
    Fault(reason='empty', message='nothing in it — copy it again')
    """
    if isinstance(error, ReadError):
        reason = next(name for kind, name in _REASONS if isinstance(error, kind))
        return Fault(reason, error.problem + (f" — {error.hint}" if error.hint else ""))
    if isinstance(error, PlanparseError):
        return Fault("internal", str(error))
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return Fault("internal", f"{type(error).__name__}: {error}{where}")


def extract_entry(
    entry: Entry, places: Places, settings: Settings, rules: Rulebook
) -> tuple[Plan, str] | Fault:
    """Return the plan of one document and its format, or its fault; only MemoryError passes."""
    from planparse.pipeline import extract
    from planparse.read.reading import read_bytes
    from planparse.read.text import content_id

    try:
        data = entry.data
        if data is None:
            data = places.read(entry.place) if entry.place else b""
            if content_id(data) != entry.id:
                return Fault("changed", "the file was changed while the batch ran; run again with --resume")
        source = read_bytes(data, entry.name)
        return extract(source, reference_year=settings.year, rules=rules), source.meta.get("format", "")
    except OSError as fault:
        return Fault("open", f"cannot be opened: {fault.strerror or fault}")
    except MemoryError:
        raise
    except ReadError as fault:
        if isinstance(fault.__cause__, MemoryError):
            raise MemoryError from fault
        return fault_of(fault)
    except Exception as fault:  # the edge of the batch: recorded, and the others go on
        return fault_of(fault)


def doc_of(identity: str, plan: Plan, format: str) -> Doc:
    """Return what is kept of a plan beside its records."""
    head = plan.document
    period = head.period
    return Doc(
        id=identity,
        title=head.title,
        issuer=head.issuer,
        number=head.number,
        date=head.date,
        start=period.start if period else None,
        end=period.end if period else None,
        kind=head.kind,
        script=head.script,
        format=format,
        characters=len(plan.text),
        sections=len(plan.sections),
        tasks=len(plan.tasks),
        targets=len(plan.targets),
        repairs=len(plan.repairs),
        warnings=plan.warnings,
        signature=signature(plan.text),
    )


def run_unit(
    unit: Unit, settings: Settings, rules: Rulebook, *, at: Callable[[int], None], stop: Callable[[], bool]
) -> Result:
    """Do the documents of a unit in order; ``at`` is told which one begins, -1 when the tables are written.

    Where ``stop`` says so after a document, the rest is left: the result holds the documents that are done.
    """
    places = Places()
    docs: list[Doc] = []
    tasks: list[TaskRow] = []
    targets: list[TargetRow] = []
    for number, entry in enumerate(unit.entries):
        at(number)
        done = extract_entry(entry, places, settings, rules)
        if isinstance(done, Fault):
            docs.append(Doc(entry.id, done))
        else:
            plan, format = done
            docs.append(doc_of(entry.id, plan, format))
            tasks += [(entry.id, task) for task in plan.tasks]
            targets += [(entry.id, target) for target in plan.targets]
        if stop():
            break
    places.close()
    at(-1)
    return Result(tuple(docs), record_tables(settings.format, tasks, targets))
