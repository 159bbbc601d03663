-- ARGV: destination, id of the message. Its record or nothing.
local key = redis.call('HGET', k .. ':posted:' .. ARGV[1], ARGV[2])
return key and shown_or_nothing(key) or false
