import { explain, Told } from './explain.mjs';

describe('explain', () => {
  it.each([
    ['initdb: error: could not write to file "x": No space left on device', 'The disk is full'],
    [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'The disk is full'],
    [Object.assign(new Error('mkdir'), { code: 'EROFS' }), 'read-only file system'],
    [Object.assign(new Error('mkdir'), { code: 'EACCES' }), 'cannot be written by this user'],
    ['npm error code EAI_AGAIN', 'could not be fetched'],
    [new Told('as it is'), 'as it is'],
  ])('has one line for %s', (failure, line) => {
    const told = explain(failure, '/some/where');
    expect(told).toContain(line);
    expect(told).not.toContain('\n');
  });

  it('leaves a fault of the program to be reported in full', () => {
    expect(explain(new TypeError('x is not a function'), '/some/where')).toBeNull();
  });
});
