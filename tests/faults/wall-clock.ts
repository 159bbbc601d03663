/**
 * To be loaded before the program (`--import`): its wall clock is off by `WALL_CLOCK_OFF_MS`, and is set by
 * `WALL_CLOCK_STEP_MS` with every SIGUSR2.
 */
const real = Date.now.bind(Date);
const step = Number(process.env['WALL_CLOCK_STEP_MS'] ?? 0);
let off = Number(process.env['WALL_CLOCK_OFF_MS'] ?? 0);

Date.now = () => real() + off;
process.on('SIGUSR2', () => {
  off += step;
});

export {};
