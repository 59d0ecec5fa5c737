"""Reading the record: chains, heads, and the pages of the record."""
