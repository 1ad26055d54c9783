"""What leaves the chat: files and links, made of plain values."""
