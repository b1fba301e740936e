"""Demo data: four real organs (names and figures), invented people, our own prose; all through the actions."""
