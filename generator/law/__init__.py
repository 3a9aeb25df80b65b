"""法 (law): instruments by day, the last day of a notice, and the days that every period counts."""
