-- Newest first. ARGV: destination, state (q, s, d, b), how many.
local list = k .. ':' .. ARGV[2] .. ':' .. ARGV[1]
local members = redis.call(ARGV[2] == 's' and 'LRANGE' or 'ZRANGE', list, 0, -1)
for i, member in ipairs(members) do
  if ARGV[2] == 'q' then members[i] = string.sub(member, 10) end
  if ARGV[2] == 's' then
    local _, sequence, key = sent_in(member)
    members[i] = string.format('%09x', sequence) .. key
  end
end
table.sort(members)
local found = {}
for i = #members, math.max(1, #members - ARGV[3] + 1), -1 do
  found[#found + 1] = shown(string.sub(members[i], 10))
end
return found
