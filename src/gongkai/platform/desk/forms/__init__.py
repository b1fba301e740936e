"""The desk's forms: what is typed, checked for its shape. What may be done is decided by the actions."""
