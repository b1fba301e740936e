"""The platform's commands, over gongkai.platform.running. Each module is imported when its command is called, Django when it runs."""
