import { ApiRefusal } from './refusal';

/** The arguments of a call: strings from a form, or anything from a JSON body. */
export type Arguments = Record<string, unknown>;

export function optionalText(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  return String(value);
}

export function text(args: Arguments, name: string): string {
  return optionalText(args, name) ?? missing(name);
}

export function flag(args: Arguments, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1';
}

/** An object or a list: a JSON string inside a form, or itself in a JSON body. */
export function optionalJson(args: Arguments, name: string, errorCode = 'invalid_arguments'): unknown {
  const value = args[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiRefusal(errorCode);
  }
}

export function json(args: Arguments, name: string): unknown {
  return optionalJson(args, name) ?? missing(name);
}

function missing(name: string): never {
  throw new ApiRefusal('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}
