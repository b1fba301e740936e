"""Backup and restore: one folder or one .tar with the data, every file, and a manifest that proves both."""
