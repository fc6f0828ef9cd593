"""Retrieval: a question's vector and words → the chunks that fit best."""
