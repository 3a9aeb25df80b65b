"""``python -m generator``: the ``yiyong`` command."""

from generator.cli.commands import main

main()
