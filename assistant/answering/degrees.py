"""Degrees, weights and log-odds from which something counts, where more than one rule goes by them."""

# Degrees to which a text supports a term, in [0, 1].
FIRM = 0.5
"""From which a term counts as held."""
KNOWN = 0.7
"""From which a text has a word itself, or one that means the same, as against something near."""
HELD = 0.8
"""From which a sentence is on what a term names."""
LITERAL = 0.95
"""From which a term counts as named, and not merely something like it."""

# Weights of terms.
NAMING = 0.2
"""Above which a term tells what a question is about."""
TELLING = 0.4
"""From which it tells by itself; a story is full of common words."""

# The cross-encoder's log-odds that a chunk answers.
UNLIKELY = -1.0
"""Below which none looks as if it told of something by another name."""
EVEN = 0.0
"""From which it is likelier to answer than not."""
LIKELY = 0.5
"""From which the kind of answer may stand anywhere in the sentence, far from the terms."""
SURE = 1.5
"""From which the cross-encoder is sure."""
