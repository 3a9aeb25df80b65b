"""退出状态 (exit status) of every command: 0 is clean, warnings or not."""

FINDINGS = 1
"""Something was found, or the command failed."""
MISUSE = 2
"""The command was used wrongly."""
