"""Forms of the case desk."""
