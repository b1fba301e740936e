"""File formats: the only place that knows them. `read()` is the door."""
