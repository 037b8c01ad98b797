"""What studio and engine say to each other over the pipe: commands down, events up, tagged MessagePack.

The studio states what it wants (`Configure`, `SetProject`, `Publish`); the engine brings it about and keeps
it so. After a crash the studio says the same again to the new process.
"""
