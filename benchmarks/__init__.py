"""What cpomgen promises of its speed, measured against the tools it would be compared with."""
