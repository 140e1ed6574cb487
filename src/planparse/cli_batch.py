"""The command ``planparse batch``: options and their checks; the work is in :mod:`planparse.batch`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT…", help="文件、文件夹、通配符、压缩包；- 从标准输入读清单，一行一个"),
]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(batch)


def batch(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="输出文件夹")],
    format: Annotated[str, typer.Option("-f", "--format", help="parquet | jsonl")] = "parquet",
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, help="进程数，缺省为处理器核数")
    ] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="接着做：按内容认文件，已完成的不重做")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="接着做（同 --resume），失败的也再试一次")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=0, help="只做文件名排在最前的 N 份")
    ] = None,
    sample: Annotated[
        str | None, typer.Option("--sample", metavar="N|P%", help="随机抽 N 份或百分之 P")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="抽样的种子")] = 0,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="秒", min=0.001, help="一份文件的时限")
    ] = 60.0,
    memory: Annotated[int, typer.Option("--memory", metavar="MiB", min=64, help="一个进程的内存上限")] = 2048,
    near: Annotated[
        float, typer.Option("--near", metavar="0..1", min=0.0, max=1.0, help="近似重复的相似度下限，0 为不查")
    ] = 0.8,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2200, help="文中未写年份时所用的年份")
    ] = None,
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar="DIR", help="另加自己的规则文件夹，可重复")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="tcp://…", help="交给 Dask 集群")
    ] = None,
) -> None:
    """成批提取：成千上万份文件 → 任务、指标、科室、文件、错误各一张表。Many files into tidy tables."""
    from planparse.batch.model import Format, Limits, Settings
    from planparse.batch.progress import Progress
    from planparse.batch.running import rule_files, run

    if format not in ("parquet", "jsonl"):
        raise typer.BadParameter(f"given {format!r}; possible: parquet, jsonl", param_hint="--format")
    settings = Settings(format=cast(Format, format), year=year, rules=rule_files(rules or []))
    try:
        summary = run(
            list(_listed(inputs)),
            output,
            settings=settings,
            limits=Limits(timeout=timeout, memory=memory),
            workers=workers or None,
            scheduler=scheduler,
            resume=resume,
            retry=retry,
            limit=limit,
            sample=_share(sample),
            seed=seed,
            near=near,
            progress=Progress(sys.stderr),
        )
    except KeyboardInterrupt:
        typer.echo(f"\n已停下；接着做：planparse batch … -o {output} --resume", err=True)
        raise typer.Exit(130) from None
    if not summary.inputs and limit != 0 and sample is None:
        typer.echo(f"{'、'.join(inputs)}: 没有找到可读取的文件 no readable file found", err=True)
        raise typer.Exit(1)
    typer.echo(words(summary, output))
    raise typer.Exit(code(summary.documents, summary.errors))


def code(done: int, failed: int) -> Literal[0, 1, 3]:
    """Return the exit code: 0 all done, 3 some failed, 1 all failed."""
    if not failed:
        return 0
    return 3 if done else 1


def words(summary: object, output: Path) -> str:
    """Return the summary of a batch in a few lines."""
    from planparse.batch.finish import Summary
    from planparse.batch.model import REASONS

    assert isinstance(summary, Summary)
    lines = [
        f"{summary.inputs} 份文件：成功 {summary.documents}，失败 {summary.errors}；内容相同 {summary.same}，近似 {summary.near}",
        f"任务 {summary.tasks} 条，指标 {summary.targets} 条 → {output}",
    ]
    lines += [
        f"  失败：{REASONS.get(reason, reason)} {count} 份" for reason, count in summary.reasons.items()
    ]
    if summary.errors:
        lines.append(f"  逐份原因见 {output / 'errors.csv'}")
    return "\n".join(lines)


def _listed(inputs: list[str]) -> Iterator[str]:
    """Yield the inputs, with the lines of standard input in the place of ``-``."""
    for one in inputs:
        if one == "-":
            data = sys.stdin.buffer.read()
            separator = b"\x00" if b"\x00" in data else b"\n"
            for line in data.split(separator):
                name = line.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n")
                if name.strip():
                    yield _path(name)
        else:
            yield one


def _path(name: bytes) -> str:
    import os

    return os.fsdecode(name) if os.sep == "/" else name.decode("utf-8", "replace")


def _share(sample: str | None) -> int | float | None:
    """Return a sample as a number of files, or as a share below 1."""
    if sample is None:
        return None
    try:
        if sample.endswith("%"):
            return min(1.0, max(0.0, float(sample[:-1]) / 100))
        return max(0, int(sample))
    except ValueError as fault:
        raise typer.BadParameter(
            f"given {sample!r}; possible: a number of files as 500, or a share as 10%", param_hint="--sample"
        ) from fault
