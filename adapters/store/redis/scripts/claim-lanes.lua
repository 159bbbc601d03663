-- Lends destinations that are still ready. ARGV: now, lease (ms), how many deliveries, destinations.
-- Of each lent: destination, token, keys and values of deliveries one after the other.
local time, now = clock(), tonumber(ARGV[1])
local lent, token = {}, nil

-- Keys and values of what waits in a queue by its members.
local function records_of(queue, members)
  local names, found = {}, {}
  for n, member in ipairs(members) do names[n] = name_of(string.sub(member, 19)) end
  for n, value in ipairs(redis.call('MGET', unpack(names))) do
    -- Only a Redis that throws out what it has, which was allowed against advice, loses a record.
    if value then
      found[#found + 1] = string.sub(members[n], 19)
      found[#found + 1] = value
    else
      redis.call('ZREM', queue, members[n])
    end
  end
  return found
end

local destinations = { unpack(ARGV, 4) }
read_lanes(destinations)
for _, destination in ipairs(destinations) do
  local lane, queue = lane_of(destination), queue_of(destination)
  if lane.ends <= time then
    local due = {}
    if lane.open <= now then
      due = redis.call('ZRANGEBYSCORE', queue, '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
    end
    if #due == 0 then
      refresh(destination)
    else
      -- Of the numbers taken for all that were asked for some may stay unused.
      token = token and token + 1 or redis.call('INCRBY', k .. ':token', #destinations) - #destinations + 1
      lane.token, lane.ends = token, lease_end(time, ARGV[2])
      changed[destination] = lane
      lent[#lent + 1] = { destination, string.format('%.0f', token), records_of(queue, due) }
    end
  end
end
write_lanes()
return lent
