"""Pages for boards, their meetings, and minutes typed while a meeting goes on."""
