-- ARGV: deliveries. Of each: '' when it is new, else the story ids it was first enqueued with.
local answers, earliest = {}, {}
local sequence

local function due(destination, at)
  if not earliest[destination] or at < earliest[destination] then earliest[destination] = at end
end

-- What a waiting delivery takes from the same one enqueued again: who else asked, and an earlier time while it is untried.
local function meet_again(key, record, again)
  if record[STATE] ~= 'queued' then return end
  local changed = false
  if record[KIND] == 'alert' then
    local asking, matched = {}, record[MATCHED]
    for n = 1, #matched, 2 do asking[matched[n]] = true end
    for n = 1, #again[MATCHED], 2 do
      if not asking[again[MATCHED][n]] then
        matched[#matched + 1] = again[MATCHED][n]
        matched[#matched + 1] = again[MATCHED][n + 1]
        changed = true
      end
    end
  end
  if record[ATTEMPTS] == 0 and tonumber(again[AT]) < tonumber(record[AT]) then
    record[AT], record[ROLL] = again[AT], again[ROLL]
    redis.call('ZADD', k .. ':q:' .. record[DESTINATION], 'LT', whole(again[AT]), waiting(record, key))
    due(record[DESTINATION], whole(again[AT]))
    changed = true
  end
  if changed then write(key, record) end
end

local i = 1
while i <= #ARGV do
  local key, given
  key, given, i = take(i)
  local record = read(key)
  if record then
    meet_again(key, record, given)
    answers[#answers + 1] = record[STORIES]
  else
    -- No call has more deliveries than arguments.
    sequence = sequence and sequence + 1 or sequences(#ARGV)
    given[SEQUENCE], given[PLACE] = sequence, sequence
    local at = whole(given[AT])
    file(key, given, at)
    count('queued', 1)
    due(given[DESTINATION], at)
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
