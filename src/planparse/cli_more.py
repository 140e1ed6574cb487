"""Commands: train, departments, indicators. Mounted by cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME…]", help="名称；- 为标准输入，每行一个；不给则列出全部"),
]
RulesDir = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="DIR", help="另加自己的规则文件夹，可重复")
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(train)
    app.command()(departments)
    app.command()(indicators)


def train(
    corpora: Annotated[
        Path | None, typer.Option("--corpora", metavar="DIR", help="语料文件夹，缺省为源码中的 corpora/")
    ] = None,
    models: Annotated[
        Path | None, typer.Option("--models", metavar="DIR", help="权重写入何处，缺省为源码中的 models/")
    ] = None,
) -> None:
    """由语料重新学习句子分类与置信度的权重。Learn the weights of models/ from corpora/."""
    from planparse.commands.train import run_train

    raise typer.Exit(run_train(corpora, models))


def departments(
    names: Names = None,
    category: Annotated[str | None, typer.Option("--category", help="只列一类：临床、医技、行政……")] = None,
    as_json: Json = False,
    rules: RulesDir = None,
) -> None:
    """查科室的规范名称与编码：正名、别名、近似或未收录。Look departments up in the catalogue."""
    from planparse.commands.lookup import run_lookup

    raise typer.Exit(run_lookup("departments", names or [], category, as_json, rules or []))


def indicators(names: Names = None, as_json: Json = False, rules: RulesDir = None) -> None:
    """查指标的规范名称与编码：正名、别名、近似或未收录。Look indicators up in the catalogue."""
    from planparse.commands.lookup import run_lookup

    raise typer.Exit(run_lookup("indicators", names or [], None, as_json, rules or []))
