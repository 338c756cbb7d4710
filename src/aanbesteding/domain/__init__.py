"""What a tender file is made of: nouns, facts, values, calendar arithmetic; no act, no rule, no status change."""
