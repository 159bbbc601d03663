-- Settles one delivery of a lane on lease and prolongs the lease. ARGV: destination, token, key, lease (ms), then `sent`, at,
-- remote id, or `retry`, at, reason, ambiguous (0 or 1), or `dead`, at, reason. 0 when the lease was lost.
local destination, key, kind, at, told = ARGV[1], ARGV[3], ARGV[5], ARGV[6], ARGV[7]
if not holds(destination, ARGV[2]) then return 0 end

local function settle(key, record, from)
  redis.call('ZREM', from, record[STATE] == 'queued' and waiting(record, key) or settled(record, key))
  if kind == 'sent' then record[REMOTE], record[REASON] = told, '' else record[REASON] = told end
  record[STATE], record[SETTLED] = kind, at
  file(key, record)
  if kind == 'dead' then count('dead', 1) end
end

local record = read(key)
if record and record[STATE] == 'queued' and record[DESTINATION] == destination then
  if kind == 'retry' then
    record[ATTEMPTS], record[REASON] = record[ATTEMPTS] + 1, told
    record[AMBIGUOUS] = math.max(record[AMBIGUOUS], tonumber(ARGV[8]))
    write(key, record)
    -- One that has to wait is waited for by the whole lane: nothing behind it goes first.
    open_at(destination, tonumber(at))
  else
    if kind == 'sent' then
      record[ATTEMPTS], record[AMBIGUOUS] = record[ATTEMPTS] + 1, 0
      -- A digest and its members were posted as one message, which is the digest's; an edit is of the one that stood before.
      redis.call('HSETNX', k .. ':posted:' .. destination, told, key)
    end
    settle(key, record, k .. ':q:' .. destination)
    count('queued', -1)
    for _, member in ipairs(record[MEMBERS]) do
      local bound = read(member)
      if bound and bound[STATE] == 'bound' and bound[BOUND] == key then settle(member, bound, k .. ':bound:' .. destination) end
    end
  end
end
refresh(destination)
redis.call('HSET', k .. ':lane:' .. destination, 'until', string.format('%.0f', clock() + ARGV[4]))
return 1
