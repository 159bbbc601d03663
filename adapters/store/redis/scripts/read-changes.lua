-- ARGV: after which change, how many. Number and subscription of each; nothing when the log does not reach back so far.
local after, newest = tonumber(ARGV[1]), tonumber(redis.call('GET', k .. ':c') or 0)
if after > newest then return false end
if after == newest then return {} end
local first = redis.call('XRANGE', k .. ':changes', '-', '+', 'COUNT', 1)[1]
if not first or after < tonumber(string.match(first[1], '^%d+')) - 1 then return false end
local found = {}
for _, entry in ipairs(redis.call('XRANGE', k .. ':changes', '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2])) do
  found[#found + 1] = string.match(entry[1], '^%d+')
  found[#found + 1] = entry[2][2]
end
return found
