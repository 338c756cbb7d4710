"""One package per stage, all with the same four files; stages never import each other."""
