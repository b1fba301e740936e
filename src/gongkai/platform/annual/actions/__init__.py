"""What can be done with annual reports: one function per verb. Modules: entering, compiling, writing, moving."""
