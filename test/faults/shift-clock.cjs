/**
 * Loaded before the bot: each SIGUSR2 shifts its wall clock by the next of CLOCK_JUMPS_MS. Timers run on unchanged, as
 * they do when a real clock is corrected.
 */
const jumps = (process.env.CLOCK_JUMPS_MS ?? '').split(',').map(Number);
const RealDate = Date;
let offsetMs = 0;

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
}

globalThis.Date = ShiftedDate;
process.on('SIGUSR2', () => {
  offsetMs = jumps.shift() ?? 0;
});
