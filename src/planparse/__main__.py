"""``python -m planparse`` is the command line."""

from planparse.cli import run

if __name__ == "__main__":
    run()
