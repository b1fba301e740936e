"""Pages of the case desk: lists, registration, a request and everything done with it."""
