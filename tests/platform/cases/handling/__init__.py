"""The acts between registration and reply, the holidays, the reminders, the rebuild; and the machine that drives them all."""
