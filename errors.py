"""The errors that visitors read."""


class BadInput(ValueError):
    """Raised with a sentence for the visitor: what was wrong and what to do. Nothing was changed."""


class TryAgain(Exception):
    """Raised where the server cannot do it now. Nothing was changed, so trying again is safe."""
