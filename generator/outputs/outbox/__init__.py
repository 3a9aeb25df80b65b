"""待发文稿 (outbox): texts about what was published, for the office to send itself."""
