"""The platform's commands. Each module is imported when its command is called, and Django only when it runs."""
