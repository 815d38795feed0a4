import type { Fault } from './fault';
export function validateView(_view: unknown): Fault[] {
  return [];
}
