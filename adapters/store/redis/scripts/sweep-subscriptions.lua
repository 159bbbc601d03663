-- Lets go of those removed before a time. ARGV: the time, how many at most. Returns how many.
local ids = redis.call('ZRANGEBYSCORE', k .. ':removed', '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do
  unfile(id)
  redis.call('HDEL', k .. ':s', id)
end
return #ids
