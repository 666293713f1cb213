"""What the structure of the graph says, worked out with networkx over a typed snapshot."""
