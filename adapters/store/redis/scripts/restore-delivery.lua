-- Writes a record as it was elsewhere. ARGV: key, destination, at, body; state, attempts, ambiguous (0 or 1), told,
-- settled at (-1: not), bound to.
local key, destination, record = ARGV[1], ARGV[2], record_of(ARGV[3], ARGV[4])
record.state, record.attempts, record.ambiguous = ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
record.told, record.settled = ARGV[8], tonumber(ARGV[9])
record.sequence = sequences(1)
record.place = record.sequence
local members, _, roll, asking, rest = lines_of(record.body)
record.body = table.concat({ members, ARGV[10], roll, asking, rest }, '\n')
-- A digest stands where its first member stood.
for _, member in ipairs(members_of(record.body)) do
  local bound = read(member)
  if bound and bound.state == 'b' then
    local _, bound_to = lines_of(bound.body)
    if bound_to == key then record.place = math.min(record.place, bound.place) end
  end
end
write(key, record)
file(destination, key, record, clock())
if record.state == 'q' then count('queued', 1) end
if record.state == 'd' then count('dead', 1) end
redis.call('SADD', k .. ':places', destination)
refresh(destination)
write_counts()
