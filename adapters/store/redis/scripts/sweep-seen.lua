-- Forgets what was last seen before a day. ARGV: the path to begin at, how many leaves, the day. Returns the path to go on
-- at ('' at the end) and how many were forgotten.
local path, leaves, before = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local guess = likely_depth()
local swept = 0

local function day_of(entry)
  local at = #entry >= 11 and 9 or 1
  local low, high = string.byte(entry, at, at + 1)
  return low + high % 64 * 256
end

while leaves > 0 and path < 2 ^ PATH_BITS do
  local node, depth = leaf_of(path, guess)
  local leaf = leaf_key(node)
  local entries = redis.call('HGETALL', leaf)
  for i = 1, #entries, 2 do
    if day_of(entries[i + 1]) < before then swept = swept + redis.call('HDEL', leaf, entries[i]) end
  end
  path = (node - 2 ^ depth + 1) * 2 ^ (PATH_BITS - depth)
  leaves = leaves - 1
end
if swept > 0 then redis.call('DECRBY', k .. ':count', swept) end
return { path < 2 ^ PATH_BITS and string.format('%d', path) or '', swept }
