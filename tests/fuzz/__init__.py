"""Fuzzing: every reader against files that nobody would write."""
