"""The studio's children, backend and engine: started, watched, restarted."""
