"""The command line, its server and its watcher."""
