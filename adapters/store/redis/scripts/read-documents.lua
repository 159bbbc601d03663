-- ARGV: ids. Id, value and when it expires (-1 for never) of those that have not expired.
local found = {}
for _, id in ipairs(ARGV) do
  local value = redis.call('GET', k .. ':d:' .. id)
  if value then
    found[#found + 1] = id
    found[#found + 1] = value
    found[#found + 1] = redis.call('PEXPIRETIME', k .. ':d:' .. id)
  end
end
return found
