-- ARGV: id.
redis.call('DEL', k .. ':d:' .. ARGV[1])
redis.call('SREM', k .. ':ids', ARGV[1])
