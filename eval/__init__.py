"""The evaluation suite: question sets and public data sets → figures with intervals, a report, and an exit code."""
