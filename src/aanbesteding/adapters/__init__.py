"""The outside world, one file per counterpart: the clock, workbooks, Prefect."""
