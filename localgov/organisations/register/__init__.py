"""Reading the register file: bytes → rows → records with their doubts. Pure Python, no database."""
