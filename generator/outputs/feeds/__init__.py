"""订阅 (feeds): Atom."""
