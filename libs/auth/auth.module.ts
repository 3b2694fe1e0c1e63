import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { APP_GUARD, DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { ConfigOf } from '#config';
import { PUBLIC_KEY, ROLES_KEY } from './decorators.ts';
import { RoleGuard } from './role.guard.ts';
import type { authSettings } from './settings.ts';
import { TokenVerifier } from './token-verifier.ts';

const isDecided = (target: object): boolean => Reflect.hasMetadata(ROLES_KEY, target) || Reflect.getMetadata(PUBLIC_KEY, target) === true;

/** Authentication for a service. Starting fails when a route names neither its roles nor that it is public. */
@Module({})
export class AuthModule implements OnModuleInit {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
  ) {}

  static forRoot(config: ConfigOf<typeof authSettings>): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: TokenVerifier, useFactory: () => new TokenVerifier(config) },
        { provide: APP_GUARD, useClass: RoleGuard },
      ],
      exports: [TokenVerifier],
    };
  }

  onModuleInit(): void {
    const open = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (typeof metatype === 'function' ? this.openRoutes(metatype) : []));
    if (open.length > 0) throw new Error(`These routes have neither @Roles() nor @Public(): ${open.join(', ')}`);
  }

  private openRoutes(controller: Function): string[] {
    if (isDecided(controller)) return [];
    const prototype: object = controller.prototype;
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const method: unknown = Reflect.get(prototype, name);
        return typeof method === 'function' && Reflect.hasMetadata(PATH_METADATA, method) && !isDecided(method);
      })
      .map((name) => `${controller.name}.${name}`);
  }
}
