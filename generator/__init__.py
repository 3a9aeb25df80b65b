"""义勇录 (Yiyong): a static public registry for confirmed acts of bravery (见义勇为)."""

__version__ = "0.1.0"
