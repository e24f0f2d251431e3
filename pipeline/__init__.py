"""SSU saksutkast: a folder of written answers becomes a draft case document."""

__version__ = "0.1.0"
