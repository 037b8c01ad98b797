"""What a room can do, a folder a feature: each folds the room's log and says who must hear of it."""
