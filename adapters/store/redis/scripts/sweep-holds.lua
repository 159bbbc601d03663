-- Forgets holds that have ended. ARGV: now. Returns how many.
local swept = 0
local held = redis.call('HGETALL', k .. ':held')
for i = 1, #held, 2 do
  if tonumber(held[i + 1]) <= tonumber(ARGV[1]) then swept = swept + redis.call('HDEL', k .. ':held', held[i]) end
end
return swept
