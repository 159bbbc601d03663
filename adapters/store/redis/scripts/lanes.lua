-- What is to be sent to the destinations of one shard. x:<key>: a record, packed up to REST, which no script reads and which
-- stands behind it as it was given. ASKING: ,id,id, of the subscriptions an alert answers; MATCHED: what of it answers them, a
-- text for each time it was enqueued with further ones. Of each destination: q:<it> what waits
-- (score: when; member: place, sequence, key), sent:, dead: and bound:<it> what does not (score: when it was settled;
-- member: sequence, key), posted:<it> id of a message -> key, lane:<it> {token, until, open}. Over all: ready:<platform>
-- and heads, destination -> when it may be sent to and when its first delivery falls due: never later than it is, earlier
-- while a lane is on lease; places; counts {queued, dead}.
local k = KEYS[1]
local STATE, ATTEMPTS, AMBIGUOUS, REASON, REMOTE, SETTLED, BOUND, SEQUENCE, PLACE = 1, 2, 3, 4, 5, 6, 7, 8, 9
local AT, ROLL, ASKING, MATCHED, MEMBERS, REST = 10, 11, 12, 13, 14, 15
-- A lane nobody touched for so long holds no lease and no pause any more.
local LANE_MS = 604800000

local function read(key)
  local value = redis.call('GET', k .. ':x:' .. key)
  if not value then return nil end
  local head, record = cmsgpack.unpack_one(value)
  record[REST] = string.sub(value, head + 1)
  return record
end

local function write(key, record)
  local rest = record[REST]
  record[REST] = nil
  redis.call('SET', k .. ':x:' .. key, cmsgpack.pack(record) .. rest)
  record[REST] = rest
end

-- Times are kept in whole ms: one with a fraction falls due with the ms after it.
local function whole(at)
  return math.ceil(tonumber(at))
end

local function waiting(record, key)
  return string.format('%09x%09x', record[PLACE], record[SEQUENCE]) .. key
end

local function settled(record, key)
  return string.format('%09x', record[SEQUENCE]) .. key
end

local function ready_of(destination)
  return k .. ':ready:' .. string.match(destination, '^[^:]*')
end

-- A lane is ready when its first delivery is due and its pause is over.
local function refresh(destination)
  local first = redis.call('ZRANGE', k .. ':q:' .. destination, 0, 0, 'WITHSCORES')
  if not first[2] then
    redis.call('ZREM', k .. ':heads', destination)
    redis.call('ZREM', ready_of(destination), destination)
    return
  end
  local open = tonumber(redis.call('HGET', k .. ':lane:' .. destination, 'open') or 0)
  local head = tonumber(first[2])
  redis.call('ZADD', k .. ':heads', head, destination)
  redis.call('ZADD', ready_of(destination), math.max(head, open), destination)
end

-- Nothing is sent to a destination before a time; a later time stands.
local function open_at(destination, at)
  local lane = k .. ':lane:' .. destination
  local open = tonumber(redis.call('HGET', lane, 'open') or 0)
  if at > open then redis.call('HSET', lane, 'open', string.format('%.0f', at)) end
  redis.call('PEXPIRE', lane, LANE_MS + math.max(0, math.max(at, open) - clock()))
end

local function holds(destination, token)
  local found = redis.call('HGET', k .. ':lane:' .. destination, 'token')
  return found and found == token
end

local function on_lease(destination, time)
  local ends = redis.call('HGET', k .. ':lane:' .. destination, 'until')
  return ends and tonumber(ends) > time
end

-- A delivery as it is given: key, destination, at, roll, asking, matched, rest, then a counted list of members. Returns the
-- key, the record, its destination and where the next one begins.
local function take(i)
  local record = {
    'queued', 0, 0, '', '', '', '', 0, 0, ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], { ARGV[i + 5] }, {}, ARGV[i + 6],
  }
  local count = tonumber(ARGV[i + 7])
  for n = 1, count do record[MEMBERS][n] = ARGV[i + 7 + n] end
  return ARGV[i], record, ARGV[i + 1], i + 8 + count
end

-- Keys and the values they stand for, one after the other, as they are given back.
local function shown(key)
  local value = redis.call('GET', k .. ':x:' .. key)
  return value and { key, value } or false
end

-- The first of so many numbers in order of enqueueing; some may stay unused.
local function sequences(many)
  return redis.call('INCRBY', k .. ':sequence', many) - many + 1
end

-- Files a record that was given its sequence and place; what waits is due at a score.
local function file(destination, key, record, score)
  write(key, record)
  if record[STATE] == 'queued' then
    redis.call('ZADD', k .. ':q:' .. destination, score, waiting(record, key))
    return
  end
  local at = record[SETTLED] == '' and 0 or record[SETTLED]
  redis.call('ZADD', k .. ':' .. record[STATE] .. ':' .. destination, at, settled(record, key))
end

local counted = { queued = 0, dead = 0 }

local function count(name, by)
  counted[name] = counted[name] + by
end

local function write_counts()
  for name, by in pairs(counted) do
    if by ~= 0 then redis.call('HINCRBY', k .. ':counts', name, by) end
  end
end
