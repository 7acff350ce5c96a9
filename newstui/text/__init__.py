"""Pure text rules: sanitising, blocks, dates, widths, line breaking."""
