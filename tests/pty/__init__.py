"""The program on real pseudo-terminals: the bytes it sends, what they look like, how it ends."""
