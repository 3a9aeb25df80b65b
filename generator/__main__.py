"""``python -m generator``: the ``yiyong`` command."""

from generator.cli.entry import main

main()
