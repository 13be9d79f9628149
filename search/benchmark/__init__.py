"""The speed benchmark: the same articles, terms and queries for this engine and for others, side by side."""
