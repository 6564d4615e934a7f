"""Sphinx reads this; `scripts/docs` makes the site."""

project = "Qiantai 前台"
author = "The Qiantai project"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 2
html_theme = "furo"
html_title = "Qiantai 前台"
language = "en"
# The pages that are made may say one thing twice, as the commands do.
suppress_warnings = ["myst.header", "myst.xref_missing", "myst.xref_ambiguous"]
