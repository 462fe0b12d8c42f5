"""The ways in: command line and REST."""
