-- The first half of a commit: whether the lease stands, which is kept for as long as the second half may take.
-- ARGV: id, token, at least so long (ms). 1 or 0.
local host = held(ARGV[1], ARGV[2])
if not host then return 0 end
redis.call('ZADD', k .. ':leased:' .. host, 'GT', lease_end(clock(), ARGV[3]), ARGV[1])
return 1
