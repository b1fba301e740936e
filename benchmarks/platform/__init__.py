"""The platform's pages, timed at 5,000 and at 1,000,000 items: `python -m benchmarks.platform`."""
