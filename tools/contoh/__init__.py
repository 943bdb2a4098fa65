"""What the golden letters look like: texts for the tests, pictures for people."""
