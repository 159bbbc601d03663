-- The first decision about a story and a subscription stays. ARGV: story, subscription, group, tier, destination, outcome,
-- reason, delivery key, at, spans of each. Of each: outcome and time of the decision that stands.
local standing = {}
for i = 1, #ARGV, 10 do
  local story, subscription = k .. ':s:' .. ARGV[i], ARGV[i + 1]
  local known = redis.call('HGET', story, subscription)
  if known then
    local first = cmsgpack.unpack(known)
    standing[#standing + 1] = first[OUTCOME]
    standing[#standing + 1] = first[AT]
  else
    local record = { redis.call('INCR', k .. ':n') }
    for field = GROUP, SPANS do record[field] = ARGV[i + field] end
    redis.call('HSET', story, subscription, cmsgpack.pack(record))
    redis.call('ZADD', k .. ':o', 'LT', record[AT], ARGV[i])
    standing[#standing + 1] = record[OUTCOME]
    standing[#standing + 1] = record[AT]
  end
end
return standing
