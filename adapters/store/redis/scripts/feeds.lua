-- Feeds, all under one tag. f:<id> {host, feed, state, token}; ids; due:<host> id -> when; hosts: host -> when its first
-- feed falls due; held: host -> until; leased:<host> id -> until; numbers and named: a small number for every feed ever.
local k = KEYS[1]

-- A host's place in the order of hosts is that of its first feed to be asked.
local function refresh(host)
  local first = redis.call('ZRANGE', k .. ':due:' .. host, 0, 0, 'WITHSCORES')
  if first[2] then
    redis.call('ZADD', k .. ':hosts', first[2], host)
  else
    redis.call('ZREM', k .. ':hosts', host)
  end
end

-- '' for a feed that is not looked at any more.
local function schedule(id, host, at)
  if at == '' then
    redis.call('ZREM', k .. ':due:' .. host, id)
  else
    redis.call('ZADD', k .. ':due:' .. host, at, id)
  end
end

local function move(id, from, to)
  for _, set in ipairs({ ':due:', ':leased:' }) do
    local score = redis.call('ZSCORE', k .. set .. from, id)
    if score then
      redis.call('ZREM', k .. set .. from, id)
      redis.call('ZADD', k .. set .. to, score, id)
    end
  end
  refresh(from)
end

local function add(id, host, at, feed, state)
  redis.call('HSET', k .. ':f:' .. id, 'host', host, 'feed', feed, 'state', state)
  redis.call('ZADD', k .. ':ids', 0, id)
  schedule(id, host, at)
  refresh(host)
end

-- The host of a feed whose lease this token is; nil when the lease was lost.
local function held(id, token)
  local found = redis.call('HMGET', k .. ':f:' .. id, 'token', 'host')
  if found[1] and found[1] == token then return found[2] end
  return nil
end

local function give_back(id, host)
  redis.call('HDEL', k .. ':f:' .. id, 'token')
  redis.call('ZREM', k .. ':leased:' .. host, id)
end
