"""The site, kept at the desk: what can be set, how a change is made, whom it moves, and who works here."""
