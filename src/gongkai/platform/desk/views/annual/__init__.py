"""Pages of the annual report on the desk."""
