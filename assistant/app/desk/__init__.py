"""The staff desk at `/desk`: what people ask, and what was not answered. Closed to all who do not know the password.

`routes.build_router` puts the parts together. Nothing here is needed to answer a question.
"""
