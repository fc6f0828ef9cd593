"""Benchmarks: how long things take, and how much memory."""
