"""Plausible answers of made-up officers, for demonstrations and tests; never for a real installation."""
