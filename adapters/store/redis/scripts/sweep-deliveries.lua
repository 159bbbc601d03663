-- Lets go of what was settled before a time. ARGV: the time, how many at most, destinations. Returns how many.
local before, left = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = clock()
local swept = 0

local function forget(names)
  if #names > 0 then redis.call('DEL', unpack(names)) end
  left, swept = left - #names, swept + #names
end

local function sweep_sent(destination)
  if left == 0 then return end
  local list, names = k .. ':s:' .. destination, {}
  for _, entry in ipairs(redis.call('LRANGE', list, 0, left - 1)) do
    local at, _, key = sent_in(entry)
    if at >= before then break end
    names[#names + 1] = name_of(key)
  end
  if #names > 0 then redis.call('LTRIM', list, #names, -1) end
  forget(names)
end

local function sweep_dead(destination)
  local set, names = k .. ':d:' .. destination, {}
  for n, member in ipairs(redis.call('ZRANGEBYSCORE', set, '-inf', '(' .. ARGV[1], 'LIMIT', 0, left)) do
    redis.call('ZREM', set, member)
    names[n] = name_of(string.sub(member, 10))
  end
  count('dead', -#names)
  forget(names)
end

-- A place is forgotten, with its lane, when nothing is kept for it and it is neither on lease nor pausing.
local function forget_if_empty(destination)
  for _, state in ipairs({ 'q', 's', 'd', 'b' }) do
    if redis.call('EXISTS', k .. ':' .. state .. ':' .. destination) == 1 then return end
  end
  local lane = lane_of(destination)
  if lane.ends > time or lane.open > time then return end
  redis.call('SREM', k .. ':places', destination)
  redis.call('HDEL', k .. ':lanes', destination)
end

for i = 3, #ARGV do
  sweep_sent(ARGV[i])
  sweep_dead(ARGV[i])
  forget_if_empty(ARGV[i])
end
write_counts()
return swept
