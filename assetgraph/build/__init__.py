"""From records to a graph, and from a graph to what changes in a store."""
