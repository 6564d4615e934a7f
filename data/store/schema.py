"""Which make-up of the store this program knows; migrations bring an older one up to it."""

SCHEMA = "0016"
