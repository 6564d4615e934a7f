"""What is read on paper: the document, its setting, printing, sheets, and the forms that systems have."""
