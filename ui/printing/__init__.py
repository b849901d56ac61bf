"""Preview and print of whatever consists of pages."""
