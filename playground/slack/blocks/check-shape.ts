import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import schema from './block-kit.schema.json';
import type { Violation } from './violation';

type Root = 'ViewPayload' | 'SlackBlock';

let compiled: Record<Root, ValidateFunction> | undefined;

/** Compiles the schema once, in half a second. Call it early if a person would have to wait later. */
export function compileShapes(): void {
  compiled ??= compile();
}

/** Violations of the types: unknown or missing fields, wrong kinds. The schema is compiled at the first call. */
export function checkShape(root: Root, value: unknown, pointer = ''): Violation[] {
  compiled ??= compile();
  const validate = compiled[root];
  if (validate(value)) return [];
  return unique((validate.errors ?? []).filter(isPrecise).map((error) => toViolation(error, pointer)));
}

function compile(): Record<Root, ValidateFunction> {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addSchema(schema, 'block-kit');
  const definition = (name: Root) => ajv.compile({ $ref: `block-kit#/definitions/${name}` });
  return { ViewPayload: definition('ViewPayload'), SlackBlock: definition('SlackBlock') };
}

/** `if` and `anyOf` only repeat what their branches say. */
function isPrecise(error: ErrorObject): boolean {
  return error.keyword !== 'if' && error.keyword !== 'anyOf';
}

function toViolation(error: ErrorObject, prefix: string): Violation {
  const { params, keyword, instancePath } = error;
  const pointer = prefix + instancePath;
  switch (keyword) {
    case 'additionalProperties':
      return { pointer: `${pointer}/${params.additionalProperty}`, message: 'unknown field' };
    case 'required':
      return { pointer, message: `missing required field: ${params.missingProperty}` };
    case 'enum':
      return { pointer, message: `must be one of: ${params.allowedValues.join(', ')}` };
    case 'const':
      return { pointer, message: `must be ${params.allowedValue}` };
    default:
      return { pointer, message: error.message ?? keyword };
  }
}

function unique(violations: Violation[]): Violation[] {
  return [
    ...new Map(
      violations.map((violation) => [`${violation.pointer} ${violation.message}`, violation]),
    ).values(),
  ];
}
