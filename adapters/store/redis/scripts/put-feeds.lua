-- Adds feeds, or changes them and leaves their state. ARGV: when a new one falls due, its state; then id, host, feed of each.
for i = 3, #ARGV, 3 do
  local id, host, feed = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local was = redis.call('HGET', k .. ':f:' .. id, 'host')
  if not was then
    add(id, host, ARGV[1], feed, ARGV[2])
  else
    redis.call('HSET', k .. ':f:' .. id, 'host', host, 'feed', feed)
    if was ~= host then
      move(id, was, host)
      refresh(host)
    end
  end
end
