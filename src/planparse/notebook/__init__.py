"""What notebooks show: HTML of plans, tasks and targets, and charts with Chinese text."""

from __future__ import annotations

from planparse.notebook.html import plan_html, target_html, task_html

__all__ = ["plan_html", "target_html", "task_html"]
