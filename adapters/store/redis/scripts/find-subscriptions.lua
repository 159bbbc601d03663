-- ARGV: `at` a destination or `of` an owner. By id.
return all(redis.call('ZRANGE', k .. ':' .. ARGV[1] .. ':' .. ARGV[2], 0, -1))
