-- ARGV: destination, token, not before (ms).
local destination = ARGV[1]
if not holds(destination, ARGV[2]) then return end
redis.call('HDEL', k .. ':lane:' .. destination, 'token', 'until')
open_at(destination, tonumber(ARGV[3]))
refresh(destination)
