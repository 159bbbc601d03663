-- ARGV: how many changes are kept; then id, destination, owner, state, removed at ('' for never), subscription of each.
for i = 2, #ARGV, 6 do
  local id, state, removed_at, subscription = ARGV[i], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]
  if tonumber(id) > tonumber(redis.call('GET', k .. ':n') or 0) then redis.call('SET', k .. ':n', id) end
  unfile(id)
  redis.call('HSET', k .. ':s', id, ARGV[i + 1] .. '\n' .. ARGV[i + 2] .. '\n' .. subscription)
  if state ~= 'removed' then
    redis.call('ZADD', k .. ':live', id, id)
    redis.call('ZADD', k .. ':at:' .. ARGV[i + 1], id, id)
    redis.call('ZADD', k .. ':of:' .. ARGV[i + 2], id, id)
  elseif removed_at ~= '' then
    redis.call('ZADD', k .. ':removed', removed_at, id)
  end
  local sequence = redis.call('INCR', k .. ':c')
  redis.call('XADD', k .. ':changes', 'MAXLEN', '=', ARGV[1], string.format('%d-0', sequence), 's', subscription)
end
