-- ARGV: the id before the first, how many. Those not removed, by id.
return all(redis.call('ZRANGEBYSCORE', k .. ':live', '(' .. ARGV[1], '+inf', 'LIMIT', 0, ARGV[2]))
