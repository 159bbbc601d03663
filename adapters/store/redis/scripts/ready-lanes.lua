-- Destinations that may be claimed, with the time since when. ARGV: now, how many, platforms.
local time, wanted = clock(), tonumber(ARGV[2])
local PAGE = 32
local found = {}

-- Adds those of a page that are not on lease; returns how many more are wanted.
local function add_free(ready, left)
  local destinations = {}
  for n = 1, #ready, 2 do destinations[#destinations + 1] = ready[n] end
  read_lanes(destinations)
  for n = 1, #ready, 2 do
    if left > 0 and lane_of(ready[n]).ends <= time then
      found[#found + 1] = ready[n]
      found[#found + 1] = ready[n + 1]
      left = left - 1
    end
  end
  return left
end

for i = 3, #ARGV do
  local offset, left = 0, wanted
  while left > 0 do
    local ready = redis.call(
      'ZRANGEBYSCORE', k .. ':ready:' .. ARGV[i], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', offset, PAGE
    )
    if #ready == 0 then break end
    left = add_free(ready, left)
    offset = offset + PAGE
  end
end
return found
