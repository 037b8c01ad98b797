"""The views of assistants, rights, audit log and host token."""
