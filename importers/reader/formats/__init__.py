"""One module a format; each turns files into chunks of features. They run in the child process only."""
