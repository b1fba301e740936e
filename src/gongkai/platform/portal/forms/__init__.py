"""The forms of the portal: asking, following, answering."""
