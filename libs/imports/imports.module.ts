import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { importController, type Allowed } from './import.controller.ts';
import { IMPORT_KINDS, type ImportKind, type ImportKinds } from './import-kind.ts';
import { ImportRunner } from './import.runner.ts';
import { ImportService } from './import.service.ts';
import { ImportStore } from './import.store.ts';

export interface ImportsOptions {
  /** The service's `UploadModule`. */
  readonly uploads: DynamicModule;
  /** Kinds of file by the name that the API gives them. */
  readonly kinds: Readonly<Record<string, Type<ImportKind>>>;
  /** The rooms whose services the kinds call. */
  readonly rooms?: readonly Type[];
  /** What the kinds are made of. */
  readonly providers: readonly Provider[];
  readonly mayCreate: Allowed;
  readonly mayRead: Allowed;
}

/** The import room of a service. Make it once, as a constant: each call is another module to Nest. */
@Module({})
export class ImportsModule {
  static with({ uploads, rooms = [], kinds, providers, mayCreate, mayRead }: ImportsOptions): DynamicModule {
    const names = Object.keys(kinds);
    const given = {
      provide: IMPORT_KINDS,
      useFactory: (...made: ImportKind[]): ImportKinds => new Map(names.flatMap((name, at) => (made[at] ? [[name, made[at]]] : []))),
      inject: Object.values(kinds),
    };
    return {
      module: ImportsModule,
      imports: [uploads, ...rooms],
      controllers: [importController(names, { mayCreate, mayRead })],
      providers: [...Object.values(kinds), ...providers, given, ImportService, ImportRunner, ImportStore],
      exports: [ImportRunner, ImportStore],
    };
  }
}
