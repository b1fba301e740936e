"""The annual report, timed with a million requests and a million items of three hundred organs: `python -m benchmarks.annual`."""
