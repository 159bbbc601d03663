-- Counts one event, and those within the window. KEYS[1]: when -> how many. ARGV: now, window (ms).
local since = tonumber(ARGV[1]) - tonumber(ARGV[2])
redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2], 'NX')
redis.call('PEXPIRE', KEYS[1], ARGV[2], 'GT')
local total = 0
local events = redis.call('HGETALL', KEYS[1])
for i = 1, #events, 2 do
  if tonumber(events[i]) > since then
    total = total + tonumber(events[i + 1])
  else
    redis.call('HDEL', KEYS[1], events[i])
  end
end
return total
