"""Whole cases with gold labels, written by an outside author; see ``build``."""
