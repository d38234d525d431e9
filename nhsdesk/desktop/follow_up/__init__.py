"""Following up what was decided: actions, logs of boards, reminders, decisions and rounds."""
