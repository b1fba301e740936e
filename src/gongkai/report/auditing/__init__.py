"""The audit, topic by topic: each module looks at a case and yields findings."""
