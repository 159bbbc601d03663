-- Takes deliveries up into one, which stands where the first of them stood. ARGV: token, the digest. 0 when the lease was
-- lost or one of them no longer waits in the lane: it was settled by whoever had the lane since.
local key, digest, destination = take(2)
if not holds(destination, ARGV[1]) then return 0 end
if read(key) then return 1 end

local queue = k .. ':q:' .. destination
local members, score = {}, nil
for i, member in ipairs(digest[MEMBERS]) do
  local record = read(member)
  local at = record and record[STATE] == 'queued' and redis.call('ZSCORE', queue, waiting(record, member))
  if not at then return 0 end
  at = tonumber(at)
  if not score or at < score or (at == score and record[PLACE] < digest[PLACE]) then
    score, digest[PLACE] = at, record[PLACE]
  end
  members[i] = record
end
if not score then return 0 end

digest[SEQUENCE] = sequences(1)
for i, member in ipairs(digest[MEMBERS]) do
  local record = members[i]
  redis.call('ZREM', queue, waiting(record, member))
  record[STATE], record[BOUND] = 'bound', key
  file(destination, member, record)
end
file(destination, key, digest, score)
count('queued', 1 - #members)
refresh(destination)
write_counts()
return 1
