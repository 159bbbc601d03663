-- Ends leases that still stand. ARGV: id and token of each.
for i = 1, #ARGV, 2 do
  local host = held(ARGV[i], ARGV[i + 1])
  if host then give_back(ARGV[i], host) end
end
