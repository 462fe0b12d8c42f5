"""The commands, one file each; every import that costs time happens inside a command."""
