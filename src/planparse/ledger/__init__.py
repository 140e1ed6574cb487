"""The work ledger (工作台账): one SQLite file; plans compared, items followed up and closed one by one."""
