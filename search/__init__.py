"""Trefzeker: full-text search and tag browsing for Dutch articles."""

__version__ = "0.1.0"
