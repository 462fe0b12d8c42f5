"""Speed as a ratio against a named peer or floor in one run, and long campaigns; never part of the tests."""
