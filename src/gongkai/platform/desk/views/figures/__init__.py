"""Pages of the ledger of figures on the desk."""
