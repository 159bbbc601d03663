-- ARGV: id, value, when it expires (epoch ms, '' for never).
if ARGV[3] == '' then
  redis.call('SET', k .. ':d:' .. ARGV[1], ARGV[2])
else
  redis.call('SET', k .. ':d:' .. ARGV[1], ARGV[2], 'PXAT', ARGV[3])
end
redis.call('SADD', k .. ':ids', ARGV[1])
