-- ARGV: id, story. Its place in the log and its group stay.
local packed = redis.call('HGET', k .. ':s', ARGV[1])
if not packed then return end
local entry = cmsgpack.unpack(packed)
entry[5] = ARGV[2]
redis.call('HSET', k .. ':s', ARGV[1], cmsgpack.pack(entry))
