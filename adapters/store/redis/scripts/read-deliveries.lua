-- ARGV: keys. Key and value of each, or nothing.
local found = {}
for i, key in ipairs(ARGV) do found[i] = shown(key) end
return found
