"""The web side: chat page, document pages with anchors, JSON routes. No retrieval logic.

`server.create_app` puts the parts together; `page` is the only module that imports Gradio, and only when it is called.
"""
