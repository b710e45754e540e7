"""Packet: PDFs into one PDF, and what becomes of a finished one. It sets no type."""
