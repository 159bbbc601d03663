-- ARGV: deliveries; of each key, destination, at, body. Of each: '' when it is new, else the rest of it as it was first given.
local answers, fresh, again = {}, {}, {}
local earliest = {}

local function due(destination, at)
  if not earliest[destination] or at < earliest[destination] then earliest[destination] = at end
end

-- The new ones: all records in one command; of the queues hardly one is that of two deliveries.
local function add_fresh()
  if #fresh == 0 then return end
  local sequence = sequences(#fresh)
  local values = {}
  for n, i in ipairs(fresh) do
    local key, destination, at = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
    local whole = math.ceil(at)
    values[2 * n - 1] = name_of(key)
    values[2 * n] = new_value(at, ARGV[i + 3], sequence)
    local score = whole == at and ARGV[i + 2] or whole
    redis.call('ZADD', queue_of(destination), score, waiting_at(sequence, sequence, key))
    due(destination, whole)
    sequence = sequence + 1
  end
  redis.call('MSET', unpack(values))
  count('queued', #fresh)
end

-- The asking and matched of a waiting alert with what further subscriptions bring; nothing where all are known.
local function ask_too(asking, matched, asking_too, matched_too)
  local more = false
  for id in string.gmatch(asking_too, '[^,]+') do
    if not string.find(asking, ',' .. id .. ',', 1, true) then
      asking = asking .. id .. ','
      more = true
    end
  end
  if more then return asking, matched .. '\n' .. string.match(matched_too, '^[^\n]*\n(.*)$') end
end

-- What a waiting delivery takes from the same one enqueued again: who else asked, and an earlier time while it is untried.
-- Returns the rest of what stands.
local function meet_again(key, destination, at, body)
  local record = read(key)
  local members, bound, roll, asking, rest = lines_of(record.body)
  local answer = string.match(rest, '^[^\n]*')
  if record.state ~= 'q' then return answer end
  local _, _, roll_too, asking_too, rest_too = lines_of(body)
  local new_asking, new_rest
  if asking ~= '' then new_asking, new_rest = ask_too(asking, rest, asking_too, rest_too) end
  local sooner = record.attempts == 0 and tonumber(at) < record.at
  if sooner then
    record.at, roll = tonumber(at), roll_too
    redis.call('ZADD', queue_of(destination), due_at(record), waiting(record, key))
    due(destination, due_at(record))
  end
  if sooner or new_asking then
    record.body = table.concat({ members, bound, roll, new_asking or asking, new_rest or rest }, '\n')
    write(key, record)
  end
  return answer
end

local function refresh_heads()
  local destinations = {}
  for destination in pairs(earliest) do destinations[#destinations + 1] = destination end
  if #destinations == 0 then return end
  for i, head in ipairs(redis.call('ZMSCORE', k .. ':heads', unpack(destinations))) do
    local destination = destinations[i]
    if not head then redis.call('SADD', k .. ':places', destination) end
    -- Where there is no head nothing waited.
    if not head or earliest[destination] < tonumber(head) then show_head(destination, earliest[destination]) end
  end
end

local names, given = {}, {}
for i = 1, #ARGV, 4 do names[#names + 1] = name_of(ARGV[i]) end
for n, known in ipairs(redis.call('MGET', unpack(names))) do
  local i = 4 * n - 3
  local key = ARGV[i]
  if known or given[key] then
    again[#again + 1] = n
  else
    given[key] = true
    fresh[#fresh + 1] = i
    answers[n] = ''
  end
end
add_fresh()
for _, n in ipairs(again) do answers[n] = meet_again(unpack(ARGV, 4 * n - 3, 4 * n)) end
refresh_heads()
write_counts()
return answers
