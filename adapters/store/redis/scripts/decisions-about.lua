-- ARGV: destination ('' for all), stories. Of each decision: story, subscription, and the record.
local found = {}
local destination = ARGV[1]
for at = 2, #ARGV do
  local id = ARGV[at]
  local all = redis.call('HGETALL', k .. ':s:' .. id)
  for i = 1, #all, 2 do
    -- A record that does not even hold the words of the destination need not be unpacked.
    if destination == '' or string.find(all[i + 1], destination, 1, true) then
      local record = cmsgpack.unpack(all[i + 1])
      if destination == '' or record[DESTINATION] == destination then found[#found + 1] = { id, all[i], record } end
    end
  end
end
return found
