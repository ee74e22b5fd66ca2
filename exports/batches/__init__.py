"""Many sites at once: made by a visitor, answered in the background, handed out as files, gone after some days."""
