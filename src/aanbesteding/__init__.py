"""Tender workflow with Word-document assembly for Dutch municipalities that buy youth care and social support."""

__version__ = "0.1.0"
