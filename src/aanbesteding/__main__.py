"""Lets `python -m aanbesteding` do what the command `aanbesteding` does."""

from aanbesteding.cli import main

main()
