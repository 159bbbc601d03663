-- Keys of everything kept for destinations, with their sequence, in no order. ARGV: destinations.
local found = {}
for _, destination in ipairs(ARGV) do
  for _, member in ipairs(redis.call('ZRANGE', queue_of(destination), 0, -1)) do
    found[#found + 1] = string.sub(member, 10)
  end
  for _, entry in ipairs(redis.call('LRANGE', k .. ':s:' .. destination, 0, -1)) do
    local _, sequence, key = sent_in(entry)
    found[#found + 1] = string.format('%09x', sequence) .. key
  end
  for _, state in ipairs({ 'd', 'b' }) do
    for _, member in ipairs(redis.call('ZRANGE', k .. ':' .. state .. ':' .. destination, 0, -1)) do
      found[#found + 1] = member
    end
  end
end
return found
