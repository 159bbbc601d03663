-- ARGV: keys. The record of each, or nothing.
local found = {}
for i, key in ipairs(ARGV) do found[i] = shown_or_nothing(key) end
return found
