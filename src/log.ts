import pino, { type Logger } from 'pino';

export type Log = Logger;

const SECRET_FIELDS = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'callbackSecret',
  'apiKey',
  'apiSecret',
  'secret',
  'password',
  'authorization',
  'content',
  'text',
  'recipientNumber',
  'number',
  'raw',
];

/**
 * A log of JSON lines on standard output. Callers must not log numbers, texts or secrets; the redaction here is a second
 * line of defence: by field name, and by shape inside messages.
 */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
    serializers: { err: describeError },
    hooks: {
      streamWrite: redactShapes,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

const TOKEN_SHAPE = /xox[a-z]-[\w-]+|xapp-[\w-]+/g;
/** `+` and 8 to 15 digits: an E.164 number in a sentence. */
const NUMBER_SHAPE = /\+\d{4,11}(?=\d{4}\b)/g;
const URL_PASSWORD = /(postgres(?:ql)?:\/\/[^:@/\s]*:)[^@/\s]+@/g;

function redactShapes(line: string): string {
  return line
    .replace(TOKEN_SHAPE, '[token]')
    .replace(NUMBER_SHAPE, '+****')
    .replace(URL_PASSWORD, '$1[password]@');
}

/** Name, message, code and stack of an error and of its causes, without the fields that HTTP clients add to errors. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...('code' in error ? { code: String(error.code) } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
