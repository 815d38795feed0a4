import { readFileSync } from 'node:fs';

/** The peak memory of a process in MB, as Linux reports it. */
export function peakMb(pid: number | undefined): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
