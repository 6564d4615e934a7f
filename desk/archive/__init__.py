"""The archive kept at the desk: who lives where, how they are reached, what proves them (ARC-3, 4, 12, 13; ROL-13)."""
