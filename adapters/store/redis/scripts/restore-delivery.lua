-- Writes a record as it was elsewhere. ARGV: state, attempts, ambiguous, reason, remote id, settled at, bound to; the delivery.
local key, record, destination = take(8)
for field = STATE, BOUND do record[field] = ARGV[field] end
record[ATTEMPTS], record[AMBIGUOUS] = tonumber(ARGV[ATTEMPTS]), tonumber(ARGV[AMBIGUOUS])
record[SEQUENCE] = sequences(1)
record[PLACE] = record[SEQUENCE]
-- A digest stands where its first member stood.
for _, member in ipairs(record[MEMBERS]) do
  local bound = read(member)
  if bound and bound[STATE] == 'bound' and bound[BOUND] == key then record[PLACE] = math.min(record[PLACE], bound[PLACE]) end
end
file(destination, key, record, whole(record[AT]))
if record[STATE] == 'queued' or record[STATE] == 'dead' then count(record[STATE], 1) end
if record[STATE] == 'sent' then
  if record[BOUND] == '' then redis.call('HSETNX', k .. ':posted:' .. destination, record[REMOTE], key) end
end
redis.call('SADD', k .. ':places', destination)
refresh(destination)
write_counts()
