-- Settles deliveries of lanes on lease and prolongs the leases. ARGV of each: destination, token, lease (ms), key, how, at, what
-- was told. How is s, sent, told the remote id; r or a, to be tried again, a where it may have been posted; d, dead; these are
-- told a reason. Of each: 0 when the lease was lost.
-- When the lane is ready again is worked out when it is given back, or claimed after the lease.
local time = clock()
local answers = {}

local function close(destination, key, record, state, at, told)
  record.state, record.settled, record.told = state, at, told
  write_head(key, record)
  file(destination, key, record, time)
  if state == 'd' then count('dead', 1) end
end

-- A digest and its members were posted as one message.
local function close_members(destination, key, state, at, told)
  for _, member in ipairs(members_of(read(key).body)) do
    local bound = read(member)
    if bound and bound.state == 'b' then
      local _, bound_to = lines_of(bound.body)
      if bound_to == key then
        redis.call('ZREM', k .. ':b:' .. destination, settled(bound, member))
        close(destination, member, bound, state, at, told)
      end
    end
  end
end

local function try_again(destination, key, record, at, told, ambiguous)
  record.attempts, record.told = record.attempts + 1, told
  if ambiguous then record.ambiguous = 1 end
  write_head(key, record)
  -- One that has to wait is waited for by the whole lane: nothing behind it goes first.
  open_at(destination, at)
end

-- Nothing happens to what does not wait in this lane any more.
local function settle(destination, key, how, at, told)
  local record = read_head(key)
  if not record or record.state ~= 'q' then return end
  local queue, member = queue_of(destination), waiting(record, key)
  if how == 'r' or how == 'a' then
    if redis.call('ZSCORE', queue, member) then try_again(destination, key, record, at, told, how == 'a') end
    return
  end
  if redis.call('ZREM', queue, member) == 0 then return end
  if how == 's' then record.attempts, record.ambiguous = record.attempts + 1, 0 end
  close(destination, key, record, how, at, told)
  count('queued', -1)
  if record.gathers then close_members(destination, key, how, at, told) end
end

-- A lease that has most of its time left is left as it is.
local function prolong(destination, lease)
  local lane = lane_of(destination)
  if lane.ends - time < 0.95 * lease then
    lane.ends = lease_end(time, lease)
    changed[destination] = lane
  end
end

local destinations = {}
for i = 1, #ARGV, 7 do destinations[#destinations + 1] = ARGV[i] end
read_lanes(destinations)
for i = 1, #ARGV, 7 do
  local destination = ARGV[i]
  local kept = holds(destination, ARGV[i + 1])
  if kept then
    settle(destination, ARGV[i + 3], ARGV[i + 4], tonumber(ARGV[i + 5]), ARGV[i + 6])
    prolong(destination, tonumber(ARGV[i + 2]))
  end
  answers[#answers + 1] = kept and 1 or 0
end
write_lanes()
write_counts()
return answers
