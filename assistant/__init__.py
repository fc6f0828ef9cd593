"""A chat assistant over Chinese policy documents: every sentence cites the clause it rests on, word for word."""
