"""The rules of a placement, one module each."""
