"""Training of the cross-encoder: the bundled embedder's weights and questions with known answers → `weights/`."""
