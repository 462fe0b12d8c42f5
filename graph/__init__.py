"""What may be in the graph, and where it is kept."""
