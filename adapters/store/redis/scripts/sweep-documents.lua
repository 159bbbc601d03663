-- Forgets the ids of documents that have expired. ARGV: ids. Returns how many.
local swept = 0
for _, id in ipairs(ARGV) do
  if redis.call('EXISTS', k .. ':d:' .. id) == 0 then swept = swept + redis.call('SREM', k .. ':ids', id) end
end
return swept
