"""The composition root: the steps put together. Entry points and `eval` use what is exported here.

What is exported stands in `__init__.pyi`. Each name is loaded when it is first asked for: what only reads the catalogue
does not wait for all of answering.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
