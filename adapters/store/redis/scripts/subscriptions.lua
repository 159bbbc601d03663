-- Subscriptions. s: id -> a line with the destination, one with the owner, and the subscription; live: ids not removed; removed: ids by when; at:<destination> and of:<owner>: ids of
-- those not removed; n: the last id; c: the last change; changes: a stream of them.
local k = KEYS[1]

local function all(ids)
  local found = {}
  for i, id in ipairs(ids) do found[i] = redis.call('HGET', k .. ':s', id) end
  return found
end

local function unfile(id)
  local before = redis.call('HGET', k .. ':s', id)
  if not before then return end
  -- Not decoded: cjson refuses texts that JavaScript can write.
  local destination, owner = string.match(before, '^([^\n]*)\n([^\n]*)\n')
  redis.call('ZREM', k .. ':live', id)
  redis.call('ZREM', k .. ':removed', id)
  redis.call('ZREM', k .. ':at:' .. destination, id)
  redis.call('ZREM', k .. ':of:' .. owner, id)
end
