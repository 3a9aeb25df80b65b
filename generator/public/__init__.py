"""公开类型 (public types): all that rendering code may know of a case.

Nothing here imports :mod:`generator.cases`. Every value was named in
:mod:`generator.disclosure` before it came here.
"""
