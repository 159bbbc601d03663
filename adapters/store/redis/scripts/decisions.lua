-- Decisions about the stories of one shard. s:<story> subscription -> {number, group, tier, destination, outcome, reason,
-- delivery key, at, spans}, packed; o: story by its oldest decision; n: the last number given.
local k = KEYS[1]
local NUMBER, GROUP, TIER, DESTINATION, OUTCOME, REASON, KEY, AT, SPANS = 1, 2, 3, 4, 5, 6, 7, 8, 9
