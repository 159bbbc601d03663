-- The log of stories. s: id -> {position, group, tier, like, story}, packed; o: id by position; t: id by when it was first
-- seen; p: the last position ever given.
local k = KEYS[1]
local function position()
  return tonumber(redis.call('GET', k .. ':p') or 0)
end
local function shown(packed)
  local entry = cmsgpack.unpack(packed)
  return { entry[2], entry[3], entry[4], entry[5] }
end
