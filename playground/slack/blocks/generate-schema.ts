import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

/**
 * Makes `block-kit.schema.json` from Slack's own types (`npm run generate:block-kit`). Unions whose members
 * have a constant `type` become a choice by that type, so that a violation is reported once, at its own pointer, and not
 * again for every other kind of block.
 */
export function generateSchema(): Schema {
  const schema = createGenerator({
    path: join(__dirname, 'block-kit.ts'),
    type: 'ViewPayload',
    jsDoc: 'none',
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema('ViewPayload');
  return chooseByType(schema, schema.definitions as Record<string, Schema>) as Schema;
}

function chooseByType(node: unknown, definitions: Record<string, Schema>): unknown {
  if (Array.isArray(node)) return node.map((item) => chooseByType(item, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const members = 'anyOf' in node ? flatten(node as Schema, definitions) : [];
  const byType = groupByType(members, definitions);
  if (byType) return choice(byType, definitions);
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, chooseByType(value, definitions)]),
  );
}

/** The members of a union and of the unions among them. */
function flatten(node: Schema, definitions: Record<string, Schema>): Schema[] {
  return (node.anyOf as Schema[]).flatMap((member) => {
    const target = resolve(member, definitions);
    return target.anyOf ? flatten(target, definitions) : [member];
  });
}

/** Null where a member has no constant `type`, or the union has no members. */
function groupByType(members: Schema[], definitions: Record<string, Schema>): Map<string, Schema[]> | null {
  const groups = new Map<string, Schema[]>();
  for (const member of members) {
    const type = resolve(member, definitions).properties?.type as Schema | undefined;
    const names = type?.enum ?? (type?.const === undefined ? [] : [type.const]);
    if (names.length === 0) return null;
    for (const name of names) groups.set(String(name), [...(groups.get(String(name)) ?? []), member]);
  }
  return groups.size > 0 ? groups : null;
}

function choice(groups: Map<string, Schema[]>, definitions: Record<string, Schema>): Schema {
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: [...groups.keys()] } },
    allOf: [...groups].map(([name, members]) => {
      const allowed = members.map((member) => chooseByType(member, definitions) as Schema);
      return {
        if: { properties: { type: { const: name } }, required: ['type'] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
        then: allowed.length === 1 ? (allowed[0] as Schema) : { anyOf: allowed },
      };
    }),
  };
}

function resolve(node: Schema, definitions: Record<string, Schema>): Schema {
  const name = node.$ref?.replace('#/definitions/', '');
  const target = name ? definitions[decodeURIComponent(name)] : undefined;
  return target ? resolve(target, definitions) : node;
}

if (require.main === module) {
  writeFileSync(join(__dirname, 'block-kit.schema.json'), `${JSON.stringify(generateSchema(), null, 1)}\n`);
}
