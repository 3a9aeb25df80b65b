"""数据出口 (exports): the API, the data files, the sitemap and the change log, all from public types."""
