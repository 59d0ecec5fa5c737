"""Pages of certification: one unit's signatures, the province's queue, acts on what is certified, certificates."""
