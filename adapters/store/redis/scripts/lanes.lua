-- What is to be sent to the destinations of one shard. x:<key>: a record. Its HEAD has a fixed width; behind it stands what was
-- told (a remote id where it was sent, else a reason) with ROOM for more, so that a head can be written over; then the BODY,
-- lines of text as they were given: keys of members; the digest it is bound to; roll; ,id,id, of the subscriptions an alert
-- answers; the rest, which no script reads; what of it answers them, a line for each time it was enqueued with further ones.
-- Of each destination: q:<it> what waits (score: when; member: place, sequence, key); d:<it> dead and b:<it> bound (score:
-- when it was settled; member: sequence, key); s:<it> a list of what was sent (see `sent_entry`). Over all: ready:<platform>
-- and heads, destination -> when it may be sent to and when its first delivery falls due: never later than it is, earlier
-- while a lane is on lease; lanes: destination -> LANE; places; counts {queued, dead}.
local k = KEYS[1]
-- State (q, s, b, d), flags (1 ambiguous, 2 has members), attempts, sequence, place, at, settled at (-1: not), bytes told, room.
local HEAD, HEAD_BYTES = '>c1BI4I5I5ddI3I3', 38
local ROOM = 24
local NO_WORD = string.rep(' ', ROOM)
local GATHERS = 2
-- As text: what Lua has as a number is written out with all its digits for each command, which costs as much as the command.
local FIRST_BYTE, LAST_HEAD_BYTE = '0', tostring(HEAD_BYTES - 1)
-- Token of the lease (0: none), end of the lease, not to be sent to before.
local LANE = '>ddd'
-- Settled at, sequence; key and remote id stand behind.
local SENT, SENT_BYTES, KEY_BYTES = '>dI5', 13, 32

-- Calls a command with any number of arguments, an even number of them at a time: Lua's stack holds some thousands.
local function call_each(command, name, given)
  for i = 1, #given, 1000 do redis.call(command, name, unpack(given, i, math.min(i + 999, #given))) end
end

local function name_of(key)
  return k .. ':x:' .. key
end

-- A body begins with the keys of its members, or with the end of that line.
local function flags_of(body)
  return string.byte(body) == 10 and 0 or GATHERS
end

local function head_in(value)
  local state, flags, attempts, sequence, place, at, settled, told, room = struct.unpack(HEAD, value)
  return {
    state = state, ambiguous = flags % GATHERS, gathers = flags >= GATHERS, attempts = attempts, sequence = sequence, place = place,
    at = at, settled = settled, told = string.sub(value, HEAD_BYTES + 1, HEAD_BYTES + told), room = room, body = false,
  }
end

-- The head of a record, without what was told and its body; nothing where there is no record.
local function read_head(key)
  local value = redis.call('GETRANGE', name_of(key), FIRST_BYTE, LAST_HEAD_BYTE)
  return value ~= '' and head_in(value) or nil
end

local function read(key)
  local value = redis.call('GET', name_of(key))
  if not value then return nil end
  local record = head_in(value)
  record.body = string.sub(value, HEAD_BYTES + record.room + 1)
  return record
end

local function packed(record)
  local flags = record.ambiguous + (record.gathers and GATHERS or 0)
  return struct.pack(
    HEAD, record.state, flags, record.attempts, record.sequence, record.place, record.at, record.settled, #record.told,
    record.room
  ) .. record.told
end

