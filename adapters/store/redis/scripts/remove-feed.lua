-- ARGV: id. 1 when there was one.
local id = ARGV[1]
local host = redis.call('HGET', k .. ':f:' .. id, 'host')
if not host then return 0 end
redis.call('DEL', k .. ':f:' .. id)
redis.call('ZREM', k .. ':ids', id)
redis.call('ZREM', k .. ':due:' .. host, id)
redis.call('ZREM', k .. ':leased:' .. host, id)
refresh(host)
return 1
