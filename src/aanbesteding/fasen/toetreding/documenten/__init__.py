"""Documents of the entry stage: contexts, builders, examples and declarations, in the same groups as
besluiten.

Every sentence that a provider reads stands in sjablonen/toetreding/; kop.py holds what the documents share.
"""
