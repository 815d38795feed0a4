import type { Clock } from '../clock';
import type { MessageStore } from '../messages/store';
import type { BukaFaults } from '../strike';
import type { Pump } from './pump';
import { pushedReport, type ReportWording } from './report';

const TICK_MS = 50;

/** Decides when each delivery report is pushed. Without a URL it does nothing and keeps nothing. */
export interface ReportSchedule {
  /** A message was accepted: its report is pushed when it is final. */
  add(index: number): void;
  pushTo(url: string | undefined): void;
  /** Pushes the reports that are due by the transit clock now, not at the next tick. */
  flush(): void;
  /** Resolves when every due report has been pushed or given up. */
  pushed(): Promise<void>;
  clear(): void;
  close(): void;
}

export function createReportSchedule(
  clock: Clock,
  messages: MessageStore,
  faults: BukaFaults,
  pump: Pump,
  wording: ReportWording,
): ReportSchedule {
  const due = createCalendar();
  // Reports that a fault has delayed. No fault strikes them a second time.
  const delayed = createCalendar();
  let url: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    const now = clock.transitNow();
    const ready = due.takeUntil(now).map((index) => ({ index, strike: faults.strike({ kind: 'push' }) }));
    if (ready.some(({ strike }) => strike.has('reportsShuffled'))) ready.reverse();
    const repeated: number[] = [];
    for (const { index, strike } of ready) {
      if (strike.has('reportsLost')) continue;
      if (strike.has('reportsDelayed')) delayed.add(now + strike.ms('reportsDelayed'), index);
      else push(index);
      if (strike.has('reportsTwice')) repeated.push(index);
    }
    for (const index of [...repeated, ...delayed.takeUntil(now)]) push(index);
  }

  function push(index: number): void {
    if (url) pump.enqueue(url, () => pushedReport(messages.at(index), wording));
  }

  return {
    add(index) {
      if (!url) return;
      const dueAtMs = messages.dueAtMs(index);
      if (Number.isFinite(dueAtMs)) due.add(dueAtMs, index);
    },
    pushTo(target) {
      url = target;
      clearInterval(timer);
      timer = url ? setInterval(flush, TICK_MS).unref() : undefined;
    },
    flush,
    pushed() {
      flush();
      return pump.idle();
    },
    clear() {
      due.clear();
      delayed.clear();
    },
    close: () => clearInterval(timer),
  };
}

/** Message indexes grouped by tick, so that taking what is due reads ticks, not messages. */
function createCalendar() {
  const ticks = new Map<number, number[]>();
  return {
    add(atMs: number, index: number): void {
      const tick = Math.ceil(atMs / TICK_MS);
      const indexes = ticks.get(tick);
      if (indexes) indexes.push(index);
      else ticks.set(tick, [index]);
    },
    takeUntil(nowMs: number): number[] {
      const dueTicks = [...ticks.keys()].filter((tick) => tick * TICK_MS <= nowMs).sort((a, b) => a - b);
      return dueTicks.flatMap((tick) => {
        const indexes = ticks.get(tick) ?? [];
        ticks.delete(tick);
        return indexes;
      });
    },
    clear: () => ticks.clear(),
  };
}
