"""The pot.

__version__ = "1.2.3"
"""
# __version__ = "1.2.3"
__lid_version__ = "1.2.3"
__version__: str = "1.2.3"  # version 1.2.3
