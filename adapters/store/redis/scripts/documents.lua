-- Documents of one kind. d:<id>: the value, gone when it expires; ids: the ids there were.
local k = KEYS[1]
