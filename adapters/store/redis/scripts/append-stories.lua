-- Appends if nothing was appended since; a story that is in the log keeps the place and the group it has.
-- ARGV: the position expected, '' for any; then id, group, tier, like, first seen, story of each. The new position, or nothing.
if ARGV[1] ~= '' and position() ~= tonumber(ARGV[1]) then return false end
for i = 2, #ARGV, 6 do
  local id = ARGV[i]
  if redis.call('HEXISTS', k .. ':s', id) == 0 then
    local at = redis.call('INCR', k .. ':p')
    redis.call('HSET', k .. ':s', id, cmsgpack.pack({ at, ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 5] }))
    redis.call('ZADD', k .. ':o', at, id)
    redis.call('ZADD', k .. ':t', ARGV[i + 4], id)
  end
end
return position()
