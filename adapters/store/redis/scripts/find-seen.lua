-- ARGV: keys of eight bytes, one after the other. The entry of each, or nothing.
local found = {}
local guess = likely_depth()
local keys = ARGV[1]
for at = 1, #keys, 8 do
  local key = string.sub(keys, at, at + 7)
  local node, depth = leaf_of(path_of(key), guess)
  found[#found + 1] = redis.call('HGET', leaf_key(node), left_of(key, depth))
end
return found
