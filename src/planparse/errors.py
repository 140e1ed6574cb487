"""The exceptions of planparse: one tree, drawn here.

    PlanparseError
    ├── ReadError            the file cannot become text
    │   ├── EmptyFile        nothing in it
    │   ├── UnknownFormat    no reader for these bytes
    │   ├── DamagedFile      truncated, a bomb, wrongly named
    │   │   └── EncryptedFile  needs a password
    │   ├── NoTextLayer      a scan without text
    │   └── MissingProgram   a reader needs a program that is not installed
    ├── RuleError            faults in rule files, all of them at once
    ├── RecordError          data that is not a plan record
    ├── LedgerError          the work ledger refuses an operation
    │   └── UnknownValue     a status, month, date or field that no ledger has
    ├── ExportError          an output cannot be written as asked
    │   └── UnknownOutput    no such format
    └── MissingExtra         an optional library is needed: says which to install

Every message says what was given, what is possible, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class PlanparseError(Exception):
    """Anything that planparse raises on purpose; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class ReadError(PlanparseError):
    """A file cannot become text. ``source`` names the file as the caller gave it.

    The message says in Chinese what kind of fault it is and what to do, then in English what was found.

    >>> str(EncryptedFile("a.xlsx", "it needs a password", "save it without one"))
    'a.xlsx: 文件有密码，请去掉密码后另存。it needs a password — save it without one'
    """

    #: the kind of fault and the advice, in Chinese
    label = "文件无法读取"

    def __init__(self, source: str, problem: str, hint: str = "") -> None:
        self.source = source
        self.problem = problem
        self.hint = hint
        super().__init__(f"{source}: {self.label}。{problem}" + (f" — {hint}" if hint else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.source, self.problem, self.hint))


class EmptyFile(ReadError):
    """Nothing but white space in it."""

    label = "文件里没有文字"


class UnknownFormat(ReadError):
    """No reader takes these bytes."""

    label = "不认识的文件格式，可读的格式见 planparse formats"


class DamagedFile(ReadError):
    """Truncated, encrypted, a decompression bomb, or not what its name says."""

    label = "文件损坏或不完整，请从原文重新导出"


class EncryptedFile(DamagedFile):
    """Protected with a password."""

    label = "文件有密码，请去掉密码后另存"


class NoTextLayer(ReadError):
    """Pictures of text: a scan that needs OCR first."""

    label = "扫描件没有文字层，请先做文字识别（OCR）"


class MissingProgram(ReadError):
    """The reader of this format needs a program that is not installed."""

    label = "缺少读这种格式的程序"


class RuleError(PlanparseError):
    """Faults of rule files; ``faults`` holds them all, one line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} fault(s) in the rules:\n" + "\n".join(self.faults))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.faults,))


class RecordError(PlanparseError):
    """Data that is not a record of the contract; the message holds the path of the fault."""


class LedgerError(PlanparseError):
    """The work ledger (工作台账) refuses an operation."""


class UnknownValue(LedgerError):
    """A status, month, date or field was given that no ledger has."""

    exit_code = 2


class ExportError(PlanparseError):
    """An output cannot be written as asked."""


class UnknownOutput(ExportError):
    """No output format has the name or the suffix that was given."""

    exit_code = 2


class MissingExtra(PlanparseError):
    """An optional library is needed; the message says what to install."""

    def __init__(self, what: str, extra: str) -> None:
        self.what = what
        self.extra = extra
        super().__init__(f"缺少可选的库。{what} needs an optional library: pip install 'planparse[{extra}]'")

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.what, self.extra))
