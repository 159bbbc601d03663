-- Lends destinations that are still ready. ARGV: now, lease (ms), how many deliveries, destinations.
-- Of each lent: destination, token, deliveries.
local time = clock()
local lanes = {}
for i = 4, #ARGV do
  local destination = ARGV[i]
  local ready = redis.call('ZSCORE', ready_of(destination), destination)
  if ready and tonumber(ready) <= tonumber(ARGV[1]) and not on_lease(destination, time) then
    local token = tostring(redis.call('INCR', k .. ':token'))
    local lane = k .. ':lane:' .. destination
    redis.call('HSET', lane, 'token', token, 'until', string.format('%.0f', time + ARGV[2]))
    redis.call('PEXPIRE', lane, LANE_MS)
    local deliveries = {}
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', k .. ':q:' .. destination, '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
      local key = string.sub(member, 19)
      deliveries[#deliveries + 1] = shown(key, read(key))
    end
    lanes[#lanes + 1] = { destination, token, deliveries }
  end
end
return lanes
