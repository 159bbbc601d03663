-- Writes a feed with its state. ARGV: id, host, when it falls due, feed, state.
add(ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
