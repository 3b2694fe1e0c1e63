import { ValidationPipe, type ValidationError, type ValidationPipeOptions } from '@nestjs/common';
import { INVALID, Refusal, type FieldError } from './refusal.ts';

const escapePointer = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

function flatten(errors: readonly ValidationError[], prefix: string): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${prefix}/${escapePointer(error.property)}`;
    const own = Object.entries(error.constraints ?? {}).map(([constraint, detail]) => ({
      pointer,
      detail: constraint === 'whitelistValidation' ? 'this field is not known here; leave it out' : detail,
    }));
    return [...own, ...flatten(error.children ?? [], pointer)];
  });
}

/**
 * Class-validator with this house's answers: 422, every wrong field by pointer, unknown fields refused. `expectedType` is for a body whose
 * class is made at run time.
 */
export function validationPipe(options: Pick<ValidationPipeOptions, 'expectedType'> = {}): ValidationPipe {
  return new ValidationPipe({
    ...options,
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new Refusal(INVALID, { errors: flatten(errors, '') }),
  });
}
