"""Same or different: partners and LEAs, decided over all rows at once."""
