-- Lends destinations that are still ready. ARGV: now, lease (ms), how many deliveries, destinations.
-- Of each lent: destination, token, deliveries.
local time, now = clock(), tonumber(ARGV[1])
local lanes = {}
for i = 4, #ARGV do
  local destination = ARGV[i]
  local lane = k .. ':lane:' .. destination
  local found = redis.call('HMGET', lane, 'until', 'open')
  if not found[1] or tonumber(found[1]) <= time then
    local due = {}
    if not found[2] or tonumber(found[2]) <= now then
      due = redis.call('ZRANGEBYSCORE', k .. ':q:' .. destination, '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
    end
    if #due == 0 then
      refresh(destination)
    else
      local token = tostring(redis.call('INCR', k .. ':token'))
      redis.call('HSET', lane, 'token', token, 'until', string.format('%.0f', time + ARGV[2]))
      redis.call('PEXPIRE', lane, LANE_MS)
      local deliveries = {}
      for _, member in ipairs(due) do
        local key = string.sub(member, 19)
        local record = read(key)
        -- Only a Redis that throws out what it has, which was allowed against advice, loses a record.
        if record then
          deliveries[#deliveries + 1] = shown(key, record)
        else
          redis.call('ZREM', k .. ':q:' .. destination, member)
        end
      end
      lanes[#lanes + 1] = { destination, token, deliveries }
    end
  end
end
return lanes
