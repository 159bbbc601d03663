-- ARGV: destination, id of the message. Its key and value, or nothing.
local key = redis.call('HGET', k .. ':posted:' .. ARGV[1], ARGV[2])
return key and shown(key) or false
