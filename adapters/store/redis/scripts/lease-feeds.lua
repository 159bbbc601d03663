-- Due feeds, longest overdue first, found host by host: a host's first feed tells where the host stands in the order, so
-- that only hosts which come before the last of those wanted are looked into. ARGV: now, limit, per host, lease (ms).
-- Returns the token, then feed and state of each.
local now, limit, per_host = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = clock()
local found = {}

local function earlier(a, b)
  if a.at ~= b.at then return a.at < b.at end
  return a.order < b.order
end

local function look_into(host)
  local leased = k .. ':leased:' .. host
  redis.call('ZREMRANGEBYSCORE', leased, '-inf', time)
  if redis.call('ZCARD', leased) >= per_host then return end
  local due = redis.call('ZRANGEBYSCORE', k .. ':due:' .. host, '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, per_host)
  local free = per_host - redis.call('ZCARD', leased)
  for i = 1, #due, 2 do
    if free > 0 and not redis.call('ZSCORE', leased, due[i]) then
      free = free - 1
      found[#found + 1] = { id = due[i], at = tonumber(due[i + 1]), host = host, order = #found }
    end
  end
  table.sort(found, earlier)
  for i = #found, limit + 1, -1 do found[i] = nil end
end

local offset, enough = 0, limit <= 0
while not enough do
  local hosts = redis.call('ZRANGEBYSCORE', k .. ':hosts', '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', offset, 64)
  if #hosts == 0 then break end
  for i = 1, #hosts, 2 do
    local last = found[limit]
    if last and last.at <= tonumber(hosts[i + 1]) then
      enough = true
      break
    end
    local held_until = redis.call('HGET', k .. ':held', hosts[i])
    if not held_until or tonumber(held_until) <= now then look_into(hosts[i]) end
  end
  offset = offset + 64
end
if #found == 0 then return {} end

local token = tostring(redis.call('INCR', k .. ':token'))
local answer = { token }
for _, one in ipairs(found) do
  redis.call('HSET', k .. ':f:' .. one.id, 'token', token)
  redis.call('ZADD', k .. ':leased:' .. one.host, lease_end(time, ARGV[4]), one.id)
  local record = redis.call('HMGET', k .. ':f:' .. one.id, 'feed', 'state')
  answer[#answer + 1] = record[1]
  answer[#answer + 1] = record[2]
end
return answer
