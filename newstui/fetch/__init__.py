"""The only door to the network and to archive files: fetching and importing."""
