-- The second half of a commit. ARGV: id, token, host, when it falls due, feed, state. 1, or 0 when the lease was lost.
local id, host = ARGV[1], ARGV[3]
local was = held(id, ARGV[2])
if not was then return 0 end
give_back(id, was)
if was ~= host then move(id, was, host) end
redis.call('HSET', k .. ':f:' .. id, 'host', host, 'feed', ARGV[5], 'state', ARGV[6])
schedule(id, host, ARGV[4])
refresh(host)
return 1
