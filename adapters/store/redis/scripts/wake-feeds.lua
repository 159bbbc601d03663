-- Every feed that is not stopped falls due. ARGV: now.
local now = tonumber(ARGV[1])
for _, host in ipairs(redis.call('ZRANGE', k .. ':hosts', 0, -1)) do
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', k .. ':due:' .. host, '(' .. ARGV[1], '+inf')) do
    redis.call('ZADD', k .. ':due:' .. host, now, id)
  end
  refresh(host)
end
