"""The form engine: parsing, expressions and checks, in pure Python (no Django, no database, no clock)."""
