// Papers: photographs are made smaller on the phone and sent in pieces that survive a dead line.
