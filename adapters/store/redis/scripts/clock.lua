-- The server's clock in epoch ms: what ends leases, so that processes whose clocks differ agree.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
