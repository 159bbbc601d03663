-- How many feeds, and when the oldest due one fell due. ARGV: now.
local now = tonumber(ARGV[1])
local oldest = false
local offset = 0
while not oldest do
  local hosts = redis.call('ZRANGEBYSCORE', k .. ':hosts', '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', offset, 64)
  if #hosts == 0 then break end
  for i = 1, #hosts, 2 do
    local held_until = redis.call('HGET', k .. ':held', hosts[i])
    if not oldest and (not held_until or tonumber(held_until) <= now) then oldest = hosts[i + 1] end
  end
  offset = offset + 64
end
return { redis.call('ZCARD', k .. ':ids'), oldest }
