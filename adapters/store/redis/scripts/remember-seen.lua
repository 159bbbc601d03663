-- Writes keys; one already known keeps its feed, its story and day are replaced. ARGV: the tail of new entries (three bytes
-- or more: day in the lower 14 bits, feed above); then key and story, eight bytes each, one after the other.
local tail, records = ARGV[1], ARGV[2]
local guess = likely_depth()
local added = 0

local function number_of(bytes)
  local number = 0
  for i = #bytes, 1, -1 do number = number * 256 + string.byte(bytes, i) end
  return number
end

local function bytes_of(number)
  local bytes = {}
  while number > 0 or #bytes < 3 do
    bytes[#bytes + 1] = string.char(number % 256)
    number = math.floor(number / 256)
  end
  return table.concat(bytes)
end

local day = number_of(tail) % 16384

for at = 1, #records, 16 do
  local key, story = string.sub(records, at, at + 7), string.sub(records, at + 8, at + 15)
  if story == key then story = '' end
  local node, depth = leaf_of(path_of(key), guess)
  local leaf, field = leaf_key(node), left_of(key, depth)
  local known = redis.call('HGET', leaf, field)
  if known then
    local number = number_of(#known >= 11 and string.sub(known, 9) or known)
    redis.call('HSET', leaf, field, story .. bytes_of(number - number % 16384 + day))
  else
    redis.call('HSET', leaf, field, story .. tail)
    added = added + 1
    while redis.call('HLEN', leaf) > LEAF_ENTRIES and depth < PATH_BITS do
      divide(node, depth)
      depth = depth + 1
      node = node_at(path_of(key), depth)
      leaf = leaf_key(node)
    end
  end
end
if added > 0 then redis.call('INCRBY', k .. ':count', added) end
return added
