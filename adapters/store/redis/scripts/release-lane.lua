-- ARGV: destination, token, not before (ms).
local destination = ARGV[1]
if not holds(destination, ARGV[2]) then return end
local lane = lane_of(destination)
lane.token, lane.ends = 0, 0
open_at(destination, tonumber(ARGV[3]))
write_lanes()
refresh(destination)
