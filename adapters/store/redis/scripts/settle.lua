-- Settles deliveries of lanes on lease and prolongs the leases. ARGV of each: destination, token, lease (ms), key, then `sent`,
-- at, remote id, '' or `retry`, at, reason, ambiguous (0 or 1) or `dead`, at, reason, ''. Of each: 0 when the lease was lost.
-- When the lane is ready again is worked out when it is given back, or claimed after the lease.
local time = clock()
local answers = {}

local function close(destination, key, record, kind, at, told)
  if kind == 'sent' then record[REMOTE], record[REASON] = told, '' else record[REASON] = told end
  record[STATE], record[SETTLED] = kind, at
  file(destination, key, record)
  if kind == 'dead' then count('dead', 1) end
end

local function close_members(destination, key, members, kind, at, told)
  for _, member in ipairs(members) do
    local bound = read(member)
    if bound and bound[STATE] == 'bound' and bound[BOUND] == key then
      redis.call('ZREM', k .. ':bound:' .. destination, settled(bound, member))
      close(destination, member, bound, kind, at, told)
    end
  end
end

local function try_again(destination, key, record, at, told, ambiguous)
  record[ATTEMPTS], record[REASON] = record[ATTEMPTS] + 1, told
  record[AMBIGUOUS] = math.max(record[AMBIGUOUS], tonumber(ambiguous))
  write(key, record)
  -- One that has to wait is waited for by the whole lane: nothing behind it goes first.
  open_at(destination, tonumber(at))
end

-- Nothing happens to what does not wait in this lane any more.
local function settle(destination, key, kind, at, told, ambiguous)
  local record = read(key)
  if not record or record[STATE] ~= 'queued' then return end
  local queue, member = k .. ':q:' .. destination, waiting(record, key)
  if kind == 'retry' then
    if redis.call('ZSCORE', queue, member) then try_again(destination, key, record, at, told, ambiguous) end
    return
  end
  if redis.call('ZREM', queue, member) == 0 then return end
  if kind == 'sent' then
    record[ATTEMPTS], record[AMBIGUOUS] = record[ATTEMPTS] + 1, 0
    -- A digest and its members were posted as one message, which is the digest's; an edit is of the one that stood before.
    redis.call('HSETNX', k .. ':posted:' .. destination, told, key)
  end
  close(destination, key, record, kind, at, told)
  count('queued', -1)
  close_members(destination, key, record[MEMBERS], kind, at, told)
end

-- A lease that has most of its time left is left as it is.
local function prolong(destination, ends, lease)
  if ends - time < 0.95 * lease then
    redis.call('HSET', k .. ':lane:' .. destination, 'until', string.format('%.0f', time + lease))
  end
end

for i = 1, #ARGV, 8 do
  local destination, key = ARGV[i], ARGV[i + 3]
  local lane = redis.call('HMGET', k .. ':lane:' .. destination, 'token', 'until')
  local answer = 0
  if lane[1] and lane[1] == ARGV[i + 1] then
    settle(destination, key, ARGV[i + 4], ARGV[i + 5], ARGV[i + 6], ARGV[i + 7])
    prolong(destination, tonumber(lane[2]), tonumber(ARGV[i + 2]))
    answer = 1
  end
  answers[#answers + 1] = answer
end
write_counts()
return answers
