import type { Fault } from './fault';
export function validateMessage(_payload: unknown): Fault[] {
  return [];
}
