"""Outputs: one file a format, one line each in :data:`FORMATS`.

A writer is ``write(plans, out, **options) -> tuple[Path, ...]``: ``out`` is a path, or a text stream for the
formats that are text; it returns the files written (none for a stream). Other packages add formats by an
entry point of the group ``planparse.exporters`` whose object is a :class:`Format`.

>>> format_named("jsonl").suffixes
('.jsonl', '.ndjson')
>>> format_of_path("计划.xlsx").name
'xlsx'
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, cast

from planparse.errors import ExportError, UnknownOutput
from planparse.model import Plan

Writer = Callable[..., tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """One output format.

    ``writer`` is ``"module:function"``, imported on first use. ``carries`` says in one Chinese line what the
    format can and cannot hold; ``proof`` names the program that read it in the tests, or says that only the
    format was checked. A ``binary`` format needs a path.
    """

    name: str
    suffixes: tuple[str, ...]
    carries: str
    writer: str
    proof: str = "格式检查"
    binary: bool = False

    def load(self) -> Writer:
        """Return the writer function."""
        module, _, function = self.writer.partition(":")
        return cast(Writer, getattr(importlib.import_module(module), function))


def _own(name: str, suffixes: str, carries: str, proof: str = "格式检查", *, binary: bool = False) -> Format:
    return Format(name, tuple(suffixes.split()), carries, f"planparse.export.to_{name}:write", proof, binary)


#: every packaged format, in the order in which ``planparse formats`` lists them
FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        _own("json", ".json", "记录原样（契约对象），一份文件一个对象，多份为数组；不含原文", "往返测试"),
        _own("jsonl", ".jsonl .ndjson", "记录原样，一行一份文件；结构见 jsonschema", "往返测试"),
        _own("table", ".txt", "终端表格：任务、科室、指标、时限；不含原文位置"),
        _own(
            "csv",
            ".csv",
            "任务、指标各一个文件，带 BOM；多个科室以、相连；公式样、会被改成数字或日期的文字前加 '",
            "LibreOffice 打开",
        ),
        _own(
            "xlsx",
            ".xlsx",
            "台账工作簿：作战图、台账、科室清单、按月督查、指标、待核实；可打印，可回读",
            "LibreOffice 打开、打印、编辑后回读",
            binary=True,
        ),
        _own("markdown", ".md", "任务表与指标表；不含原文位置，不可回读"),
        _own(
            "ics",
            ".ics",
            "任务为 VTODO、截止日为全天 VEVENT；科室在类别与描述中，无负责人字段；未写明时限者无日期",
            "Radicale + caldav 导入",
        ),
        _own(
            "taskwarrior",
            "",
            "任务、截止、科室（自定义属性）；与已有任务合并，进展和批注保留；无上下级",
            "Taskwarrior 导入",
        ),
        _own(
            "mspdi",
            ".xml",
            "Project XML：章节为摘要任务、科室为资源（多个均可，角色另列文本字段）；未写明日期者不排期",
            "MPXJ 读取",
        ),
        _own(
            "redmine",
            "",
            "Redmine 问题 CSV：章节为父任务；指派给只有一位，多个牵头写在牵头科室；重复导入会重复",
            "Redmine 5 导入",
        ),
        _own("jira", "", "Jira CSV：章节为 Epic，科室为标签与列；日期格式 yyyy-MM-dd；重复导入会重复"),
        _own("gitlab", "", "GitLab 议题 CSV：标题、描述、截止日；科室与指标写在描述中；无上下级"),
        _own(
            "todotxt", "", "一行一项：+章节 @牵头科室 due:；责任、配合、指标为键值；无正文", "pytodotxt 读取"
        ),
        _own("org", ".org", "Org 大纲：章节为标题，科室为属性，时限为 DEADLINE", "orgparse 读取"),
        _own(
            "parquet",
            ".parquet",
            "任务、指标各一个文件，列有类型，科室为结构列表",
            "pyarrow 往返",
            binary=True,
        ),
        Format(
            "label-studio",
            (),
            "Label Studio 任务与预标注：科室、时限、指标及其所属任务；另写标注配置 .labels.xml",
            "planparse.export.to_label_studio:write",
            "Label Studio 导入、改正、导出",
        ),
        _own("doccano", "", "doccano JSONL：标注与关系；项目类型须为关系抽取"),
        _own("brat", ".brat", "brat 文件夹：.txt 与 .ann；跨行的标注分段", binary=True),
        _own("conll", ".conll", "逐字 BIO 标签，四列；无关系，一处标注属多项任务者只归一项"),
        _own("jsonschema", "", "json、jsonl 记录的 JSON Schema；与文件内容无关"),
    )
}


def all_formats() -> dict[str, Format]:
    """Return the packaged formats and those of other installed packages, by name."""
    from importlib.metadata import entry_points

    found = dict(FORMATS)
    for point in entry_points(group="planparse.exporters"):
        one = point.load()
        if not isinstance(one, Format):
            raise ExportError(
                f"entry point {point.name!r} ({point.value}) is {type(one).__name__}; it must be a planparse.export.Format"
            )
        found.setdefault(one.name, one)
    return found


def format_named(name: str) -> Format:
    """Return the format of that name; raises ExportError that lists the possible names."""
    if name in FORMATS:
        return FORMATS[name]
    formats = all_formats()
    if name not in formats:
        raise UnknownOutput(
            f"没有「{name}」这种格式，各格式见 planparse formats；飞书、钉钉、OA 等请用 planparse export --template 填它们的模板。given format {name!r}; possible: {', '.join(formats)}"
        )
    return formats[name]


def format_of_path(path: str | Path) -> Format:
    """Return the format that a file's suffix names; raises ExportError that lists the suffixes."""
    suffix = Path(path).suffix.lower()
    for one in all_formats().values():
        if suffix in one.suffixes:
            return one
    known = " ".join(s for one in all_formats().values() for s in one.suffixes)
    raise UnknownOutput(
        f"{path}: 看后缀不知道要什么格式，请用 --to 指明。no format has the suffix {suffix!r}; possible: {known}, or name the format"
    )


def write(
    plans: Sequence[Plan], out: Path | str | TextIO, name: str | None = None, **options: Any
) -> tuple[Path, ...]:
    """Write ``plans`` to a path or stream in the format ``name`` (by default that of the suffix).

    Returns the files written. Raises ExportError on an unknown format or option, or a binary format to a stream.
    """
    target = Path(out) if isinstance(out, str) else out
    if name is None and not isinstance(target, Path):
        raise ExportError("请用 --to 指明格式。a stream has no suffix: name the format")
    chosen = format_named(name) if name else format_of_path(cast(Path, target))
    if chosen.binary and not isinstance(target, Path):
        raise ExportError(
            f"{chosen.name} 不能输出到屏幕，请写文件名。{chosen.name} is not text: give a file, as in -o 台账{chosen.suffixes[0]}"
        )
    writer = chosen.load()
    known = [p.name for p in inspect.signature(writer).parameters.values() if p.kind is p.KEYWORD_ONLY]
    wrong = sorted(set(options) - set(known))
    if wrong:
        raise ExportError(
            f"{chosen.name}: 没有这样的选项。given option {', '.join(wrong)}; possible: {', '.join(known) or 'none'}"
        )
    return writer(plans, target, **options)
