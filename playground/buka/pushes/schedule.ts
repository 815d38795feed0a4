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
  // A report that a fault has delayed is not struck a second time when it is due.
  const held = createCalendar();
  let url: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    const now = clock.transitNow();
    const ready = due.takeUntil(now).map((index) => ({ index, strike: faults.strike({ kind: 'push' }) }));
    if (ready.some(({ strike }) => strike.has('reportsShuffled'))) ready.reverse();
    const again: number[] = [];
    for (const { index, strike } of ready) {
      if (strike.has('reportsLost')) continue;
      if (strike.has('reportsDelayed')) held.add(now + strike.ms('reportsDelayed'), index);
      else push(index);
      if (strike.has('reportsTwice')) again.push(index);
    }
    for (const index of [...again, ...held.takeUntil(now)]) push(index);
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
      held.clear();
    },
    close: () => clearInterval(timer),
  };
}

/** Indexes by time, in slots of one tick. Adding is one array push. Taking looks at slots, not at messages. */
function createCalendar() {
  const slots = new Map<number, number[]>();
  return {
    add(atMs: number, index: number): void {
      const slot = Math.ceil(atMs / TICK_MS);
      const places = slots.get(slot);
      if (places) places.push(index);
      else slots.set(slot, [index]);
    },
    takeUntil(nowMs: number): number[] {
      const ripe = [...slots.keys()].filter((slot) => slot * TICK_MS <= nowMs).sort((a, b) => a - b);
      return ripe.flatMap((slot) => {
        const places = slots.get(slot) ?? [];
        slots.delete(slot);
        return places;
      });
    },
    clear: () => slots.clear(),
  };
}