local function write(key, record)
  record.room = math.max(record.room, #record.told)
  redis.call('SET', name_of(key), packed(record) .. string.rep(' ', record.room - #record.told) .. record.body)
end

-- Writes a head and what was told over those that stand; the body stays as it is.
local function write_head(key, record)
  if #record.told <= record.room then
    redis.call('SETRANGE', name_of(key), FIRST_BYTE, packed(record))
    return
  end
  record.body = read(key).body
  write(key, record)
end

-- The value of a new record: made of every delivery, and so without a table for each.
local function new_value(at, body, sequence)
  return struct.pack(HEAD, 'q', flags_of(body), 0, sequence, sequence, at, -1, 0, ROOM) .. NO_WORD .. body
end

-- The lines of a body: members, bound to, roll, asking, and rest and matched in one.
local function lines_of(body)
  return string.match(body, '^([^\n]*)\n([^\n]*)\n([^\n]*)\n([^\n]*)\n(.*)$')
end

local function members_of(body)
  local members = {}
  for member in string.gmatch(string.match(body, '^[^\n]*'), '[^,]+') do members[#members + 1] = member end
  return members
end

-- A new record from what is given: a time and a body.
local function record_of(at, body)
  return {
    state = 'q', ambiguous = 0, gathers = flags_of(body) == GATHERS, attempts = 0, sequence = 0, place = 0,
    at = tonumber(at), settled = -1, told = '', room = ROOM, body = body,
  }
end

-- A delivery falls due with a whole ms: one at a fraction of it with the ms after it.
local function due_at(record)
  return math.ceil(record.at)
end

local function waiting_at(place, sequence, key)
  return string.format('%09x%09x', place, sequence) .. key
end

local function waiting(record, key)
  return waiting_at(record.place, record.sequence, key)
end

local function settled(record, key)
  return string.format('%09x', record.sequence) .. key
end

-- One whose process was ahead of this server's clock is swept with those that are sent now: the list is swept in order.
local function sent_entry(at, sequence, key, remote_id, time)
  return struct.pack(SENT, math.min(at, time), sequence) .. key .. remote_id
end

-- When it was settled, its sequence, its key.
local function sent_in(entry)
  local at, sequence = struct.unpack(SENT, entry)
  return at, sequence, string.sub(entry, SENT_BYTES + 1, SENT_BYTES + KEY_BYTES)
end

local function queue_of(destination)
  return k .. ':q:' .. destination
end

local function ready_of(destination)
  return k .. ':ready:' .. string.match(destination, '^[^:]*')
end

local lanes, changed = {}, {}

local function lane_in(value)
  if not value then return { token = 0, ends = 0, open = 0 } end
  local token, ends, open = struct.unpack(LANE, value)
  return { token = token, ends = ends, open = open }
end

-- Reads the lanes of destinations that `lane_of` will be asked for, all at once.
local function read_lanes(destinations)
  for i = 1, #destinations, 1000 do
    local last = math.min(i + 999, #destinations)
    for n, value in ipairs(redis.call('HMGET', k .. ':lanes', unpack(destinations, i, last))) do
      lanes[destinations[i + n - 1]] = lane_in(value)
    end
  end
end

local function lane_of(destination)
  if not lanes[destination] then lanes[destination] = lane_in(redis.call('HGET', k .. ':lanes', destination)) end
  return lanes[destination]
end

-- Whether a token is that of the lane's lease, though it may have ended: nobody else has had the lane since.
local function holds(destination, token)
  local lane = lane_of(destination)
  return lane.token > 0 and lane.token == tonumber(token)
end

-- Nothing is sent to a destination before a time; a later time stands.
local function open_at(destination, at)
  local lane = lane_of(destination)
  lane.open = math.max(lane.open, at)
  changed[destination] = lane
end

local function write_lanes()
  local given = {}
  for destination, lane in pairs(changed) do
    given[#given + 1] = destination
    given[#given + 1] = struct.pack(LANE, lane.token, lane.ends, lane.open)
  end
  call_each('HSET', k .. ':lanes', given)
end

-- A lane is ready when its first delivery is due and its pause is over.
local function show_head(destination, head)
  redis.call('ZADD', k .. ':heads', head, destination)
  redis.call('ZADD', ready_of(destination), math.max(head, lane_of(destination).open), destination)
end

local function refresh(destination)
  local first = redis.call('ZRANGE', queue_of(destination), 0, 0, 'WITHSCORES')
  if first[2] then
    show_head(destination, tonumber(first[2]))
  else
    redis.call('ZREM', k .. ':heads', destination)
    redis.call('ZREM', ready_of(destination), destination)
  end
end

-- Keys and the values they stand for, one after the other, as they are given back.
local function shown(key)
  local value = redis.call('GET', name_of(key))
  return value and { key, value } or false
end

-- The first of so many numbers in order of enqueueing; some may stay unused.
local function sequences(many)
  return redis.call('INCRBY', k .. ':sequence', many) - many + 1
end

-- Puts a record where those of its state stand.
local function file(destination, key, record, time)
  if record.state == 'q' then
    redis.call('ZADD', queue_of(destination), due_at(record), waiting(record, key))
  elseif record.state == 's' then
    local entry = sent_entry(record.settled, record.sequence, key, record.told, time)
    redis.call('RPUSH', k .. ':s:' .. destination, entry)
  else
    redis.call('ZADD', k .. ':' .. record.state .. ':' .. destination, record.settled, settled(record, key))
  end
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
