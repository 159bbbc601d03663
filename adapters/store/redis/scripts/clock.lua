-- The server's clock in epoch ms: what ends leases, so that processes whose clocks differ agree. It never runs back: one that is
-- set back, or that of a replica behind, is counted on from where it was. KEYS[1]:clock: shown at last, how far it is ahead.
local CLOCK = '>dd'
-- Shown times are kept in steps of so many ms: a clock that is set back may stand still for so long.
local CLOCK_STEP = 1000

local function clock()
  local time = redis.call('TIME')
  local kept = redis.call('GET', KEYS[1] .. ':clock')
  local shown, ahead = 0, 0
  if kept then shown, ahead = struct.unpack(CLOCK, kept) end
  local server = time[1] * 1000 + math.floor(time[2] / 1000)
  local now = math.max(server + ahead, shown)
  if now ~= server + ahead or now >= shown + CLOCK_STEP then
    redis.call('SET', KEYS[1] .. ':clock', struct.pack(CLOCK, now, now - server))
  end
  return now
end
