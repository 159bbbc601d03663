-- ARGV: holder. Frees the lease if it is theirs.
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
