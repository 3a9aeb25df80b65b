"""``python -m generator``: the ``yiyong`` command."""

from generator.cli import main

main()
