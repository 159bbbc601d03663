-- ARGV: ids. The entry of each, or nothing.
local found = {}
for i, id in ipairs(ARGV) do
  local packed = redis.call('HGET', k .. ':s', id)
  found[i] = packed and shown(packed) or false
end
return found
