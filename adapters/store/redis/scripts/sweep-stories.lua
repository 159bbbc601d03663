-- Lets go of stories first seen before a time. ARGV: the time, how many at most. Returns how many.
local ids = redis.call('ZRANGEBYSCORE', k .. ':t', '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do
  redis.call('HDEL', k .. ':s', id)
  redis.call('ZREM', k .. ':o', id)
  redis.call('ZREM', k .. ':t', id)
end
return #ids
