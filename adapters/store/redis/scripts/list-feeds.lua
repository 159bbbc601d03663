-- ARGV: the id before the first, how many. Feed and state of each, by id.
local from = ARGV[1] == '' and '-' or '(' .. ARGV[1]
local page = {}
for _, id in ipairs(redis.call('ZRANGEBYLEX', k .. ':ids', from, '+', 'LIMIT', 0, ARGV[2])) do
  local found = redis.call('HMGET', k .. ':f:' .. id, 'feed', 'state')
  page[#page + 1] = found[1]
  page[#page + 1] = found[2]
end
return page
