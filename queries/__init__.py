"""Everything you may ask."""
