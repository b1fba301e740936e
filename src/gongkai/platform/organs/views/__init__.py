"""The pages of accounts, organs and people."""
