-- Destinations that may be claimed, with the time since when. ARGV: now, how many, platforms.
local time, wanted = clock(), tonumber(ARGV[2])
local found = {}
for i = 3, #ARGV do
  local offset, left = 0, wanted
  while left > 0 do
    local ready = redis.call('ZRANGEBYSCORE', k .. ':ready:' .. ARGV[i], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', offset, 32)
    if #ready == 0 then break end
    for n = 1, #ready, 2 do
      if left > 0 and not on_lease(ready[n], time) then
        found[#found + 1] = ready[n]
        found[#found + 1] = ready[n + 1]
        left = left - 1
      end
    end
    offset = offset + 32
  end
end
return found
