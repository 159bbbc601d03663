-- The server's clock in epoch ms: what ends leases, so that processes whose clocks differ agree. It never runs back: one that is
-- set back, or that of a replica behind, is counted on from what it last showed. KEYS[1]:clock: shown, how far it is ahead.
local CLOCK = '>dd'
-- While leases are given what is shown is kept this often (ms): each may last so much longer when the clock is set back.
local CLOCK_STEP = 1000
local clock_shown, clock_ahead = 0, 0

local function show_clock(now, ahead)
  clock_shown, clock_ahead = now, ahead
  redis.call('SET', KEYS[1] .. ':clock', struct.pack(CLOCK, now, ahead))
end

local function clock()
  local time = redis.call('TIME')
  local server = time[1] * 1000 + math.floor(time[2] / 1000)
  local kept = redis.call('GET', KEYS[1] .. ':clock')
  if kept then clock_shown, clock_ahead = struct.unpack(CLOCK, kept) end
  local now = server + clock_ahead
  if now >= clock_shown then return now end
  show_clock(clock_shown, clock_shown - server)
  return clock_shown
end

-- When a lease of this length ends. An idle clock is kept nowhere: only while something is lent does it have to go on.
local function lease_end(now, lease)
  if now >= clock_shown + CLOCK_STEP then show_clock(now, clock_ahead) end
  return now + lease
end
