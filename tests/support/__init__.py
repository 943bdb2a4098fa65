"""What tests share: the tree they look at, builders, real engines in a folder of their own."""
