"""Chinese full text in PostgreSQL: bigrams, the tsvector written by ourselves, the query. Pure."""
