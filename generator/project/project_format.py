"""项目格式 (project format): which shape a project's folder has, so that a newer software can bring it along.

``site.yml`` says it under ``project_format``. A project without it is older than the first format that is counted.
"""

from __future__ import annotations

CURRENT = 1
"""1: theme, default pages and MkDocs settings come with the software; the project keeps its own only."""
