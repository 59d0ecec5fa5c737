"""Reading filings, sheets, answers and their history."""
