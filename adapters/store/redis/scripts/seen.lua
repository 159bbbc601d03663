-- Seen keys: one of sixteen trees, chosen by the first four bits of a key. A leaf is a small hash <tree>:<node> of what is
-- left of a key -> story (8 bytes, absent where it is the key itself) and tail (day and feed). A node's children are
-- 2n and 2n+1; split: a bit for every node that has children; count: how many keys. Leaves are divided before they grow
-- past the 128 entries up to which Redis keeps a hash packed (hash-max-listpack-entries).
local k = KEYS[1]
local LEAF_ENTRIES = 112
local PATH_BITS = 28

local function split_at(node)
  return redis.call('GETBIT', k .. ':split', node) == 1
end

local function path_of(key)
  local a, b, c, d = string.byte(key, 1, 4)
  return (a % 16) * 16777216 + b * 65536 + c * 256 + d
end

-- Where most leaves lie: looking begins there.
local function likely_depth()
  local count = tonumber(redis.call('GET', k .. ':count') or 0)
  local depth = 0
  while count > LEAF_ENTRIES and depth < PATH_BITS do
    count = count / 2
    depth = depth + 1
  end
  return depth
end

local function node_at(path, depth)
  return 2 ^ depth + math.floor(path / 2 ^ (PATH_BITS - depth))
end

-- The leaf of a path: its node and depth.
local function leaf_of(path, depth)
  local node = node_at(path, depth)
  if split_at(node) then
    repeat
      depth = depth + 1
      node = node_at(path, depth)
    until depth == PATH_BITS or not split_at(node)
    return node, depth
  end
  while depth > 0 and not split_at(node_at(path, depth - 1)) do depth = depth - 1 end
  return node_at(path, depth), depth
end

local function leaf_key(node)
  return k .. ':' .. string.format('%d', node)
end

-- The bytes of a key that its leaf does not imply.
local function left_of(key, depth)
  return string.sub(key, math.floor((4 + depth) / 8) + 1)
end

local function divide(node, depth)
  local entries = redis.call('HGETALL', leaf_key(node))
  local bit = (4 + depth) % 8
  local cut = bit == 7 and 2 or 1
  local children = { {}, {} }
  for i = 1, #entries, 2 do
    local byte = string.byte(entries[i], 1)
    local child = children[math.floor(byte / 2 ^ (7 - bit)) % 2 + 1]
    child[#child + 1] = string.sub(entries[i], cut)
    child[#child + 1] = entries[i + 1]
  end
  redis.call('SETBIT', k .. ':split', node, 1)
  redis.call('DEL', leaf_key(node))
  for side, child in ipairs(children) do
    if #child > 0 then redis.call('HSET', leaf_key(2 * node + side - 1), unpack(child)) end
  end
end
