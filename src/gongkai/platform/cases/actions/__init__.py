"""What can be done with a request: one function per verb. Modules: intake, describing, filing, tasks, letters, serving, consulting,
correcting, charging, ending, dividing, rectifying, remedies, judging, recomputing, reminding."""
