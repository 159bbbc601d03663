-- ARGV: stories. Of each decision: story, subscription, and the record.
local found = {}
for _, id in ipairs(ARGV) do
  local all = redis.call('HGETALL', k .. ':s:' .. id)
  for i = 1, #all, 2 do found[#found + 1] = { id, all[i], cmsgpack.unpack(all[i + 1]) } end
end
return found
