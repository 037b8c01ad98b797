"""The picture that the studio's window shows, through shared memory."""
