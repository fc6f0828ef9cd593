"""Metrics: pure functions over plain values. Nothing here knows the assistant, files, or the clock."""
