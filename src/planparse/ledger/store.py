"""The ledger's file: one SQLite database, written in whole transactions only.

A killed process leaves the state before its transaction: SQLite's rollback journal sees to that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planparse.errors import LedgerError

_APPLICATION = 0x504C5052  # "PLPR"
_VERSION = 1
_WAIT_SECONDS = 10.0

_SCHEMA = """
CREATE TABLE series (id INTEGER PRIMARY KEY, title TEXT NOT NULL, issuer TEXT, year TEXT);
CREATE TABLE plans (
  id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series(id), document TEXT NOT NULL,
  title TEXT NOT NULL, source TEXT NOT NULL, day TEXT NOT NULL, record TEXT NOT NULL
);
CREATE TABLE items (
  id TEXT PRIMARY KEY, series INTEGER NOT NULL REFERENCES series(id), place INTEGER NOT NULL,
  active INTEGER NOT NULL, parent TEXT, due TEXT, task TEXT NOT NULL, targets TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT '未启动', progress TEXT NOT NULL DEFAULT '', inspection TEXT NOT NULL DEFAULT '',
  obstacle TEXT NOT NULL DEFAULT '', remedy TEXT NOT NULL DEFAULT '', closed_on TEXT NOT NULL DEFAULT '',
  closing TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', months TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX items_place ON items(series, place);
CREATE INDEX items_due ON items(due) WHERE active = 1;
CREATE TABLE whole (series INTEGER NOT NULL REFERENCES series(id), place INTEGER NOT NULL, target TEXT NOT NULL);
CREATE TABLE events (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, item TEXT, kind TEXT NOT NULL, field TEXT NOT NULL DEFAULT '',
  before TEXT NOT NULL DEFAULT '', after TEXT NOT NULL DEFAULT '', who TEXT NOT NULL DEFAULT '', origin TEXT NOT NULL DEFAULT ''
);
CREATE INDEX events_item ON events(item);
"""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Return a connection to the ledger at ``path``, made new where ``create`` allows.

    Raises LedgerError where there is none, or where the file is something else or of a newer planparse.
    """
    if not path.exists() and not create:
        raise LedgerError(
            f"{path}: 还没有台账，先用 planparse ledger add 方案.docx --ledger {path} 收入一份方案。no ledger there"
        )
    if not path.parent.is_dir():
        raise LedgerError(
            f"{path}: 文件夹 {path.parent} 不存在，请先建立。the folder does not exist; make it first"
        )
    try:
        base = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    except sqlite3.OperationalError as fault:
        raise LedgerError(
            f"{path}: 台账打不开也建不了，请检查权限，或用 --ledger 另指一个文件。cannot be opened or made ({fault}); check the rights, or name another file with --ledger"
        ) from fault
    base.row_factory = sqlite3.Row
    try:
        base.execute("PRAGMA foreign_keys = ON")
        _prepare(base, path)
    except sqlite3.OperationalError as fault:
        base.close()
        raise LedgerError(
            f"{path}: 台账打不开也建不了，请检查权限，或用 --ledger 另指一个文件。cannot be opened or made ({fault}); check the rights, or name another file with --ledger"
        ) from fault
    except sqlite3.DatabaseError as fault:
        base.close()
        raise LedgerError(
            f"{path}: 不是 planparse 的台账文件。not a ledger of planparse ({fault}); name another file with --ledger"
        ) from fault
    except LedgerError:
        base.close()
        raise
    return base


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    version = base.execute("PRAGMA user_version").fetchone()[0]
    application = base.execute("PRAGMA application_id").fetchone()[0]
    if application == _APPLICATION and version == _VERSION:
        return
    if application == _APPLICATION and version > _VERSION:
        raise LedgerError(
            f"{path}: 台账由更新的版本写成，请升级 planparse。ledger of version {version}, this planparse knows {_VERSION}; update planparse"
        )
    if application or version or base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise LedgerError(
            f"{path}: 是别的程序的数据库，请用 --ledger 另指一个文件。a database of another program; name another file with --ledger"
        )
    with writing(base):
        if base.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION:
            return  # another process was first
        for statement in _SCHEMA.split(";"):
            if statement.strip():
                base.execute(statement)
        base.execute(f"PRAGMA application_id = {_APPLICATION}")
        base.execute(f"PRAGMA user_version = {_VERSION}")


def _undo(base: sqlite3.Connection) -> None:
    if base.in_transaction:  # SQLite itself rolls back after a full disk
        base.execute("ROLLBACK")


@contextmanager
def writing(base: sqlite3.Connection) -> Iterator[None]:
    """Run one transaction: all of it, or nothing after an error. Raises LedgerError where another process writes too long."""
    try:
        base.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as fault:
        if "readonly" in str(fault):
            raise LedgerError(
                f"台账写不进去，请检查权限。the ledger cannot be written ({fault}); check the rights"
            ) from fault
        raise LedgerError(
            f"别的程序正在写台账，请稍后再试。the ledger is being written by another program ({fault}); try again later"
        ) from fault
    try:
        yield
    except sqlite3.OperationalError as fault:
        _undo(base)
        raise LedgerError(
            f"台账写不进去，内容未变。the ledger cannot be written ({fault}); nothing was changed"
        ) from fault
    except BaseException:
        _undo(base)
        raise
    base.execute("COMMIT")
