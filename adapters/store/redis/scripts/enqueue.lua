-- ARGV: deliveries. Of each: '' when it is new, else the story ids it was first enqueued with.
local answers, touched = {}, {}

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
    touched[record[DESTINATION]] = true
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
    given[SEQUENCE] = next_sequence()
    given[PLACE] = given[SEQUENCE]
    file(key, given, whole(given[AT]))
    count('queued', 1)
    touched[given[DESTINATION]] = true
    answers[#answers + 1] = ''
  end
end
for destination in pairs(touched) do
  redis.call('SADD', k .. ':places', destination)
  refresh(destination)
end
return answers
