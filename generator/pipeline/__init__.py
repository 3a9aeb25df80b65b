"""构建 (build): from checked records to a site in its place."""
