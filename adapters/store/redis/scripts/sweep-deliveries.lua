-- Lets go of what was settled before a time. ARGV: the time, how many at most, destinations. Returns how many.
local left = tonumber(ARGV[2])
local swept = 0
for i = 3, #ARGV do
  local destination = ARGV[i]
  for _, state in ipairs({ 'sent', 'dead' }) do
    local set = k .. ':' .. state .. ':' .. destination
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', set, '-inf', '(' .. ARGV[1], 'LIMIT', 0, left - swept)) do
      local key = string.sub(member, 10)
      local record = read(key)
      if record and redis.call('HGET', k .. ':posted:' .. destination, record[REMOTE]) == key then
        redis.call('HDEL', k .. ':posted:' .. destination, record[REMOTE])
      end
      redis.call('DEL', k .. ':x:' .. key)
      redis.call('ZREM', set, member)
      if state == 'dead' then count('dead', -1) end
      swept = swept + 1
    end
  end
  local kept = 0
  for _, set in ipairs({ 'q', 'sent', 'dead', 'bound' }) do
    kept = kept + redis.call('EXISTS', k .. ':' .. set .. ':' .. destination)
  end
  if kept == 0 then redis.call('SREM', k .. ':places', destination) end
end
write_counts()
return swept
