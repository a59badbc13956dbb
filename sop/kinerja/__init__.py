"""Data kinerja: indicators, targets, what the bidang hand in, and every figure that follows from it (rules part 7)."""
