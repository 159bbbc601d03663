-- Newest first. ARGV: destination, state, how many.
local queued = ARGV[2] == 'queued'
local members = redis.call('ZRANGE', k .. ':' .. (queued and 'q' or ARGV[2]) .. ':' .. ARGV[1], 0, -1)
if queued then
  for i, member in ipairs(members) do members[i] = string.sub(member, 10) end
end
table.sort(members)
local found = {}
for i = #members, math.max(1, #members - ARGV[3] + 1), -1 do
  found[#found + 1] = shown(string.sub(members[i], 10))
end
return found
