"""Work in the background: the queue on our own PostgreSQL, and what people see of a job (ADR 0018)."""
