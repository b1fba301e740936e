"""Comparing: two reports cell by cell, and their prose sentence by sentence, then sign by sign."""
