"""Engines answer a plan; each gives the same documents in the same order."""
