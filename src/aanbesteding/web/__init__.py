"""Web pages: they ask the engine and know no rule, status or role themselves."""
