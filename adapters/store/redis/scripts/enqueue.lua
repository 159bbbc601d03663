-- ARGV: deliveries. Of each: '' when it is new, else what stands behind it as it was first given.
local answers, earliest = {}, {}
local sequence

local function due(destination, at)
  if not earliest[destination] or at < earliest[destination] then earliest[destination] = at end
end

-- Whether further subscriptions ask for a waiting alert; they are noted.
local function ask_too(record, again)
  local more = false
  for id in string.gmatch(again[ASKING], '[^,]+') do
    if not string.find(record[ASKING], ',' .. id .. ',', 1, true) then
      record[ASKING] = record[ASKING] .. id .. ','
      more = true
    end
  end
  if more then record[MATCHED][#record[MATCHED] + 1] = again[MATCHED][1] end
  return more
end

-- What a waiting delivery takes from the same one enqueued again: who else asked, and an earlier time while it is untried.
local function meet_again(destination, key, record, again)
  if record[STATE] ~= 'queued' then return end
  local changed = record[ASKING] ~= '' and ask_too(record, again)
  if record[ATTEMPTS] == 0 and tonumber(again[AT]) < tonumber(record[AT]) then
    record[AT], record[ROLL] = again[AT], again[ROLL]
    redis.call('ZADD', k .. ':q:' .. destination, 'LT', whole(again[AT]), waiting(record, key))
    due(destination, whole(again[AT]))
    changed = true
  end
  if changed then write(key, record) end
end

local i = 1
while i <= #ARGV do
  local key, given, destination
  key, given, destination, i = take(i)
  local record = read(key)
  if record then
    meet_again(destination, key, record, given)
    answers[#answers + 1] = record[REST]
  else
    -- No call has more deliveries than arguments.
    sequence = sequence and sequence + 1 or sequences(#ARGV)
    given[SEQUENCE], given[PLACE] = sequence, sequence
    local at = whole(given[AT])
    file(destination, key, given, at)
    count('queued', 1)
    due(destination, at)
    answers[#answers + 1] = ''
  end
end
for destination, at in pairs(earliest) do
  local head = redis.call('ZSCORE', k .. ':heads', destination)
  if not head then redis.call('SADD', k .. ':places', destination) end
  if not head or at < tonumber(head) then refresh(destination) end
end
write_counts()
return answers
