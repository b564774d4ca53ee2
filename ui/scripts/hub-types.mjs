/**
 * Types of the hub's API from its description. What the description cannot say yet is put right
 * on the way: a filter stands in the query, and an enum's values are the codes of `codes!`.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const crates = new URL('../../crates/', import.meta.url).pathname;
const bridge = new URL('../src/bridge/', import.meta.url).pathname;
const description = JSON.parse(readFileSync(join(bridge, 'hub.openapi.json'), 'utf8'));

/** Rust's name of a value → its code, by the name that the description has for the enum. */
function codes() {
  const found = new Map();
  for (const file of readdirSync(crates, { recursive: true })) {
    if (!/src.*\.rs$/.test(file)) continue;
    const text = readFileSync(join(crates, file), 'utf8');
    for (const [, block] of text.matchAll(/^codes! \{\n([\s\S]*?)^\}/gm)) {
      const name = /schema\(as = (\w+)\)/.exec(block)?.[1] ?? /^ {4}(\w+) \{/m.exec(block)[1];
      const values = block.matchAll(/^\s+(\w+) = "([^"]+)"/gm);
      found.set(name, new Map([...values].map(([, rust, code]) => [rust, code])));
    }
  }
  return found;
}

function filters(path, operation) {
  // Several handlers have the same name: each is described where it stands.
  delete operation.operationId;
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in !== 'path' || path.includes(`{${parameter.name}}`)) continue;
    parameter.in = 'query';
    parameter.required = false;
  }
}

for (const [path, methods] of Object.entries(description.paths)) {
  for (const operation of Object.values(methods)) filters(path, operation);
}
const known = codes();
for (const [name, schema] of Object.entries(description.components.schemas)) {
  if (schema.enum) schema.enum = schema.enum.map((value) => known.get(name)?.get(value) ?? value);
}

const head = '/** Made from hub.openapi.json by `npm run hub-types`. Do not edit. */\n';
writeFileSync(join(bridge, 'hub.generated.ts'), head + astToString(await openapiTS(description)));
