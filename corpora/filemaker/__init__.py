"""Writes the project's own documents in every format that offices use, for tests of the readers."""
