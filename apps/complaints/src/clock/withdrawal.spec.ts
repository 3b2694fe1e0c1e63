import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { WithdrawalRequest } from './event.dto.ts';

interface Contract {
  readonly components: {
    readonly schemas: Readonly<Record<string, { required?: string[]; properties: Record<string, { nullable?: boolean }> }>>;
  };
}

it('what the contract says of the proof of a withdrawal is what the service asks for', () => {
  const contract = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as Contract;
  const { required, properties } = contract.components.schemas.WithdrawalRequest ?? { properties: {} };
  expect(required).toContain('evidence');
  expect(properties.evidence?.nullable).toBeUndefined();
  const faults = (body: object) => validateSync(plainToInstance(WithdrawalRequest, body)).map(({ property }) => property);
  for (const body of [{}, { evidence: null }, { evidence: '' }]) expect(faults(body)).toEqual(['evidence']);
  expect(faults({ evidence: '书面撤回申请' })).toEqual([]);
});
