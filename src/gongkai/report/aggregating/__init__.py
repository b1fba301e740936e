"""Adding up: the parts of an aggregate, whether they may be added, their scope, their cells."""
