"""Rules of the entry stage, in the same groups as besluiten.

A rule without input looks at `onderwerpen` and at the dossier, so that it can be shown beforehand.
"""
