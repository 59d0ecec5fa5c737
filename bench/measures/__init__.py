"""One module for each group of names; each returns results."""
