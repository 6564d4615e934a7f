"""Contacts: what is taken at the desk, and what becomes of it."""
