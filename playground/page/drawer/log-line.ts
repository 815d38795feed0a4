/** A line of the bot's log for people: the time, the message, and the other fields as JSON. */
interface LogLine {
  text: string;
  isBad: boolean;
}

/** Pino's numbers: 40 is a warning, 50 an error. */
const WARNING = 40;

export function readLogLine(line: string): LogLine {
  const entry = parse(line);
  if (!entry) return { text: line, isBad: false };
  const { level, time, msg, ...rest } = entry;
  const more = Object.keys(rest).length > 0 ? JSON.stringify(rest) : '';
  const clock = typeof time === 'string' ? time.slice(11, 19) : '';
  return { text: [clock, msg, more].filter(Boolean).join(' '), isBad: Number(level) >= WARNING };
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
