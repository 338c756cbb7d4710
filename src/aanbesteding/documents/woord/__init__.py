"""Word out, Word in: a document that a person edited comes back, and is recognised, checked and compared.

upload.py says whether a file may come in, herkenning.py which document it is, vergelijking.py what was changed and
what now contradicts the dossier, redline_controle.py whether tracked changes tell the truth. The files themselves are
read in alineas.py. Nothing here writes, asks the database or knows a person.
"""
