"""Measurements of the whole pipeline; nothing here is needed at run time."""
