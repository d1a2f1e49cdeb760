"""The commands, one module each: it opens the project, calls the pipeline once, tells, returns its exit status."""
