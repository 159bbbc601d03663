-- Lends destinations that are still ready. ARGV: now, lease (ms), how many deliveries, destinations.
-- Of each lent: destination, token, keys and values of deliveries one after the other.
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
      local keys, names, deliveries = {}, {}, {}
      for n, member in ipairs(due) do
        keys[n] = string.sub(member, 19)
        names[n] = k .. ':x:' .. keys[n]
      end
      for n, value in ipairs(redis.call('MGET', unpack(names))) do
        -- Only a Redis that throws out what it has, which was allowed against advice, loses a record.
        if value then
          deliveries[#deliveries + 1] = keys[n]
          deliveries[#deliveries + 1] = value
        else
          redis.call('ZREM', k .. ':q:' .. destination, due[n])
        end
      end
      lanes[#lanes + 1] = { destination, token, deliveries }
    end
  end
end
return lanes
