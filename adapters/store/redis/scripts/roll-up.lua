-- Takes deliveries up into one, which stands where the first of them stood. ARGV: token; the digest's key, destination, at, body.
-- 0 when the lease was lost or one of them no longer waits in the lane: it was settled by whoever had the lane since.
local key, destination, digest = ARGV[2], ARGV[3], record_of(ARGV[4], ARGV[5])
if not holds(destination, ARGV[1]) then return 0 end
if read_head(key) then return 1 end

local queue = queue_of(destination)
local names, members, first = members_of(digest.body), {}, nil
for i, name in ipairs(names) do
  local record = read(name)
  if not record or record.state ~= 'q' or not redis.call('ZSCORE', queue, waiting(record, name)) then return 0 end
  local at, earliest = due_at(record), first and due_at(first)
  if not first or at < earliest or (at == earliest and record.place < first.place) then first = record end
  members[i] = record
end
if not first then return 0 end

digest.sequence, digest.place = sequences(1), first.place
write(key, digest)
redis.call('ZADD', queue, due_at(first), waiting(digest, key))
for i, name in ipairs(names) do
  local record = members[i]
  redis.call('ZREM', queue, waiting(record, name))
  local gathered, _, roll, asking, rest = lines_of(record.body)
  record.state, record.body = 'b', table.concat({ gathered, key, roll, asking, rest }, '\n')
  write(name, record)
  file(destination, name, record)
end
count('queued', 1 - #names)
refresh(destination)
write_counts()
return 1
