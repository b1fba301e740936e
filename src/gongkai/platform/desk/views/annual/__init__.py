"""The pages of the annual report on the desk."""
