-- The small number of each feed id, given where there is none yet: seen keys outlive a removed feed. ARGV: ids.
local numbers = {}
for i, id in ipairs(ARGV) do
  local number = redis.call('HGET', k .. ':numbers', id)
  if not number then
    number = redis.call('INCR', k .. ':number')
    redis.call('HSET', k .. ':named', number, id)
    redis.call('HSET', k .. ':numbers', id, number)
  end
  numbers[i] = tonumber(number)
end
return numbers
