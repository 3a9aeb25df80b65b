"""公示期 (publicity): the legal clock of a notice and its words."""
