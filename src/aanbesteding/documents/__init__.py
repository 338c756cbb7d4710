"""Word: what a document is made of (declaration), and how it is rendered, inspected and shown as text."""
