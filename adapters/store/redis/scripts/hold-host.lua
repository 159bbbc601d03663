-- ARGV: host, until (ms). An earlier hold is never shortened.
local before = redis.call('HGET', k .. ':held', ARGV[1])
if not before or tonumber(before) < tonumber(ARGV[2]) then redis.call('HSET', k .. ':held', ARGV[1], ARGV[2]) end
