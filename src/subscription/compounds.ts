/** Words of the news that are written as one, with a hyphen or as two, besides those whose halves are plain English words. */
export const COMPOUNDS = `
air strike, air base, air craft, air field, air lift, air line, air port, air raid, air space, anti trust, bail out,
bit coin, block chain, break through, break up, buy back, buy out, by election, cease fire, check point, coast guard, co operate,
co operation, co ordinate, counter attack, counter terrorism, court house, court room, crack down, cross fire, cyber attack,
cyber crime, cyber security, data base, day light, de escalate, dead line, dead lock, down grade, down turn, draw down, drop out,
e mail, e commerce, fall out, fire arm, fire fight, fire fighter, flood water, fly over, gun fire, gun man, gun shot, hand out,
hard line, head line, health care, hold up, home land, house hold, ice berg, ice breaker, in flow, kick back, land mine, land slide,
lay off, life boat, lock down, lock out, mid term, mine field, multi national, night club, north east, north west, off shore,
oil field, on line, on shore, out break, out flow, over haul, over turn, pay off, pay out, pipe line, post war, pre trial, rain fall,
re build, re elect, re election, re open, roll back, roll out, run off, sell off, share holder, ship yard, shoot out, short fall,
shut down, side line, sky scraper, slow down, small pox, smart phone, south east, south west, stand off, stand still, start up,
step down, stock pile, strong hold, take over, trade mark, turn out, under ground, up grade, up rising, war head, war plane, war ship, war time,
wash out, water way, web site, week end, whistle blower, wild fire, wild life, work force, work place
`;
