"""Forms of the room: strings into typed values, nothing else."""
