"""The database and the files: tables, the one mapping to the dossier, the one writer."""
