"""The corpus: frames, and the usual questions. Inside, columns are ASCII; what is handed out is in ``lang``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from planparse.corpus.columns import ANSWERS, TABLES, Table
from planparse.errors import PlanparseError
from planparse.model import Plan
from planparse.rulebook import Rulebook

if TYPE_CHECKING:
    import pandas

ROLES = ("lead", "responsible", "support")


class Corpus:
    r"""Plans and their tidy frames; made by :func:`planparse.read_corpus`.

    Every frame that a corpus hands out is a copy, with Chinese columns or, with ``lang="en"``, ASCII ones.
    Dates are datetimes, numbers nullable, roles and codes categories.

    >>> from planparse import extract, read_corpus
    >>> text = "甲医院2024年计划\n1.控费。药占比控制在{}%以内。（牵头科室：{}；完成时限：2024年6月底前）\n2.优化服务。（责任科室：门诊部）"
    >>> corpus = read_corpus([extract(text.format(28, "药剂科")), extract(text.format(26, "药学部"))], lang="en")
    >>> corpus.workload().loc["药学部"].tolist()  # lead, responsible, support, total
    [2, 0, 0, 2]
    >>> corpus.levels()[["count", "lowest", "highest"]].iloc[0].tolist()
    [2.0, 26.0, 28.0]
    >>> corpus.deadlines()["count"].tolist(), corpus.gaps()["missing"].tolist()
    ([2], ['lead、date', 'lead、date'])
    >>> corpus.compare("药占比")[2024].tolist(), round(float(corpus.similarity().iloc[0, 1]), 1)
    ([26.0], 0.8)
    """

    def __init__(
        self,
        *,
        plans: tuple[Plan, ...],
        lang: Literal["zh", "en"],
        rules: Rulebook,
        **tables: pandas.DataFrame,
    ) -> None:
        if lang not in ("zh", "en"):
            raise PlanparseError(f"given lang {lang!r}; possible: zh, en")
        self.plans = plans
        self.lang = lang
        self._rules = rules
        self._tables = tables

    def __repr__(self) -> str:
        failed = len(self._tables["failures"])
        return f"Corpus({len(self.plans)} documents, {len(self._tables['tasks'])} tasks, {len(self._tables['targets'])} targets, {failed} failed)"

    def _given(self, table: Table) -> pandas.DataFrame:
        names = {key: zh for key, zh, _ in TABLES[table]} if self.lang == "zh" else {}
        return self._tables[table].rename(columns=names)

    def _whose(self, table: Table) -> pandas.DataFrame:
        """Return a table in which a document without issuer stands under the name of its file, or its title."""
        frame = self._tables[table]
        names = {
            one.id: one.source if one.source != "-" else one.title or one.id
            for one in (plan.document for plan in self.plans)
        }
        return frame.assign(
            issuer=frame["issuer"].astype("string").fillna(frame["document"].map(names).astype("string"))
        )

    def _named(self, frame: pandas.DataFrame, table: Table) -> pandas.DataFrame:
        """Return an answer about a table, its columns and index names in the language of the corpus."""
        if self.lang == "en":
            return frame
        words = (
            {**ANSWERS, **{key: zh for key, zh, _ in TABLES[table]}}
            if table == "tasks"
            else {**{key: zh for key, zh, _ in TABLES[table]}, **ANSWERS}
        )
        frame = frame.rename(
            columns={name: words[name] for name in frame.columns if isinstance(name, str) and name in words}
        )
        return frame.rename_axis(
            index=[words.get(str(name), name) for name in frame.index.names],
            columns=[words.get(str(n), n) for n in frame.columns.names],
        )

    @property
    def documents(self) -> pandas.DataFrame:
        """One row a document."""
        return self._given("documents")

    @property
    def tasks(self) -> pandas.DataFrame:
        """One row a task; several departments joined by 、."""
        return self._given("tasks")

    @property
    def targets(self) -> pandas.DataFrame:
        """One row a target; ``standard`` is the catalogue's name of its indicator."""
        return self._given("targets")

    @property
    def departments(self) -> pandas.DataFrame:
        """One row a department in a role of a task; ``standard`` is the catalogue's name of it."""
        return self._given("departments")

    @property
    def failures(self) -> pandas.DataFrame:
        """One row a file that could not be read."""
        return self._given("failures")

    # -- the usual questions ---------------------------------------------------------------------------------

    def workload(self, *, by: Literal["issuer", "year"] | None = None) -> pandas.DataFrame:
        """Return how many tasks each department leads, is responsible for and supports; the busiest first.

        Names of one department of the catalogue count together (医务科, 医务处); collectives (各科室) are left out.
        ``by`` tells hospitals or years apart; a document that names no hospital stands under the name of its file.
        """
        frame = self._whose("departments")
        frame = frame[~frame["group"].fillna(False)]
        frame = frame.assign(department=frame["standard"].astype("string").fillna(frame["name"]))
        keys = ([by] if by else []) + ["department"]
        table = (
            frame.drop_duplicates(["document", "task", "role", "department"])
            .groupby([*keys, "role"], observed=True, dropna=False)
            .size()
            .unstack("role")
        )
        table = table.reindex(columns=list(ROLES)).fillna(0).astype("Int64")
        table.columns.name = None
        table["total"] = table.sum(axis=1)
        return self._named(
            table.sort_values(["total", "lead"], ascending=False, kind="stable"), "departments"
        )

    def levels(self) -> pandas.DataFrame:
        """Return which indicators are set at which level: times, hospitals, lowest, median and highest value.

        Indicators of the catalogue only, by unit and relation, since 提高5% and 达到5% are not the same thing.
        """
        frame = self._whose("targets").dropna(subset=["code", "value"])
        groups = frame.groupby(["standard", "unit", "relation"], observed=True)
        table = groups.agg(
            count=("value", "size"),
            hospitals=("issuer", "nunique"),
            lowest=("value", "min"),
            median=("value", "median"),
            highest=("value", "max"),
        )
        return self._named(table.sort_values("count", ascending=False, kind="stable"), "targets")

    def deadlines(self, *, by: Literal["issuer", "year"] | None = None) -> pandas.DataFrame:
        """Return how many tasks are due in each month; months between without any are 0."""
        import pandas as pd

        frame = self._whose("tasks").dropna(subset=["end"])
        frame = frame.assign(month=frame["end"].dt.to_period("M"))
        table = (
            frame.groupby(["month", by], observed=True).size().unstack(by)
            if by
            else frame.groupby("month").size().to_frame("count")
        )
        if len(table):
            table = table.reindex(
                pd.period_range(table.index.min(), table.index.max(), freq="M", name="month")
            )
        return self._named(table.fillna(0).astype("Int64"), "documents")

    def gaps(self) -> pandas.DataFrame:
        """Return the tasks that lack a department, a lead, or a date; ``missing`` says which (department, lead, date)."""
        tasks = self._tables["tasks"]
        nobody = tasks[["lead", "responsible", "support", "leaders"]].isna().all(axis=1)
        checks = {
            "department": nobody,
            "lead": tasks["lead"].isna() & ~nobody,
            "date": tasks["end"].isna() & tasks["recurrence"].isna(),
        }
        words = (
            {"department": "科室", "lead": "牵头", "date": "时限"}
            if self.lang == "zh"
            else {key: key for key in checks}
        )
        missing = [
            "、".join(words[name] for name, lacks in checks.items() if lacks.iloc[row])
            for row in range(len(tasks))
        ]
        frame = tasks.assign(missing=missing)
        return self._named(
            frame.loc[
                frame["missing"] != "", ["document", "issuer", "task", "title", "text", "missing"]
            ].reset_index(drop=True),
            "tasks",
        )

    def compare(self, indicator: str) -> pandas.DataFrame:
        """Return what hospitals set for one indicator, by year: a code (drug_revenue_ratio), a name, or an alias.

        Rows are hospitals (the file, where none is named), units and relations, columns years; of several values of
        one year the last printed. The year is that of the target's own deadline, else of the plan. Raises PlanparseError where no target has that indicator.
        """
        from planparse.catalogue import build_catalogue

        targets = self._whose("targets")
        entry = self._rules.compiled(build_catalogue).indicator(indicator)
        code = entry.id if entry else indicator
        frame = targets[
            (targets["code"].astype("string") == code) | (targets["indicator"] == indicator)
        ].dropna(subset=["value"])
        if frame.empty:
            common = targets["standard"].value_counts().head(8).index.tolist()
            raise PlanparseError(
                f"given indicator {indicator!r}, which no target of the corpus has; the most common: {'、'.join(common) or 'none'}"
            )
        year = frame["end"].dt.year.astype("Int64").fillna(frame["year"])
        frame = frame.assign(year=year)
        table = (
            frame.groupby(["issuer", "unit", "relation", "year"], observed=True, dropna=False)["value"]
            .last()
            .unstack("year")
        )
        return self._named(table, "targets")

    def similarity(self, *, least: float = 0.0) -> pandas.DataFrame:
        """Return how alike the task texts of the documents are, 0 to 1: a square frame by document source.

        Cosine of tf-idf over 2- and 3-character pieces (scikit-learn); below ``least`` is shown as 0.
        """
        import pandas as pd
        from sklearn.feature_extraction.text import TfidfVectorizer

        names = [plan.document.source for plan in self.plans]
        texts = ["\n".join(task.text for task in plan.tasks) for plan in self.plans]
        if not any(len(text) > 1 for text in texts):
            return pd.DataFrame(0.0, index=names, columns=names)
        matrix = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True).fit_transform(texts)
        values = (matrix @ matrix.T).toarray().clip(0, 1)
        values[values < least] = 0.0
        return pd.DataFrame(values, index=names, columns=names)

    def topics(self, count: int = 8, *, words: int = 8) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """Return (topics with their words and how many tasks, tasks with their topic and its weight).

        Non-negative factors of tf-idf over words of two characters and more (scikit-learn); the same corpus gives the
        same topics. Fewer topics come back than asked for where there are too few tasks.
        """
        import pandas as pd

        from planparse.corpus.topics import factors

        tasks = self._tables["tasks"]
        parts, weights = factors(tasks["text"].tolist(), count, words)
        best: list[Any] = [max(range(len(row)), key=row.__getitem__) if any(row) else None for row in weights]
        shown = pd.DataFrame(
            {
                "topic": range(len(parts)),
                "words": ["、".join(part) for part in parts],
                "count": [best.count(k) for k in range(len(parts))],
            }
        )
        each = tasks[["document", "issuer", "task", "title", "text"]].assign(
            topic=pd.array(best, dtype="Int64"),
            weight=[row[k] if k is not None else 0.0 for row, k in zip(weights, best, strict=True)],
        )
        return self._named(shown.set_index("topic"), "documents"), self._named(each, "tasks")
