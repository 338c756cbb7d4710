"""Documents of the strategy: for councils and everyone (bestuur) and for current providers (brief)."""
