import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documents } from './openapi.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema?: object; readonly description?: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>> };
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { schema?: object }>> }>
  >;
  readonly security?: readonly object[];
  readonly 'x-roles'?: readonly string[];
  readonly 'x-public'?: boolean;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Every object in the document, for what must hold wherever it stands. */
function* objects(node: unknown): Generator<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield node as Record<string, unknown>;
  for (const value of Object.values(node)) yield* objects(value);
}

function resolve(document: Document, pointer: string): unknown {
  return pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined),
      document,
    );
}

const services = await Promise.all(Object.entries(documents).map(async ([service, make]) => ({ service, text: await make() })));

describe.each(services)('the OpenAPI document of $service', ({ service, text }) => {
  const document = JSON.parse(text) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, name: `${method} ${path}`, operation })),
  );

  it('is the committed openapi.json', () => {
    const committed = readFileSync(fileURLToPath(new URL(`../apps/${service}/openapi.json`, import.meta.url)), 'utf8');
    const stale = committed === text ? '' : `apps/${service}/openapi.json is stale: run \`npm run openapi\` and commit what it writes`;
    expect(stale).toBe('');
  });

  it('asks for no body without fields: the validator takes no class that it knows nothing of, and every request would fail', () => {
    const asked = operations.flatMap(({ name, operation: { requestBody } }) => {
      const [reference] = Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
        schema?.$ref === undefined ? [] : [schema.$ref],
      );
      const schema =
        reference === undefined ? null : (resolve(document, reference) as { properties?: object; additionalProperties?: unknown });
      return schema && schema.additionalProperties === undefined && Object.keys(schema.properties ?? {}).length === 0 ? [name] : [];
    });
    expect(asked).toEqual([]);
  });

  it('knows each schema by the name of one class', () => {
    const sources = globSync(fileURLToPath(new URL(`../apps/${service}/src/**/*.ts`, import.meta.url)));
    const classes = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^export class (\w+)/gm)].map(([, name = '']) => name),
    );
    const twice = classes.filter((name, at) => classes.indexOf(name) !== at);
    expect(twice.filter((name) => resolve(document, `#/components/schemas/${name}`) !== undefined)).toEqual([]);
  });

  it('is 3.1 throughout: null is a type, not a flag', () => {
    expect(document.openapi).toBe('3.1.0');
    expect([...objects(document)].filter((node) => typeof node.nullable === 'boolean')).toEqual([]);
  });

  it.each(operations)('describes $name', ({ operation }) => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]{3,30}$/);
    expect(operation.summary).toMatch(/\w/);
    expect(operation.tags).toHaveLength(1);
    expect(Boolean(operation['x-public']) !== Boolean(operation['x-roles']?.length)).toBe(true);
    if (operation['x-roles']) expect(operation.security).toEqual([{ bearer: [] }]);
    const { default: problem, ...answers } = operation.responses;
    expect(problem).toEqual({ $ref: '#/components/responses/Problem' });
    expect(Object.keys(answers).length).toBeGreaterThan(0);
    for (const { description, content } of Object.values(answers)) {
      expect(description).toMatch(/\w/);
      const shapes = Object.values(content ?? {}).map(({ schema }) => Object.keys(schema ?? {}).length > 0);
      expect(new Set(shapes)).toEqual(new Set([true]));
    }
  });

  it.each(operations)('declares the parameters of $name', ({ path, operation }) => {
    const declared = operation.parameters ?? [];
    const inPath = declared.filter(({ in: place }) => place === 'path').map(({ name }) => `{${name}}`);
    expect(inPath.toSorted()).toEqual([...(path.match(/\{\w+\}/g) ?? [])].toSorted());
    expect(declared.filter(({ schema }) => !schema)).toEqual([]);
  });

  it('gives each operation an id of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('resolves every reference', () => {
    const refs = [...objects(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(refs.length).toBeGreaterThan(5);
    expect(refs.filter((ref) => typeof resolve(document, ref) !== 'object' || !/^#\/components\/\w+\/\w+$/.test(ref))).toEqual([]);
  });
});
