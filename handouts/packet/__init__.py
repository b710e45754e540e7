"""PDFs into one PDF: foreign files are opened apart and rebuilt before anything else reads them."""
