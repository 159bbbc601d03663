-- A named lease: KEYS[1] holds who has it and ends by itself. ARGV: holder, how long (ms). Who has it now.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
