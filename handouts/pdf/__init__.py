"""What all that write a PDF share: the file itself, and what it says of itself."""
