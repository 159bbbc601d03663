-- Stories with decisions from before a time. ARGV: the time, how many at most.
-- Of each such decision: story, subscription, group, and whether it is its story's last (1 or 0).
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', k .. ':o', '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])) do
  local all = redis.call('HGETALL', k .. ':s:' .. id)
  local old = {}
  for i = 1, #all, 2 do
    local record = cmsgpack.unpack(all[i + 1])
    if tonumber(record[AT]) < tonumber(ARGV[1]) then old[#old + 1] = { id, all[i], record[GROUP] } end
  end
  for i, one in ipairs(old) do
    one[4] = i == #old and #old * 2 == #all and 1 or 0
    found[#found + 1] = one
  end
end
return found
