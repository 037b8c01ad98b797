"""Danmu, their rules, questions, and moderation."""
