-- Queued, dead, and when the oldest due delivery fell due. ARGV: now.
local counts = redis.call('HMGET', k .. ':counts', 'queued', 'dead')
local first = redis.call('ZRANGEBYSCORE', k .. ':heads', '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, 1)
return { counts[1] or 0, counts[2] or 0, first[2] or false }
