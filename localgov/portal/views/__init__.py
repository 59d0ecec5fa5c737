"""The public's pages, one module a subject."""
