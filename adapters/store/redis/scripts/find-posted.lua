-- ARGV: destination, id of the message. Key and value of what was posted so, or nothing. Of several it is what stands first: an
-- edit is of the message that stood before; and a digest before its members, wherever these stand.
local PAGE = 500
local list, begins = k .. ':s:' .. ARGV[1], SENT_BYTES + KEY_BYTES + 1
local member
local from = 0
while true do
  local entries = redis.call('LRANGE', list, from, from + PAGE - 1)
  for _, entry in ipairs(entries) do
    if string.sub(entry, begins) == ARGV[2] then
      local _, _, key = sent_in(entry)
      local record = read(key)
      local _, bound_to = lines_of(record and record.body or '\n\n\n\n')
      if record and bound_to == '' then return shown(key) end
      member = member or key
    end
  end
  if #entries < PAGE then break end
  from = from + PAGE
end
return member and shown(member) or false
