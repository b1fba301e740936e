"""Settings: `environment` declares what can be set from outside, `project` is Django's settings module."""
