-- ARGV: story and subscription of each. Returns how many there were.
local swept, stories = 0, {}
for i = 1, #ARGV, 2 do
  swept = swept + redis.call('HDEL', k .. ':s:' .. ARGV[i], ARGV[i + 1])
  stories[ARGV[i]] = true
end
for id in pairs(stories) do
  local oldest
  local all = redis.call('HVALS', k .. ':s:' .. id)
  for _, packed in ipairs(all) do
    local at = tonumber(cmsgpack.unpack(packed)[AT])
    if not oldest or at < oldest then oldest = at end
  end
  if oldest then redis.call('ZADD', k .. ':o', oldest, id) else redis.call('ZREM', k .. ':o', id) end
end
return swept
