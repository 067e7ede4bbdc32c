"""Commands of the command line that draw."""
