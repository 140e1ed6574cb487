"""Rules are data: tables of entries, each with its own examples. See docs/rules.md."""
