"""What a wrongly written command line is told in Chinese, below the parser's own English lines."""

from __future__ import annotations

from typing import Any

import typer

#: the parser's class of usage faults; typer carries a click of its own or uses the installed one
UsageFault: type[Exception] = typer.BadParameter.__mro__[1]


def in_chinese(fault: Any) -> str:
    """Return one line for a usage fault, empty where the parser only shows its help."""
    kind = type(fault).__name__
    ctx, param = fault.ctx, getattr(fault, "param", None)
    options = [one for one in param.opts if one.startswith("-")] if param is not None else []
    name = " / ".join(options) or getattr(param, "metavar", None) or getattr(param, "name", None) or ""
    if kind == "NoArgsIsHelpError":
        return ""
    if kind == "MissingParameter":
        told = f"缺少必填的 {name}"
    elif kind == "NoSuchOption":
        near = "、".join(fault.possibilities or ())
        told = f"没有 {fault.option_name} 这个选项" + (f"，是不是 {near}" if near else "")
    elif kind == "BadOptionUsage":
        told = f"选项 {fault.option_name} 写得不完整，后面要有内容"
    elif param is not None:
        told = f"{name} 的值不对"
    elif kind == "NoSuchCommand" or fault.message.startswith("No such command"):
        told = "没有这个命令"
    else:
        told = "命令写得不对，或多写了内容"
    return f"{told}；用法见 {ctx.command_path if ctx else 'planparse'} --help"
