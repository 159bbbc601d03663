-- Keys of everything kept for destinations, with their sequence, in no order. ARGV: destinations.
local found = {}
for _, destination in ipairs(ARGV) do
  for _, set in ipairs({ 'q', 'sent', 'dead', 'bound' }) do
    for _, member in ipairs(redis.call('ZRANGE', k .. ':' .. set .. ':' .. destination, 0, -1)) do
      found[#found + 1] = set == 'q' and string.sub(member, 10) or member
    end
  end
end
return found
