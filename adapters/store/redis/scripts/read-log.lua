-- ARGV: after which position, how many. The position after the last of them, then the entries.
local limit = tonumber(ARGV[2])
local ids = redis.call('ZRANGEBYSCORE', k .. ':o', '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
local entries = {}
for i = 1, #ids, 2 do entries[#entries + 1] = shown(redis.call('HGET', k .. ':s', ids[i])) end
return { #entries == limit and #entries > 0 and tonumber(ids[#ids]) or position(), entries }
