"""Runs a whole purchase as a story with invented parties: for a demo, and for the end-to-end tests.

Must stay true: the same story gives the same facts and the same documents, byte for byte, at every run.
"""
