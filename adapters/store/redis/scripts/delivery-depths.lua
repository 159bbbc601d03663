-- Queued, dead, and when the oldest due delivery fell due. ARGV: now.
local counts = redis.call('HMGET', k .. ':counts', 'queued', 'dead')
local oldest = false
while not oldest do
  local first = redis.call('ZRANGEBYSCORE', k .. ':heads', '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, 1)
  if not first[1] then break end
  local head = redis.call('ZRANGE', queue_of(first[1]), 0, 0, 'WITHSCORES')
  if head[2] and tonumber(head[2]) <= tonumber(first[2]) then oldest = first[2] else refresh(first[1]) end
end
return { counts[1] or 0, counts[2] or 0, oldest }
