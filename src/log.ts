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
    serializers: { err: (error: unknown) => describeError(error) },
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

/** As deep as causes are described, and as many of the errors in one: an error may be its own cause. */
const MAX_DEPTH = 5;
const MAX_ERRORS = 5;
/** The stack of a deep error fits. One with a whole answer or statement in its message does not fill the disk. */
const MAX_CHARACTERS = 4_000;
/** `23505`, `ECONNRESET`, `ERR_STREAM_PREMATURE_CLOSE`, `slack_webapi_platform_error`: no code of anybody is longer. */
const CODE = /^[\w.-]{1,64}$/;

/**
 * Name, message, code and stack of an error, of its causes and of the errors in it: no other field. The database's errors
 * have the row in `detail` and HTTP clients' the headers. What is thrown and is no error is named by its kind alone, since
 * it may be such an object.
 */
function describeError(error: unknown, depth = 1): unknown {
  if (!(error instanceof Error)) {
    return { message: typeof error === 'string' ? cut(error) : `no error was thrown, but: ${typeof error}` };
  }
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? String(error.code) : '';
  const inner = error instanceof AggregateError && Array.isArray(error.errors) ? error.errors : [];
  const isTooDeep = depth >= MAX_DEPTH;
  return {
    name: cut(String(name)),
    message: cut(String(message)),
    ...(CODE.test(code) ? { code } : {}),
    stack: cut(String(stack)),
    ...(cause === undefined || isTooDeep ? {} : { cause: describeError(cause, depth + 1) }),
    ...(inner.length === 0 || isTooDeep
      ? {}
      : { errors: inner.slice(0, MAX_ERRORS).map((one) => describeError(one, depth + 1)) }),
  };
}

const cut = (text: string) => (text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text);
