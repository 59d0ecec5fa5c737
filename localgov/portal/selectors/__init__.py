"""Reading what the public sees: one module a subject."""
