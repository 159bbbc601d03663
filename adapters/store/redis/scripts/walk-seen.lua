-- The leaves from a path on. ARGV: the path, how many leaves. Returns the path after them ('' at the end), then of each
-- leaf its path, its depth and its entries.
local path, leaves = tonumber(ARGV[1]), tonumber(ARGV[2])
local guess = likely_depth()
local found = {}
while leaves > 0 and path < 2 ^ PATH_BITS do
  local node, depth = leaf_of(path, guess)
  found[#found + 1] = { tostring(path), depth, redis.call('HGETALL', leaf_key(node)) }
  path = (node - 2 ^ depth + 1) * 2 ^ (PATH_BITS - depth)
  leaves = leaves - 1
end
return { path < 2 ^ PATH_BITS and string.format('%d', path) or '', found }
