"""Word files: a .docx beside each PDF, converted from the very HTML and stylesheets that the PDF is laid out from."""
