"""The case desk, timed at 20,000 and at 100,000 requests with a million events: `python -m benchmarks.cases`."""
