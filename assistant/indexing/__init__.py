"""Indexing: documents, chunks and vectors → the catalogue, and the indexes built from it."""
