"""Answers: passages with marks, why a document matched, what can be narrowed by."""
