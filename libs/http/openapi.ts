import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem } from '#problem';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** The path under which the front origin serves this API. */
  readonly publicPath: string;
}

type Module = Parameters<typeof NestFactory.create>[0];

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const anyProblem = {
  description: 'Any error, as RFC 9457: what to do is in `detail` and `errors`',
  headers: {
    'Retry-After': { description: 'With 429 and 503, and where waiting helps: seconds', schema: { type: 'integer' } },
  },
  content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
} as const;

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The document of a service. Paths and schemas in alphabetical order: it is committed, and must not depend on what Nest finds first. */
export function openApiDocument(app: NestFastifyApplication, { title, description, version, publicPath }: ApiDescription): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription(description)
    .setVersion(version)
    .addServer(publicPath)
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    // Only where a route does not name its own: clients are generated from these, so they should outlive a renamed method.
    operationIdFactory: (_controller, method) => method,
  });
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      operation.responses.default = { $ref: '#/components/responses/Problem' };
      // A route that names roles of its own in a controller that does: the token is asked for once.
      if (operation.security) operation.security = [...new Map(operation.security.map((way) => [JSON.stringify(way), way])).values()];
    }
  }
  const components = { ...document.components, responses: { Problem: anyProblem }, schemas: sorted(document.components?.schemas ?? {}) };
  return { ...document, paths: sorted(document.paths), components };
}

/** The document without the service: nothing is constructed, so neither database nor queue is needed. */
export async function describeHttpApi(module: Module, description: ApiDescription): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return openApiDocument(app, description);
}
