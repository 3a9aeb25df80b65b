"""公示单 (poster): the A4 sheet to post where the act happened and where the person lives.

``sheet`` says what stands on it, ``press`` prints it, in a process of its own (``typesetter``).
"""
