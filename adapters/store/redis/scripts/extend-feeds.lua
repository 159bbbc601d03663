-- Prolongs leases that still stand. ARGV: lease (ms); then id and token of each.
local ends = lease_end(clock(), ARGV[1])
for i = 2, #ARGV, 2 do
  local host = held(ARGV[i], ARGV[i + 1])
  if host then redis.call('ZADD', k .. ':leased:' .. host, ends, ARGV[i]) end
end
