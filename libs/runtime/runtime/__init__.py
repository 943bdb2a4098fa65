"""How a deployable starts, is looked after by hand and is checked."""
