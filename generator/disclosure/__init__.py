"""公开 (disclosure): the one gate from private records to public types."""
